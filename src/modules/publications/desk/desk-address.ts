import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { listColumns } from '../column-queries.ts'
import { addressOf } from '../kind.ts'
import type { ColumnChoice } from './column-fields.tsx'

interface OnSite {
  kind: string
  publicId: string
  siteKey: string
  siteIsDefault: boolean
}

/** Where the site begins for readers: the default one at the root, the others below `/s/`. */
export const siteBase = (ctx: DeskContext, site: Pick<OnSite, 'siteKey' | 'siteIsDefault'>): string =>
  ctx.publicOrigin + (site.siteIsDefault ? '' : `/s/${site.siteKey}`)

/** The page that readers see. */
export const publicAddress = (ctx: DeskContext, item: OnSite): string => siteBase(ctx, item) + addressOf(item)

export const deskAddress = (item: { publicId: string }): string => `/publications/${item.publicId}`

/** The columns of the item's own site, and those of all others. */
export async function loadColumnChoice(ctx: DeskContext, siteId: string): Promise<ColumnChoice> {
  const sites = await listSites(ctx.db)
  const others = sites.filter(site => site.id !== siteId)
  return {
    own: await listColumns(ctx.db, siteId),
    others: await Promise.all(
      others.map(async site => ({ site: site.shortName, columns: await listColumns(ctx.db, site.id) })),
    ),
  }
}
