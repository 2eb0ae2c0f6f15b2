import { permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Destination } from '../import/destination.ts'
import { mayImport } from '../policy.ts'
import { type ImportRun, insertRun } from '../queries.ts'

/** Opens a run, so that whoever published what can be told later, and an interrupted one be recognised. */
export async function beginImport(
  ctx: Context,
  input: { to: Destination; publishes: boolean; paths: readonly string[] },
): Promise<ImportRun> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  const now = ctx.clock.now()
  const run = {
    id: uuidv7(),
    siteId: input.to.site.id,
    publishes: input.publishes,
    paths: [...input.paths],
    startedBy: actorName(ctx.actor),
    startedById: actorId(ctx.actor),
    startedAt: now,
  }
  await inTransaction(ctx.db, async db => {
    await insertRun(db, run)
    await recordAct(db, ctx, {
      act: 'policies.import-started',
      sentence: `开始导入历史文件到“${input.to.site.name}”，${input.publishes ? '作为历史存量直接公开' : '存为草稿'}`,
      object: { kind: 'import-run', id: run.id, label: input.paths.join('、').slice(0, 200) },
    })
  })
  return { ...run, finishedAt: null }
}
