import { permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { type ImportChoice, openDestination } from '../import/destination.ts'
import { mayImport } from '../policy.ts'
import { findRun, type ImportRun, insertRun } from '../queries.ts'

export interface BeginImport {
  choice: ImportChoice
  publishes: boolean
  paths: readonly string[]
}

/** Opens a run, so that whoever published what can be told later, and an interrupted one be gone on with by `runImport`. */
export async function beginImport(ctx: Context, input: BeginImport): Promise<ImportRun> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  const { site } = await openDestination(ctx.db, input.choice, ctx.clock.today())
  const id = uuidv7()
  return inTransaction(ctx.db, async db => {
    await insertRun(db, {
      id,
      siteId: site.id,
      publishes: input.publishes,
      paths: [...input.paths],
      choice: { ...input.choice, site: site.key },
      startedBy: actorName(ctx.actor),
      startedById: actorId(ctx.actor),
      startedAt: ctx.clock.now(),
    })
    await recordAct(db, ctx, {
      act: 'policies.import-started',
      sentence: `开始导入历史文件到“${site.name}”，${input.publishes ? '作为历史存量直接公开' : '存为草稿'}`,
      object: { kind: 'import-run', id, label: input.paths.join('、').slice(0, 200) },
    })
    const run = await findRun(db, id)
    if (!run) throw new Error(`import run ${id} is gone`)
    return run
  })
}
