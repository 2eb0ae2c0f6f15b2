import { sql } from 'kysely'
import { isSame } from '#lib/tlog/bytes'
import { writeCheckpoint } from '#lib/tlog/checkpoint'
import { writeNote, writeVerifier } from '#lib/tlog/note'
import { sm2Line, sm2VerifierOf, writeSm2Verifier } from '#lib/tlog/sm2'
import { readConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertHead, newestHead, type SignedHead } from '../checkpoint-queries.ts'
import { logKey, signAs, sm2KeyOf, verifierOf } from '../log-key.ts'
import { originOf } from '../origin.ts'
import { logTag } from '../tags.ts'
import { logSize, rootAt } from '../tile-queries.ts'

/** The tiles no longer hold the tree that was signed: somebody has changed them. Nothing more is signed over it. */
class RewrittenLog extends Error {}

/**
 * Signs the head of the log, once for each size, never an older one. @returns null when there is nothing new
 * @throws RewrittenLog when what was signed before is not in the tree any more
 */
export async function signHead(ctx: Context): Promise<SignedHead | null> {
  const key = await logKey()
  return inTransaction(ctx.db, async db => {
    await sql`select pg_advisory_xact_lock(hashtext('mingtang.log-head'))`.execute(db)
    const before = await newestHead(db)
    const size = await logSize(db)
    if (size === 0 || (before && before.size >= size)) return null
    if (before && !isSame(await rootAt(db, before.size), before.root))
      throw new RewrittenLog(
        `公开日志里前 ${before.size} 条与当时签署的不一致，已停止签署。请运行 ./bin/mingtang log fsck 找出被改动的地方。`,
      )
    const origin = await originOf(db)
    const root = await rootAt(db, size)
    const text = writeCheckpoint({ origin, size, root })
    const sm2Key = readConfig().logSm2 ? sm2KeyOf(key) : null
    const note = writeNote(text, [
      signAs(key, origin, text),
      ...(sm2Key === null ? [] : [sm2Line(sm2Key, origin, text)]),
    ])
    const verifier = writeVerifier(verifierOf(key, origin))
    const sm2Verifier = sm2Key === null ? null : writeSm2Verifier(sm2VerifierOf(sm2Key, origin))
    const head = { size, origin, root, note, verifier, sm2Verifier, signedAt: ctx.clock.now() }
    await insertHead(db, head)
    await announceChange(db, [logTag])
    return head
  })
}
