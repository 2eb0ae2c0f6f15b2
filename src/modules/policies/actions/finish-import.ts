import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { endRun, findRun, type ImportRun } from '../queries.ts'

/** Closes a run that went through all its files. */
export async function finishImport(ctx: Context, run: ImportRun, claim: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    if (!(await endRun(db, run.id, claim, { state: 'finished', at: ctx.clock.now() }))) return
    const done = await findRun(db, run.id)
    await recordAct(db, ctx, {
      act: 'policies.import-finished',
      sentence: `导入完成：公开 ${done?.published} 件，草稿 ${done?.drafts} 件，没有改动 ${done?.unchanged} 件，没有导入 ${done?.refused} 件`,
      object: { kind: 'import-run', id: run.id, label: run.paths.join('、').slice(0, 200) },
    })
  })
}
