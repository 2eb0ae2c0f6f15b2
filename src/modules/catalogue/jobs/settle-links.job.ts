import { z } from 'zod'
import { listSites } from '#modules/organisations'
import { openedAt } from '#modules/publications'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import { listLinks } from '../queries.ts'
import { settleLinks } from '../settle-links.ts'

/** A text that opened longer ago has met what it could. */
const lookBack = 30 * 24 * 3600 * 1000

/** Every five minutes: a correction of what stands under an item meets the duty of the period in which it opened. */
export const settleCatalogueLinks: Job = {
  name: 'catalogue.settle-links',
  payload: z.unknown(),
  schedule: '*/5 * * * *',
  async run(ctx) {
    const met = await settleOpened(ctx)
    if (met > 0) ctx.log.info({ met }, 'catalogue duties met')
  },
}

export async function settleOpened(ctx: Context): Promise<number> {
  const now = ctx.clock.now()
  let met = 0
  for (const site of await listSites(ctx.db)) {
    const links = await listLinks(ctx.db, { siteId: site.id })
    const openings = await openedAt(
      ctx.db,
      now,
      links.map(link => link.publicationId),
    )
    const fresh = links.filter(link => {
      const opened = openings.get(link.publicationId)
      if (!opened || opened.getTime() < now.getTime() - lookBack) return false
      return !link.settledAt || opened > link.settledAt
    })
    for (const id of new Set(fresh.map(link => link.itemId)))
      met += (await inTransaction(ctx.db, db => settleLinks(db, ctx, { id }))).length
  }
  return met
}
