import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { catalogueTag } from '../tags.ts'
import { type Ground, grounds } from '../withheld.ts'
import { reasonInput } from './save-item.ts'
import { siteForEditing } from './write-item.ts'

export const addWithheldInput = z.object({
  siteId: z.uuid('请选择站点。'),
  title: z
    .string()
    .trim()
    .min(4, '请写明哪一类信息（至少 4 个字），不要写具体内容。')
    .max(100, '最多 100 字。'),
  ground: z.enum(Object.keys(grounds) as Ground[], '请选择依据。'),
  why: z
    .string()
    .trim()
    .min(10, '请向公众说明为什么不公开、能不能申请（至少 10 个字）。')
    .max(500, '最多 500 字。'),
  body: z.string().trim().min(2, '请写明由谁负责。').max(100, '最多 100 字。'),
  /** Looked at again within a year (R-EXC-12). */
  reviewOn: z.string().refine(isPlainDate, '请填写下次评估的日期，最晚一年以内。'),
})

/** Puts a kind of information on the negative list (G3): a kind and its ground, never what is kept secret itself. */
export async function addWithheld(ctx: Context, input: z.output<typeof addWithheldInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    await siteForEditing({ ...ctx, db }, input.siteId)
    const today = ctx.clock.today()
    const latest = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
    if (input.reviewOn <= today || input.reviewOn > latest)
      throw invalid(
        'catalogue.review-day',
        `下次评估的日期请定在 ${latest} 以前：不公开的信息每年至少评估一次。`,
      )
    const id = uuidv7()
    await db
      .insertInto('catalogueWithheld')
      .values({ ...input, id, changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() })
      .execute()
    await recordAct(db, ctx, {
      act: 'catalogue.withheld-added',
      sentence: `在不公开清单中列入“${input.title}”`,
      object: { kind: 'catalogue-withheld', id, label: input.title },
    })
    await announceChange(db, [catalogueTag(input.siteId)])
  })
}

export const endWithheldInput = z.object({ id: z.uuid(), reason: reasonInput })

/** Takes it off the list: from now on it is published or can be asked for (R-EXC-12). */
export async function endWithheld(ctx: Context, input: z.output<typeof endWithheldInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const row = await db
      .selectFrom('catalogueWithheld')
      .selectAll()
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound('catalogue.unknown-withheld', '清单里没有这一项。请从清单重新选择。')
    await siteForEditing({ ...ctx, db }, row.siteId)
    if (row.endedAt) throw conflict('catalogue.ended-already', '这一项已经移出清单。')
    const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    await db
      .updateTable('catalogueWithheld')
      .set({ endedAt: ctx.clock.now(), endedReason: input.reason, ...changed })
      .where('id', '=', row.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'catalogue.withheld-ended',
      sentence: `把“${row.title}”移出不公开清单，理由：${input.reason}`,
      object: { kind: 'catalogue-withheld', id: row.id, label: row.title },
    })
    await announceChange(db, [catalogueTag(row.siteId)])
  })
}
