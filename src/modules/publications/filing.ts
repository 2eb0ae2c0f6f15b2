import type { Actor } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

/** An item of the catalogue that an edition can be published under. */
export interface FilingChoice {
  value: string
  label: string
  /** The field that it belongs to. */
  group: string
  /** Why it is offered first; null: it is one of the rest. */
  suggested: string | null
  chosen: boolean
  /** It was chosen and is no longer in force: it has to be taken out before publishing. */
  retired: boolean
}

/** What is known of an edition when the choice is offered; a new one has no id yet. */
export interface FilingFacts {
  publicationId: string | null
  editionId: string | null
  siteId: string
  organId: string
  title: string
  keywords: string
  theme: string | null
  columnIds: readonly string[]
}

export interface FiledEdition {
  publication: { id: string; siteId: string; organId: string }
  edition: { id: string; title: string }
}

/** 归入目录: where editions are filed under what must be published (R-GRS-04). Publications know the shape, not the catalogue. */
export interface Filing {
  offer(ctx: Pick<Context, 'db' | 'clock'>, facts: FilingFacts): Promise<FilingChoice[]>
  choose(
    db: Database,
    ctx: { actor: Actor; clock: Context['clock'] },
    filed: FiledEdition,
    itemIds: readonly string[],
  ): Promise<void>
  /** Before a reviewed edition is sealed. @throws conflict when an item that was chosen is no longer in force. */
  check(db: Database, filed: FiledEdition): Promise<void>
  /** A reviewed edition has opened, within the transaction that opens it. Again it changes nothing. @returns the duties it met. */
  opened(
    db: Database,
    ctx: { actor: Actor; clock: Context['clock'] },
    filed: FiledEdition,
  ): Promise<readonly string[]>
}

const nowhere: Filing = {
  offer: async () => [],
  choose: async () => {},
  check: async () => {},
  opened: async () => [],
}

let known = nowhere

/** Told once by `app`; a house without a catalogue files nothing. */
export function registerFiling(filing: Filing | null): void {
  known = filing ?? nowhere
}

export const filing = (): Filing => known
