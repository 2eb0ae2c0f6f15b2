import { sql } from 'kysely'
import { isSame } from '#lib/tlog/bytes'
import { provesConsistency } from '#lib/tlog/merkle'
import { signersOf, type Verifier } from '#lib/tlog/note'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { logKey } from '../log-key.ts'
import { cosign, readSubmission } from '../witness.ts'

/** As the protocol answers: the line of our signature, the size that we know, or nothing. */
export type Cosigned =
  | { status: 200; line: string }
  | { status: 409; size: number }
  | { status: 400 | 403 | 404 | 422 }

/**
 * Another log shows its head: when it only continues what we have seen of it, we co-sign (C2SP tlog-witness). What we have seen is
 * compared and written under one lock, so that two requests at once never take us back.
 */
export function cosignHead(
  ctx: Context,
  logs: readonly Verifier[],
  name: string,
  body: string,
): Promise<Cosigned> {
  return inTransaction(ctx.db, async db => {
    const asked = readSubmission(body)
    if (!asked) return { status: 400 }
    const { checkpoint, note, oldSize, path, text } = asked
    const keys = logs.filter(log => log.name === checkpoint.origin)
    if (keys.length === 0) return { status: 404 }
    if (!keys.some(key => signersOf(note, [key])?.length === 1)) return { status: 403 }
    if (oldSize > checkpoint.size) return { status: 400 }
    await sql`select pg_advisory_xact_lock(hashtext('mingtang.witness'), hashtext(${checkpoint.origin}))`.execute(
      db,
    )
    const known = await db
      .selectFrom('witnessedHeads')
      .select(['size', 'root'])
      .where('origin', '=', checkpoint.origin)
      .executeTakeFirst()
    const size = Number(known?.size ?? 0)
    if (oldSize !== size) return { status: 409, size }
    const root = known && new Uint8Array(known.root)
    if (root && checkpoint.size === size && !isSame(root, checkpoint.root)) return { status: 409, size }
    const continues = root ? provesConsistency({ size, root }, checkpoint, path) : path.length === 0
    if (!continues) return { status: 422 }
    const head = {
      size: checkpoint.size,
      root: Buffer.from(checkpoint.root),
      note: text,
      cosignedAt: ctx.clock.now(),
    }
    await db
      .insertInto('witnessedHeads')
      .values({ origin: checkpoint.origin, ...head })
      .onConflict(conflict => conflict.column('origin').doUpdateSet(head))
      .execute()
    const time = Math.floor(ctx.clock.now().getTime() / 1000)
    return { status: 200, line: cosign(await logKey(), name, note.text, time) }
  })
}
