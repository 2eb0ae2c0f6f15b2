import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type DraftContent, findReportDraft } from '../reports/report-queries.ts'
import { mayReportFor } from './hand-in-report.ts'

const words = z.string().max(4000).default('')

/** What is still being written need not be whole. */
export const saveReportDraftInput = z.object({
  taskId: z.uuid(),
  organId: z.uuid('请选择报送单位。'),
  revision: z.coerce.number().int().min(0),
  content: z.object({
    period: words,
    state: words,
    share: words,
    stage: words,
    words,
    reason: words,
    publications: z.array(z.string().max(300)).max(50).default([]),
    files: z
      .array(z.object({ name: z.string(), size: z.number(), sha256: z.string(), key: z.string() }))
      .max(20, '一次报送最多附 20 个文件。')
      .default([]),
  }),
})

/** Keeps what was written so far; the second of two who write at once is told, and loses nothing. @returns the revision. */
export async function saveReportDraft(
  ctx: Context,
  input: z.output<typeof saveReportDraftInput>,
): Promise<number> {
  permit(mayReportFor(ctx.actor, input.organId), 'ledger.may-not-report')
  const content = JSON.stringify(input.content satisfies DraftContent)
  const facts = {
    content,
    savedBy: actorName(ctx.actor),
    savedById: actorId(ctx.actor),
    savedAt: ctx.clock.now(),
  }
  const row =
    input.revision === 0
      ? await ctx.db
          .insertInto('ledgerReportDrafts')
          .values({ taskId: input.taskId, organId: input.organId, ...facts })
          .onConflict(conflict => conflict.doNothing())
          .returning('revision')
          .executeTakeFirst()
      : await ctx.db
          .updateTable('ledgerReportDrafts')
          .set({ ...facts, revision: input.revision + 1 })
          .where('taskId', '=', input.taskId)
          .where('organId', '=', input.organId)
          .where('revision', '=', input.revision)
          .returning('revision')
          .executeTakeFirst()
  if (row) return row.revision
  const other = await findReportDraft(ctx.db, input.taskId, input.organId)
  throw conflict(
    'ledger.draft-meanwhile',
    other
      ? `您打开之后，${other.savedBy}保存过这份草稿。您的文字还在下面，没有丢；再保存一次会换成您的。`
      : '这份草稿刚刚已经报送。您的文字还在下面，没有丢。',
  )
}
