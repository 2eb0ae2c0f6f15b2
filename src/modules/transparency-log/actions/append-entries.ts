import { leafHash } from '#lib/tlog/merkle'
import { edgeOf, grownBy } from '#lib/tlog/tiles'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { claimPlaces, inHex, saveTiles, tilesAt } from '../tile-queries.ts'

export interface NewEntry {
  /** What it is about, for looking it up: `publication 7k2m9c4x3p`. */
  subject: string
  /** At most 65 535 bytes of ids and hashes; everybody can read it. */
  entry: Uint8Array
}

/**
 * Appends to the log within the caller's transaction, which then holds the head: append last, and commit.
 * @returns the place of the first entry; the others follow it.
 */
export async function appendEntries(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  entries: readonly NewEntry[],
): Promise<number> {
  const size = await claimPlaces(db, entries.length)
  const edge = await tilesAt(db, edgeOf(size))
  await saveTiles(
    db,
    grownBy(
      entries.map(({ entry }) => leafHash(entry)),
      size,
      edge,
    ),
  )
  await insertMany(
    db,
    'logEntries',
    entries.map(({ subject, entry }, at) => ({
      index: size + at,
      entry: inHex(entry),
      subject,
      writtenAt: ctx.clock.now(),
    })),
  )
  return size
}
