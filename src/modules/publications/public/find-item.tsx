import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import type { PublicContext } from '#platform/context'
import { movedTo, page, type Redirect, type Reply } from '#platform/http/reply'
import { findOwnAddress, findPublicView } from '../public-queries.ts'
import type { Departed, PublicView } from '../public-view.ts'
import { DepartedNotice } from './departed-notice.tsx'

export const unknownItem = () =>
  notFound('publications.unknown', '没有找到这个页面。地址也许输错了，也许它从未公开过。')

/**
 * The public item of an address, or the answer that stands in its place: it has moved, or it has left.
 * @throws notFound when nobody may know of it.
 */
export async function findItem(
  ctx: PublicContext,
  where: { publicId: string; segment: string; number?: number | undefined },
): Promise<{ view: PublicView; instead: null } | { view: null; instead: Reply }> {
  if (!publicIdPattern.test(where.publicId)) throw unknownItem()
  const now = ctx.clock.now()
  const found = await findPublicView(ctx.db, now, { siteId: ctx.site.id, ...where })
  if (!found) return { view: null, instead: await elsewhere(ctx, now, where) }
  return 'how' in found ? { view: null, instead: departed(ctx, found) } : { view: found, instead: null }
}

/** Another site that does not show the item (any more) sends its readers to the one it belongs to. */
async function elsewhere(
  ctx: PublicContext,
  now: Date,
  where: { publicId: string; segment: string; number?: number | undefined },
): Promise<Redirect> {
  const address = where.number === undefined ? await findOwnAddress(ctx.db, now, where) : null
  if (address === null) throw unknownItem()
  return movedTo(address)
}

function departed(ctx: PublicContext, item: Departed): Reply {
  const { base } = ctx.site
  if (item.how === 'redirected' && item.to) return movedTo(base + item.to)
  return page({
    status: 410,
    title: '这个页面已经停止公开',
    crumbs: [{ label: '首页', href: `${base}/` }, { label: '已停止公开' }],
    noIndex: true,
    body: <DepartedNotice item={item} base={base} />,
  })
}
