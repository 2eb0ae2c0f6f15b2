import { notFound, Refused } from '#lib/errors'
import type { FormErrors } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Reply } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'

/** The site of the address, or the one that stands first. */
export async function chosenSite(
  ctx: Pick<DeskContext, 'db'>,
  incoming: Incoming,
): Promise<{ site: SiteRow; sites: SiteRow[] }> {
  const sites = await listSites(ctx.db)
  const key = queryText(incoming, 'site')
  const site = sites.find(one => one.key === key) ?? sites.find(one => one.isDefault) ?? sites[0]
  if (!site) throw notFound('normative.no-site', '还没有站点。请先由系统管理员新建。')
  return { site, sites }
}

/** Where a site begins for readers. */
export const publicBase = (ctx: DeskContext, site: SiteRow): string =>
  ctx.publicOrigin + (site.isDefault ? '' : `/s/${site.key}`)

export interface Fault {
  errors: FormErrors
  status: number
  /** Which form of the page it is about. */
  form: string
}
export const noFault: Fault = { errors: {}, status: 200, form: '' }

/** A refusal as an error of the form that was left, so that nothing typed is lost. */
export function asFault(error: unknown, form: string): Fault {
  if (!(error instanceof Refused)) throw error
  return { errors: { '': error.message }, status: error.status === 400 ? 422 : error.status, form }
}

export const workbookReply = (bytes: Uint8Array, name: string): Reply => ({
  kind: 'content',
  status: 200,
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  body: bytes,
  headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
})
