import { utf8 } from '#lib/tlog/bytes'
import { writeProof } from '#lib/tlog/proof'
import type { Database } from '#platform/db/database'
import { newestHead } from './checkpoint-queries.ts'
import { auditPath } from './tile-queries.ts'

/** The proof file of an entry under the newest signed head; null while that does not reach it yet. */
export async function proofOf(db: Database, index: number, extra: object): Promise<string | null> {
  const head = await newestHead(db)
  if (!head || head.size <= index) return null
  const path = await auditPath(db, index, head.size)
  return writeProof({ extra: utf8(JSON.stringify(extra)), index, path, checkpoint: head.note })
}
