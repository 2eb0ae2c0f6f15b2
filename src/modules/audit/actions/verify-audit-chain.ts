import { createHash } from 'node:crypto'
import type { Database } from '#platform/db/database'
import { canonicalEntry, chainStart, type NotedSeal } from '../audit-entry.ts'
import { countUnsealed, listSealed } from '../queries.ts'

export interface ChainResult {
  entries: number
  /** The newest seal that was checked. */
  position: number
  hash: string
  /** The first thing found wrong, in words; null when the chain is whole. */
  fault: string | null
}

/**
 * Walks the whole chain and reckons every hash anew, apart from the code that sealed it. `noted`: a seal written down
 * earlier outside the database; it shows that nothing was cut off the end since.
 */
export async function verifyAuditChain(db: Database, noted?: NotedSeal): Promise<ChainResult> {
  let position = 0
  let hash = chainStart
  let notedSeen = noted === undefined
  const broken = (fault: string): ChainResult => ({ entries: position, position, hash, fault })
  for (;;) {
    const rows = await listSealed(db, position, 2000)
    if (rows.length === 0) break
    for (const { seal, entry } of rows) {
      if (seal.position !== position + 1) return broken(`第 ${position + 1} 条记录的封存不见了。`)
      if (seal.previousHash !== hash) return broken(`第 ${seal.position} 条记录与它前面的一条接不上。`)
      if (!entry) return broken(`第 ${seal.position} 条记录被删除了。`)
      const reckoned = createHash('sha256')
        .update(hash + canonicalEntry(entry))
        .digest('hex')
      if (reckoned !== seal.hash) return broken(`第 ${seal.position} 条记录的内容被改动过。`)
      position = seal.position
      hash = seal.hash
      if (noted?.position === position) {
        if (noted.hash !== hash)
          return broken(`第 ${position} 条记录与抄下的指纹不一致：这一条或它前面的记录被换过。`)
        notedSeen = true
      }
    }
  }
  if (!notedSeen)
    return broken(`抄下的指纹是第 ${noted?.position} 条的，而现在只有 ${position} 条：末尾的记录被删去了。`)
  const unsealed = await countUnsealed(db)
  if (unsealed > 0) return broken(`有 ${unsealed} 条记录没有封存，是绕过程序写入的。`)
  return { entries: position, position, hash, fault: null }
}
