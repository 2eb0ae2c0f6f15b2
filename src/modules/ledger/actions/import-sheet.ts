import { invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { readDocument } from '#modules/files'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { ledgerKind } from '../ledger-kind.ts'
import type { Plan } from '../plan.ts'
import { blankTask } from '../proposals.ts'
import { changePlan, listTasks, saveTasks } from '../queries.ts'
import { mendTask } from '../review.ts'
import { type ReadTaskSheet, readTaskSheet } from '../sheet.ts'
import { ledgerTag } from '../tags.ts'
import type { Task } from '../task.ts'
import { lockPlan } from './lock-plan.ts'

/** Rows of the first sheet with text. Throws `UnreadableFile`, whose message names the remedy. */
export async function rowsOf(file: { name: string; bytes: Uint8Array }): Promise<string[][]> {
  const document = await readDocument(file.name, file.bytes)
  if (document.form !== 'sheets')
    throw invalid('ledger.no-sheet', `“${file.name}”不是表格。请用 .xlsx 或者 .csv，可以先导出一份。`)
  return document.sheets.find(sheet => sheet.rows.length > 0)?.rows ?? []
}

/** What a spreadsheet would change; nothing is saved. */
export async function planSheet(
  db: Database,
  plan: Plan,
  rows: readonly (readonly string[])[],
): Promise<ReadTaskSheet & { all: Task[] }> {
  const all = await listTasks(db, plan.id)
  const kept = all.filter(task => task.droppedAt === null)
  return { ...readTaskSheet(rows, ledgerKind(plan.kind), kept, plan.inForceAt !== null), all }
}

/**
 * Takes a spreadsheet whole: with one fault nothing is saved; the same sheet again changes nothing. What is new or changed
 * under review still waits for a person to confirm it.
 */
export async function importSheet(
  ctx: Context,
  planId: string,
  rows: readonly (readonly string[])[],
  reason: string,
): Promise<{ changed: number; added: number; same: number }> {
  return inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'import-sheet')
    const { faults, changed, added, same, all } = await planSheet(db, plan, rows)
    if (faults.length > 0)
      throw invalid('ledger.sheet-faults', `表格里还有 ${faults.length} 处错误，没有导入。请改正后重新上传。`)
    if (changed.length + added.length === 0) return { changed: 0, added: 0, same }
    const by = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    const isReview = plan.inForceAt === null
    const mended = changed.map(({ task, content }) => ({
      ...mendTask(task, content, by),
      ...(isReview ? { confirmedAt: null, confirmedBy: null } : {}),
    }))
    const last = Math.max(0, ...all.map(task => task.position))
    const made = added.map((content, at) => ({
      ...blankTask({ id: plan.id, ...by }),
      ...content,
      position: last + at + 1,
      origin: 'sheet' as const,
    }))
    await saveTasks(db, [...mended, ...made])
    if (isReview)
      await insertAct(db, ctx, {
        planId,
        act: 'import-sheet',
        reason,
        before: changed.map(one => one.task),
        after: [...mended, ...made].map(task => task.id),
      })
    else
      for (const { task, content, columns } of changed)
        await insertAct(db, ctx, {
          planId,
          taskId: task.id,
          act: 'change',
          reason: `由表格修改（${columns.join('、')}）：${reason}`,
          before: { title: task.title, text: task.text, requirement: task.requirement, fields: task.fields },
          after: {
            title: content.title,
            text: content.text,
            requirement: content.requirement,
            fields: content.fields,
          },
        })
    await changePlan(db, plan, {})
    await recordAct(db, ctx, {
      act: 'ledger.import-sheet',
      sentence: `用表格修改“${plan.title}”：改 ${changed.length} 项、增加 ${added.length} 项，理由：${reason}`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    await announceChange(db, [ledgerTag(plan.siteId)])
    return { changed: changed.length, added: added.length, same }
  })
}
