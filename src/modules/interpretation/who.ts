/** Who interprets, as an edition says it. */
export interface Interpreter {
  name: string
  post: string
  /** As it is written; empty: the organ that publishes. */
  organ: string
  /** The head of an organ speaks in person (I3). */
  isLeader: boolean
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

export function interpreterOf(fields: Record<string, unknown>): Interpreter {
  return {
    name: text(fields.interpreter),
    post: text(fields.interpreterPost),
    organ: text(fields.interpreterOrgan),
    isLeader: fields.isLeader === true || fields.form === 'leader',
  }
}

/** `云溪县民政局局长 潘秋月`; an interpretation always says who made it (S-FUN-04). */
export function interpreterInWords(fields: Record<string, unknown>, organName: string): string {
  const { name, post, organ } = interpreterOf(fields)
  const place = post ? `${organ || organName}${post}` : organ
  return [place, name || organName].filter(Boolean).join(' ')
}
