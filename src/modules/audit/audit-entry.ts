/** How an act ended: done, refused by a rule, or failed by a fault. */
export const outcomes = { done: '完成', refused: '被拒绝', failed: '未成' } as const
export type Outcome = keyof typeof outcomes

/** The entry as it is sealed: every field as text, in this order, exactly as the database prints it. */
export interface SealedEntry {
  id: string
  at: string
  actor: string
  actorId: string | null
  organId: string | null
  act: string
  sentence: string
  objectKind: string | null
  objectId: string | null
  objectLabel: string | null
  outcome: string
  ip: string | null
  readsPersonalData: string
  details: string
}

/** The same text that `canonical_audit_entry` makes: `octets:text,` for each field, `-,` for a missing one. */
export function canonicalEntry(entry: SealedEntry): string {
  const fields = [
    entry.id,
    entry.at,
    entry.actor,
    entry.actorId,
    entry.organId,
    entry.act,
    entry.sentence,
    entry.objectKind,
    entry.objectId,
    entry.objectLabel,
    entry.outcome,
    entry.ip,
    entry.readsPersonalData,
    entry.details,
  ]
  return fields.map(field => (field === null ? '-,' : `${Buffer.byteLength(field)}:${field},`)).join('')
}

/** What stands before the first entry. */
export const chainStart = '0'.repeat(64)

/** A place in the chain that somebody noted: `12345:ab12…`. */
export interface NotedSeal {
  position: number
  hash: string
}

export function readNotedSeal(text: string): NotedSeal | null {
  const found = /^\s*(\d{1,15})\s*[:：]\s*([0-9a-f]{64})\s*$/i.exec(text)
  return found?.[1] && found[2] ? { position: Number(found[1]), hash: found[2].toLowerCase() } : null
}
