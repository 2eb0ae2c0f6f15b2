import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalid, notFound, permit } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import type { ReadDocument } from '#modules/files'
import { listSites } from '#modules/organisations'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertAct } from '../act-queries.ts'
import { ledgerKinds } from '../ledger-kind.ts'
import type { KeptFile } from '../plan.ts'
import { mayKeepLedger } from '../policy.ts'
import { proposedTasks } from '../proposals.ts'
import { findPlan, saveTasks } from '../queries.ts'
import { readPlanDocument } from '../reader/read-plan.ts'
import { yearOf } from '../year.ts'

export const takePlanInput = z.object({
  siteId: z.uuid('请选择站点。'),
  kind: z.enum(ledgerKinds.map(kind => kind.name) as [string], '请选择台账种类。'),
  /** Not given: what the document says of itself. */
  year: z.preprocess(
    value => (value === '' ? undefined : value),
    z.coerce
      .number('年度请写四位数字，例如 2026。')
      .int('年度请写四位数字，例如 2026。')
      .min(1980, '年度请写四位数字，例如 2026。')
      .max(2100, '年度请写四位数字，例如 2026。')
      .optional(),
  ),
})
export type TakePlan = z.output<typeof takePlanInput>

/** A document that was handed in: its file, or the publication of the library that it is. */
export interface HandedIn {
  document: ReadDocument
  name: string
  file?: KeptFile | undefined
  publicationId?: string | undefined
}

/**
 * Reads a plan and keeps what was read for review: nothing is in the ledger yet. The same document comes in once, so that a
 * second click, or a colleague's upload of the same text, leads to the one that is there.
 */
export async function takePlan(
  ctx: Context,
  input: TakePlan,
  handedIn: HandedIn,
): Promise<{ planId: string; isNew: boolean; tasks: number }> {
  const site = (await listSites(ctx.db)).find(one => one.id === input.siteId)
  if (!site) throw notFound('ledger.unknown-site', '没有这个站点。请重新选择。')
  permit(mayKeepLedger(ctx.actor, site.organId), 'ledger.not-allowed')
  const reading = readPlanDocument(handedIn.document)
  if (reading.text.replace(/\s/g, '').length < 10)
    throw invalid(
      'ledger.no-text',
      `“${handedIn.name}”里没有读出文字。扫描件请先识别文字，或者把正文粘贴进来。`,
    )
  const textSha256 = createHash('sha256').update(reading.text).digest('hex')
  return inTransaction(ctx.db, async db => {
    const id = uuidv7()
    const by = actorName(ctx.actor)
    const now = ctx.clock.now()
    const title = reading.title ?? handedIn.name.replace(/\.[a-z]+$/i, '')
    const inserted = await db
      .insertInto('ledgerPlans')
      .values({
        ...input,
        id,
        publicId: publicId(),
        organId: site.organId,
        year: input.year ?? yearOf(title, reading) ?? Number(ctx.clock.today().slice(0, 4)),
        title: title.slice(0, 200),
        issuer: (reading.issuer ?? '').slice(0, 200),
        docNo: reading.docNo,
        signedOn: reading.date,
        text: reading.text,
        textSha256,
        file: handedIn.file ? JSON.stringify(handedIn.file) : null,
        publicationId: handedIn.publicationId ?? null,
        reading: JSON.stringify({ ...reading, text: undefined }),
        createdBy: by,
        createdById: actorId(ctx.actor),
        createdAt: now,
      })
      .onConflict(conflict =>
        conflict.columns(['siteId', 'textSha256']).where('discardedAt', 'is', null).doNothing(),
      )
      .returning('id')
      .executeTakeFirst()
    if (!inserted) {
      const known = await findPlan(db, { siteId: site.id, textSha256 })
      return { planId: known?.id ?? id, isNew: false, tasks: 0 }
    }
    const tasks = proposedTasks(reading, { id, changedBy: by, changedAt: now })
    await saveTasks(db, tasks)
    await insertAct(db, ctx, { planId: id, act: 'take', reason: handedIn.name })
    await recordAct(db, ctx, {
      act: 'ledger.plan-taken',
      sentence: `读取文件“${title}”，得到 ${tasks.length} 项待确认的任务`,
      object: { kind: 'ledger-plan', id, label: title },
    })
    return { planId: id, isNew: true, tasks: tasks.length }
  })
}
