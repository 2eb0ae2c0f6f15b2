import { listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'

/** Where the pages of a site begin for readers: the default one at the root, the others below `/s/`. */
export async function publicBase(ctx: DeskContext, siteId: string): Promise<string> {
  const site = (await listSites(ctx.db)).find(one => one.id === siteId)
  return ctx.publicOrigin + (!site || site.isDefault ? '' : `/s/${site.key}`)
}
