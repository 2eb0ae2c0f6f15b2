import { z } from 'zod'
import { fromBeijing } from '#lib/beijing-time'
import { dutiesTag } from '#modules/duties'
import { listSites } from '#modules/organisations'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Job } from '#platform/module'
import { dutyUnder, organsOf, owe, owersOf } from '../actions/owe.ts'
import { periodsOn, readLimit } from '../limit.ts'
import { type CatalogueItem, listItems } from '../queries.ts'
import { settleLinks } from '../settle-links.ts'

/** Every night: what the catalogue wants each month, quarter or year begins for everybody who owes it; what is open already stays. */
export const openCadence: Job = {
  name: 'catalogue.open-cadence',
  payload: z.unknown(),
  schedule: '20 0 * * *',
  alsoAtStart: true,
  async run(ctx) {
    const opened = await openCadenceDuties(ctx)
    if (opened > 0) ctx.log.info({ opened }, 'catalogue duties opened')
  },
}

export async function openCadenceDuties(ctx: Context): Promise<number> {
  const today = ctx.clock.today()
  let all = 0
  for (const site of await listSites(ctx.db)) {
    const items = (await listItems(ctx.db, site.id)).flatMap(item => {
      const read = readLimit(item.content.limit)
      if (!('limit' in read) || read.limit.on !== 'period' || item.content.mode !== 'proactive') return []
      return [{ item, periods: periodsOn(read.limit.every, read.limit.due, today) }]
    })
    if (items.length === 0) continue
    const organs = await organsOf(ctx.db, site)
    const dutiesOf = ({ item, periods }: { item: CatalogueItem; periods: ReturnType<typeof periodsOn> }) =>
      owersOf(item.content, organs, today).flatMap(organ =>
        periods.map(({ name, words, begins, limit }) =>
          dutyUnder(item, organ, {
            period: name,
            what: words,
            limit,
            startedAt: fromBeijing(begins) ?? ctx.clock.now(),
          }),
        ),
      )
    all += await inTransaction(ctx.db, async db => {
      const opened = await owe(db, ctx, items.flatMap(dutiesOf))
      // What is public under an item already may be what the period asks for
      if (opened.length > 0) for (const { item } of items) await settleLinks(db, ctx, item)
      if (opened.length > 0) await announceChange(db, [dutiesTag(site.id)])
      return opened.length
    })
  }
  return all
}
