import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { DutyRow } from './duty-queries.ts'

/** What was said to those who owe. */
export interface Urged {
  /** Of the act that stands in the course of the duty. */
  actId: string
  duty: Pick<
    DutyRow,
    'id' | 'organId' | 'organName' | 'officerId' | 'domain' | 'title' | 'subjectLabel' | 'dueOn'
  >
  words: string
}

export type TellUrged = (
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  urged: readonly Urged[],
) => Promise<void>

let told: readonly TellUrged[] = []

/** Told once by `app`: duties know nothing of those who bring the words to people. */
export function registerUrged(tells: readonly TellUrged[]): void {
  told = tells
}

/** Brings them within the transaction of the act. */
export async function tellUrged(...said: Parameters<TellUrged>): Promise<void> {
  for (const tell of told) await tell(...said)
}
