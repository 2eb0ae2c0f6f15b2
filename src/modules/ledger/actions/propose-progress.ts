import { z } from 'zod'
import { invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import {
  saveDraft,
  saveDraftInput,
  startEdition,
  startPublication,
  startPublicationInput,
  submitDraft,
} from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import type { Plan } from '../plan.ts'
import { gatherTable } from '../progress/gather-table.ts'
import { bodyOfTable } from '../progress/progress-body.ts'
import { countRows } from '../progress/progress-table.ts'
import { changePlan } from '../queries.ts'
import { lockPlan } from './lock-plan.ts'

export const proposeProgressInput = z.object({
  planId: z.uuid(),
  /** Where it is shown; asked for the first time only. */
  columnId: z.preprocess(value => (value === '' ? undefined : value), z.uuid('请选择栏目。').optional()),
  changeNote: z.string().trim().max(300, '说明最多 300 字。').default(''),
})
export type ProposeProgress = z.output<typeof proposeProgressInput>

/**
 * 公开进展: the present state of the table becomes a draft edition and goes to review; another person lets it out (R-EXC-13).
 * A draft that still waits is written anew. @returns the publication and the revision that waits for review.
 */
export async function proposeProgress(
  ctx: Context,
  input: ProposeProgress,
): Promise<{ publicId: string; publicationId: string; revision: number }> {
  return inTransaction(ctx.db, async db => {
    const within: Context = { ...ctx, db }
    const plan = await lockPlan(db, ctx, input.planId, 'publish-progress')
    const table = await gatherTable(within, plan)
    if (table.rows.length === 0) throw invalid('ledger.empty', '这份台账里没有确认过的任务，没有可以公开的。')
    const count = countRows(table.rows, ctx.clock.today())
    const draft = {
      title: titleOfProgress(plan.title),
      summary: `共 ${count.total} 项任务，已完成 ${count.done} 项，完成 ${count.share}%。`,
      source: plan.issuer || '政务公开办',
      bodyHtml: bodyOfTable(table),
      fields: table,
    }
    const made = plan.publishedAs
      ? await nextEdition(within, plan.publishedAs, draft, input)
      : await firstEdition(within, plan, draft, input)
    if (!plan.publishedAs) await changePlan(db, plan, { publishedAs: made.id })
    await submitDraft(within, { publicationId: made.id, revision: made.revision })
    await insertAct(db, ctx, {
      planId: plan.id,
      act: 'publish-progress',
      reason: `${count.done} / ${count.counting} 项完成，送审`,
    })
    await recordAct(db, ctx, {
      act: 'ledger.progress-proposed',
      sentence: `把“${plan.title}”的落实情况送去发布前审查`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    return { publicId: made.publicId, publicationId: made.id, revision: made.revision }
  })
}

/** Named by what was issued, not by the notice that issued it. A plan that is a table of its results is called so already. */
export function titleOfProgress(planTitle: string): string {
  if (planTitle.endsWith('落实情况')) return planTitle
  const issued = /(?:印发|转发)(.+)的(?:通知|函)$/.exec(planTitle)?.[1] ?? planTitle
  return `${/^《.*》$/.test(issued) ? issued : `《${issued}》`}落实情况`
}

type DraftOfTable = Record<'title' | 'summary' | 'source' | 'bodyHtml', string> & { fields: object }

async function firstEdition(ctx: Context, plan: Plan, draft: DraftOfTable, input: ProposeProgress) {
  if (!input.columnId) throw invalid('ledger.no-column', '请选择在哪个栏目公开。')
  return startPublication(
    ctx,
    startPublicationInput.parse({
      ...draft,
      kind: 'plan-progress',
      siteId: plan.siteId,
      organId: plan.organId,
      columnIds: [input.columnId],
    }),
  )
}

async function nextEdition(ctx: Context, id: string, draft: DraftOfTable, input: ProposeProgress) {
  const { publicId, revision, columnIds } = await startEdition(ctx, id)
  const saved = await saveDraft(
    ctx,
    saveDraftInput.parse({
      ...draft,
      publicationId: id,
      revision,
      columnIds,
      changeNote: input.changeNote || `更新截至 ${ctx.clock.today()} 的进展`,
    }),
  )
  return { id, publicId, revision: saved.revision }
}
