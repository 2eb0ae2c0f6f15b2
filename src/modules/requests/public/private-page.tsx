import { notAllowed } from '#lib/errors'
import type { PublicContext } from '#platform/context'
import { type Page, page } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'

/** A page that only one person is to see: not kept by the browser or on the way, and its address is told to nobody. */
export function privatePage(
  ctx: PublicContext,
  parts: Pick<Page, 'title' | 'body'> & { status?: number | undefined; crumb: string },
): Page {
  const { crumb, status = 200, ...rest } = parts
  return page({
    ...rest,
    status,
    door: 'disclosure',
    noIndex: true,
    scripts: ['forms'],
    crumbs: [
      { label: '首页', href: `${ctx.site.base}/` },
      { label: '依申请公开', href: `${ctx.site.base}/requests` },
      { label: crumb },
    ],
    headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  })
}

/** A form that another site made the browser send is not the applicant's own word. */
export function mustComeFromHere(incoming: Incoming): void {
  if (incoming.headers['sec-fetch-site'] === 'cross-site')
    throw notAllowed('requests.from-elsewhere', '这张表不是从本站的页面提交的，没有收下。')
}
