import { sql } from 'kysely'
import { fromBase64, toBase64 } from '#lib/tlog/bytes'
import type { Hash } from '#lib/tlog/merkle'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { Said } from './edition-record.ts'

/** What is kept of the commitments of an edition. */
export interface Commitments {
  editionId: string
  /** Null once a field was erased; then `salts` holds those of the others. */
  seed: Uint8Array | null
  salts: Record<string, string> | null
  commitments: Map<string, Hash>
  said: Said[]
}

export async function commitmentsFor(
  db: Database,
  editionIds: readonly string[],
): Promise<Map<string, Commitments>> {
  const { rows } = await sql<{
    editionId: string
    seed: Buffer | null
    salts: Record<string, string> | null
    commitments: Record<string, string>
    said: Said[]
  }>`select edition_id, seed, salts, commitments, said from edition_commitments where edition_id = any(${editionIds}::uuid[])`.execute(
    db,
  )
  return new Map(
    rows.map(row => [
      row.editionId,
      {
        ...row,
        seed: row.seed && new Uint8Array(row.seed),
        commitments: new Map(
          Object.entries(row.commitments).map(([name, text]) => [name, fromBase64(text) ?? new Uint8Array()]),
        ),
      },
    ]),
  )
}

/** Those that another act has written meanwhile stay as they are. */
export async function insertCommitments(
  db: Database,
  made: readonly (Commitments & { seed: Uint8Array })[],
): Promise<void> {
  await insertMany(
    db,
    'editionCommitments',
    made.map(({ editionId, seed, commitments, said }) => ({
      editionId,
      seed: `\\x${Buffer.from(seed).toString('hex')}`,
      commitments: Object.fromEntries([...commitments].map(([name, hash]) => [name, toBase64(hash)])),
      said,
    })),
    sql`on conflict (edition_id) do nothing`,
  )
}

export async function insertLoggedActs(
  db: Database,
  acts: readonly { actId: string; entry: number }[],
): Promise<void> {
  await insertMany(db, 'loggedActs', acts)
}
