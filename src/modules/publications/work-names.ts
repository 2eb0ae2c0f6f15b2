import type { PlainDate } from '#lib/beijing-time'
import type { WorkLine } from './work-line.ts'

/** How a line names the work it speaks of; an address names it for good. */
export type Named = { by: 'number' | 'title'; name: string }

export const nameIn = (line: WorkLine): Named | null =>
  line.publicId !== null
    ? null
    : line.docNo !== null
      ? { by: 'number', name: line.docNo }
      : { by: 'title', name: line.title }

/** Who speaks: the edition that names a work. */
export interface Speaker {
  publicationId: string
  /** When it was signed, or else takes effect. */
  day: PlainDate | null
  issuer: string | null
}

/** A published document that may be meant. */
export interface NamedWork {
  id: string
  publicationId: string
  title: string
  docNo: string | null
  issuer: string | null
  signedOn: PlainDate | null
}

/**
 * Which of the documents of that name is meant; the answer does not depend on the order in which they arrived. Nobody names
 * himself. A title alone means what was there already when it was written: of its issuer rather than of others, the latest.
 */
export function meantBy<Work extends NamedWork>(
  speaker: Speaker,
  named: Named,
  works: readonly Work[],
): Work | null {
  const others = works.filter(work => work.publicationId !== speaker.publicationId)
  const earlier = others.filter(work => !speaker.day || !work.signedOn || work.signedOn <= speaker.day)
  const possible = named.by === 'number' && earlier.length === 0 ? others : earlier
  return possible.reduce<Work | null>(
    (best, work) => (best === null || fits(speaker, work, best) ? work : best),
    null,
  )
}

/** Whether `one` is meant rather than `other`. */
function fits(speaker: Speaker, one: NamedWork, other: NamedWork): boolean {
  const own = (work: NamedWork) => Number(work.issuer !== null && work.issuer === speaker.issuer)
  if (own(one) !== own(other)) return own(one) > own(other)
  const order = (work: NamedWork) => [
    work.signedOn ?? '',
    work.docNo ?? '',
    work.title,
    work.issuer ?? '',
    work.id,
  ]
  const [mine, its] = [order(one), order(other)]
  const at = mine.findIndex((part, index) => part !== its[index])
  return at >= 0 && (mine[at] ?? '') > (its[at] ?? '')
}
