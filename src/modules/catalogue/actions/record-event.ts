import { z } from 'zod'
import { fromBeijing, isPlainDate } from '#lib/beijing-time'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag } from '#modules/duties'
import { listSites } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { nameOf } from '../item.ts'
import { countedLimit, readLimit } from '../limit.ts'
import { mayRecordUnder } from '../policy.ts'
import { findItem, promptnessOf } from '../queries.ts'
import { settleLinks } from '../settle-links.ts'
import { dutyUnder, organsOf, owe } from './owe.ts'

export const recordEventInput = z.object({
  itemId: z.uuid(),
  organId: z.uuid('请选择由哪个单位公开。'),
  happenedOn: z.string().refine(isPlainDate, '请填写存在的日期，例如 2026-11-23。'),
  label: z
    .string()
    .trim()
    .min(4, '请写明是什么（至少 4 个字），例如：2026年县级预算获批准。公众会看到，不要写个人信息。')
    .max(100, '最多 100 字。'),
})

/** Says that something happened from which the limit of an item runs: the duty to publish begins on that day (R-GRS-04). */
export async function recordEvent(ctx: Context, input: z.output<typeof recordEventInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const item = await findItem(db, { id: input.itemId }, { lock: true })
    if (!item) throw notFound('catalogue.unknown-item', '没有这个事项。请从目录列表重新选择。')
    permit(mayRecordUnder(ctx.actor, input.organId), 'catalogue.may-not-record')
    if (item.retiredAt) throw conflict('catalogue.retired', '这个事项已经停用，不再产生公开义务。')
    const site = (await listSites(db)).find(one => one.id === item.siteId)
    const organ = site && (await organsOf(db, site)).find(one => one.id === input.organId)
    if (!organ) throw invalid('catalogue.no-such-organ', '这个单位不在本站点范围内。请重新选择。')
    if (input.happenedOn > ctx.clock.today())
      throw invalid('catalogue.event-ahead', '日期还没有到。请在事情发生以后再登记。')
    const read = readLimit(item.content.limit)
    if (!('limit' in read) || read.limit.on !== 'event')
      throw invalid(
        'catalogue.no-event',
        '这个事项不是按事件公开的：按周期的由系统自动提醒，长期公开的不用登记。',
      )
    const id = uuidv7()
    const { label, happenedOn } = input
    const saved = await db
      .insertInto('catalogueEvents')
      .values({
        id,
        itemId: item.id,
        organId: organ.id,
        happenedOn,
        label,
        recordedBy: actorName(ctx.actor),
        recordedAt: ctx.clock.now(),
      })
      .onConflict(known => known.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!saved) throw conflict('catalogue.event-known', '同一天的这件事已经登记过。')
    const limit = countedLimit(read.limit.limit, await promptnessOf(db, item.siteId))
    const startedAt = fromBeijing(happenedOn) ?? ctx.clock.now()
    await owe(db, ctx, [dutyUnder(item, organ, { period: id, what: label, limit, startedAt })])
    await settleLinks(db, ctx, item)
    await recordAct(db, ctx, {
      act: 'catalogue.event-recorded',
      sentence: `登记“${nameOf(item.content)}”的公开起算：${happenedOn} ${label}（${organ.shortName}）`,
      object: { kind: 'catalogue-item', id: item.id, label: nameOf(item.content) },
    })
    await announceChange(db, [dutiesTag(item.siteId)])
  })
}
