import { invalid } from '#lib/errors'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { LeavingNotice, leavingWords } from '#ui/components/leaving-notice'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/leaving', rule: showsNoPublications, handle: askBeforeLeaving },
]

/** Asks in the words of S-ID-04; sends nobody anywhere by itself. */
async function askBeforeLeaving({ site }: PublicContext, incoming: Incoming): Promise<Reply> {
  const to = outsideAddress([incoming.query.to].flat()[0])
  if (!to)
    throw invalid(
      'site.no-outside-address',
      '这个站外链接不完整或者不是网页地址，没有打开。请返回原来的页面再试。',
    )
  return page({
    title: leavingWords(site.name),
    noIndex: true,
    crumbs: [{ label: '首页', href: `${site.base}/` }, { label: '离开本站' }],
    body: <LeavingNotice siteName={site.name} to={to.href} back={`${site.base}/`} />,
  })
}

/** Only web pages, and none that hides its host behind a name and password (`https://www.gov.cn@elsewhere`). */
function outsideAddress(text: string | undefined): URL | null {
  if (!text || text.length > 2000 || !URL.canParse(text)) return null
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && url.username === '' && url.password === '' ? url : null
}
