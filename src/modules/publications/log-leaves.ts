import { randomBytes } from 'node:crypto'
import { commitmentsOf, rootOf, seedLength } from '#lib/tlog/commitments'
import type { Hash } from '#lib/tlog/merkle'
import { appendEntries } from '#modules/transparency-log'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { commitmentsFor, insertCommitments, insertLoggedActs } from './commitment-queries.ts'
import { noted, readEditionRecords, readSaid, type Said } from './edition-record.ts'
import { entryOf, readActs, subjectOf } from './log-entry.ts'

/**
 * Publishing acts that were just written enter the log with them, in the same transaction and in a number of statements that does
 * not grow with them. The log stays locked until the commit: nothing but the notice to the caches comes after.
 */
export async function logLeaves(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  actIds: readonly string[],
): Promise<void> {
  if (actIds.length === 0) return
  const acts = await readActs(db, actIds)
  const told = acts.flatMap(act => (act.editionId && !act.textWithheld ? [act.editionId] : []))
  const roots = await commitTo(db, [...new Set(told)])
  const first = await appendEntries(
    db,
    ctx,
    acts.map(act => ({
      subject: subjectOf(act.publicId),
      entry: entryOf(act, roots.get(act.editionId ?? '')),
    })),
  )
  await insertLoggedActs(
    db,
    acts.map((act, at) => ({ actId: act.id, entry: first + at })),
  )
}

/** The roots of these editions; those that have none yet get their commitments now. */
async function commitTo(db: Database, editionIds: readonly string[]): Promise<Map<string, Hash>> {
  if (editionIds.length === 0) return new Map()
  const known = await commitmentsFor(db, editionIds)
  const fresh = editionIds.filter(id => !known.has(id))
  if (fresh.length > 0) {
    const said = new Map<string, Said[]>()
    for (const one of await readSaid(db, fresh))
      said.set(one.editionId, [...(said.get(one.editionId) ?? []), noted(one)])
    const records = await readEditionRecords(db, fresh, said)
    await insertCommitments(
      db,
      records.map(({ editionId, fields }) => {
        const seed = new Uint8Array(randomBytes(seedLength))
        const commitments = commitmentsOf(seed, fields)
        return { editionId, seed, salts: null, commitments, said: said.get(editionId) ?? [] }
      }),
    )
    for (const [id, row] of await commitmentsFor(db, fresh)) known.set(id, row)
  }
  return new Map([...known].map(([id, { commitments }]) => [id, rootOf(commitments)]))
}
