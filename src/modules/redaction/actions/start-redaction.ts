import { permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { keepBytes } from '../keep-bytes.ts'
import { mayRedact } from '../policy.ts'

export interface StartRedaction {
  organId: string
  title: string
  /** With its extension. */
  fileName: string
  bytes: Uint8Array
  /** For whom, in the words of the module that asks: `request:<id>`. */
  purpose?: string
}

/** Takes a file into the closed zone; the worker reads its pages within a minute. @returns the id of the redaction. */
export async function startRedaction(ctx: Context, input: StartRedaction): Promise<string> {
  permit(mayRedact(ctx.actor, input.organId), 'redaction.not-allowed')
  const id = uuidv7(ctx.clock.now().getTime())
  const kept = await keepBytes(id, input.bytes)
  await inTransaction(ctx.db, async db => {
    await db
      .insertInto('redactions')
      .values({
        id,
        organId: input.organId,
        purpose: input.purpose ?? null,
        title: input.title,
        fileName: input.fileName,
        sourceKey: kept.key,
        sourceSha256: kept.sha256,
        sourceSize: kept.size,
        state: 'reading',
        startedBy: actorName(ctx.actor),
        startedById: actorId(ctx.actor),
        startedAt: ctx.clock.now(),
      })
      .execute()
    await recordAct(db, ctx, {
      act: 'redaction.started',
      sentence: '把一份文件送入遮盖',
      object: { kind: 'redaction', id, label: input.title },
    })
  })
  return id
}
