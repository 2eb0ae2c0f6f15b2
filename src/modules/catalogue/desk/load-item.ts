import { z } from 'zod'
import { notFound, permit, Refused } from '#lib/errors'
import { type FormErrors, textOf } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Incoming } from '#platform/http/route'
import type { Seen } from '../actions/write-item.ts'
import { mayEditCatalogue } from '../policy.ts'
import { type CatalogueItem, findItem } from '../queries.ts'

export interface Loaded {
  item: CatalogueItem
  site: SiteRow
  mayEdit: boolean
}

/** The item of the address. Everybody on the desk who reads the catalogue reads the whole of it: it is public. */
export async function loadItem(ctx: DeskContext, incoming: Incoming): Promise<Loaded> {
  const { id } = incoming.params
  const item = z.uuid().safeParse(id).success ? await findItem(ctx.db, { id: id ?? '' }) : null
  const site = item && (await listSites(ctx.db)).find(one => one.id === item.siteId)
  if (!item || !site) throw notFound('catalogue.unknown-item', '没有这个事项。请从目录列表重新选择。')
  return { item, site, mayEdit: mayEditCatalogue(ctx.actor, site.organId) }
}

/** The site whose catalogue is shown: the one asked for, or the first that the officer looks after. */
export async function chosenSite(
  ctx: DeskContext,
  incoming: Incoming,
): Promise<{ site: SiteRow; sites: SiteRow[] }> {
  const sites = await listSites(ctx.db)
  const asked = queryText(incoming, 'site') ?? (textOf(incoming.form, 'siteId') || undefined)
  const site =
    sites.find(one => one.key === asked || one.id === asked) ??
    sites.find(one => mayEditCatalogue(ctx.actor, one.organId)) ??
    sites.find(one => one.isDefault) ??
    sites[0]
  if (!site) throw notFound('catalogue.no-site', '还没有站点。请先在“机构和站点”里建立。')
  return { site, sites }
}

/** As before, for pages that only change things. */
export async function siteToEdit(ctx: DeskContext, incoming: Incoming): Promise<SiteRow> {
  const { site } = await chosenSite(ctx, incoming)
  permit(mayEditCatalogue(ctx.actor, site.organId), 'catalogue.may-not-edit')
  return site
}

/** As which revision the form's page had shown the item. */
export const seenIn = (incoming: Incoming, item: CatalogueItem): Seen => ({
  itemId: item.id,
  revision: Number(textOf(incoming.form, 'revision')) || 0,
})

export const publicBase = (ctx: DeskContext, site: SiteRow): string =>
  ctx.publicOrigin + (site.isDefault ? '' : `/s/${site.key}`)

/** A refusal as errors of the form that was left, so that nothing typed is lost. */
export function asErrors(error: unknown, fieldOf: Record<string, string> = {}): FormErrors {
  if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
  return { [fieldOf[error.code] ?? '']: error.message }
}
