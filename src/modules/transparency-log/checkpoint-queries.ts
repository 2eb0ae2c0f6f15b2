import { sql } from 'kysely'
import type { Hash } from '#lib/tlog/merkle'
import type { Database } from '#platform/db/database'

/** A head that was signed. */
export interface SignedHead {
  size: number
  origin: string
  root: Hash
  /** With the signatures of witnesses behind that of the log. */
  note: string
  /** The public key of the log that signed it, as it is handed over. */
  verifier: string
  /** The one that signed it by SM2 as well, where that is set. */
  sm2Verifier: string | null
  signedAt: Date
}

interface HeadRow extends Omit<SignedHead, 'root'> {
  root: Buffer
  lines: string[]
}

const heads = sql`select c.size, c.origin, c.root, c.note, c.verifier, c.sm2_verifier, c.signed_at,
  coalesce((select array_agg(w.line order by w.received_at, w.witness) from log_cosignatures w where w.size = c.size), '{}') as lines
  from log_checkpoints c`

const asHead = ({ lines, root, ...row }: HeadRow): SignedHead => ({
  ...row,
  root: new Uint8Array(root),
  note: row.note + lines.join(''),
})

export async function newestHead(db: Database): Promise<SignedHead | null> {
  const { rows } = await sql<HeadRow>`${heads} order by c.size desc limit 1`.execute(db)
  return rows[0] ? asHead(rows[0]) : null
}

export async function listHeads(db: Database, after: number, limit: number): Promise<SignedHead[]> {
  const { rows } =
    await sql<HeadRow>`${heads} where c.size > ${after} order by c.size limit ${limit}`.execute(db)
  return rows.map(asHead)
}

/** Whether some signed head ends within this tile or bundle at exactly that width: then it may be asked for as a part. */
export async function hasHeadBetween(db: Database, from: number, below: number): Promise<boolean> {
  const { rows } =
    await sql`select 1 from log_checkpoints where size >= ${from} and size < ${below} limit 1`.execute(db)
  return rows.length > 0
}

export async function insertHead(db: Database, head: SignedHead): Promise<void> {
  const { root, ...rest } = head
  await db
    .insertInto('logCheckpoints')
    .values({ ...rest, root: Buffer.from(root) })
    .execute()
}
