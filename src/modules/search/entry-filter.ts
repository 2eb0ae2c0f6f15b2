import type { PlainDate } from '#lib/beijing-time'

/** What an entry is worth on a day, in the order in which one outweighs the next. */
export const worths = ['repealed', 'expired', 'not-yet', 'partly-lapsed', 'amended', 'in-force'] as const
export type Worth = (typeof worths)[number]

/** What narrows a list beside words. Everything stands in the narrow table; nothing is joined. */
export interface EntryFilter {
  siteId: string
  kinds?: readonly string[] | undefined
  organIds?: readonly string[] | undefined
  /** Shown in any of these columns. */
  columnIds?: readonly string[] | undefined
  theme?: string | undefined
  genre?: string | undefined
  form?: string | undefined
  year?: number | undefined
  /** From this instant, and before that one. */
  from?: Date | undefined
  before?: Date | undefined
  worth?: Worth | undefined
  withoutArchive?: boolean | undefined
  /** Worth is told for this day. */
  day: PlainDate
  /** Kinds that are in force or not; of others nothing is said. */
  kindsWithWorth: readonly string[]
}

export const facetNames = ['kind', 'organ', 'theme', 'genre', 'form', 'year', 'worth'] as const
/** Facets are counted without their own choice, so that a reader sees what another choice would give. */
export type EntryFacet = (typeof facetNames)[number]

export interface ValueCount {
  value: string
  count: number
}
