import { dateInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { listOrgans, listOrgansBelow } from '#modules/organisations'
import { listAddresses, listColumnsInUse, listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Content, Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { columnAddress } from '../platform.ts'
import { openDoors } from './open-doors.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/sitemap.xml',
    rule: showsPublications(() => ['/sitemap.xml', '/sitemap.xml?page=1']),
    handle: sendSitemap,
  },
]

const addressesAPage = 5000

/** Every public address for machines (sitemaps.org); past one page an index of pages. */
async function sendSitemap(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const asked = queryText(incoming, 'page')
  const paging = { page: pageNumber(asked), pageSize: addressesAPage }
  const [found, boundary] = await Promise.all([
    listAddresses(db, now, site.id, paging),
    nextBoundary(db, now),
  ])
  const pages = Math.max(1, Math.ceil(found.total / addressesAPage))
  const root = site.origin + site.base
  const whole = { dependsOn: [listsTag(site.id)], freshUntil: boundary ?? undefined }
  if (asked === undefined && pages > 1) {
    const parts = Array.from({ length: pages }, (_, index) =>
      entry('sitemap', `${root}/sitemap.xml?page=${index + 1}`),
    )
    return xml(`<sitemapindex xmlns="${namespace}">${parts.join('')}</sitemapindex>`, whole)
  }
  const lists = paging.page === 1 ? await listPages(ctx, now) : []
  const entries = [
    ...lists.map(address => entry('url', root + address)),
    ...found.rows.map(row => entry('url', root + row.address, dateInBeijing(row.changedAt))),
  ]
  return xml(`<urlset xmlns="${namespace}">${entries.join('')}</urlset>`, whole)
}

/** Pages that list: those that have something, columns in use, organs. */
async function listPages(ctx: PublicContext, now: Date): Promise<string[]> {
  const { db, site } = ctx
  const [doors, columns, organs, below] = await Promise.all([
    openDoors(ctx, now),
    listColumnsInUse(db, now, site.id),
    listOrgans(db),
    listOrgansBelow(db, site.organId),
  ])
  const pages = [
    '/',
    ...doors.map(door => door.href),
    ...columns.map(column => columnAddress(column.path)),
    ...organs.filter(organ => below.includes(organ.id)).map(organ => `/organs/${organ.key}`),
    '/site-map',
    '/reading',
  ]
  return [...new Set(pages)]
}

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

const entry = (name: 'url' | 'sitemap', address: string, changedOn?: string) =>
  `<${name}><loc>${escaped(address)}</loc>${changedOn ? `<lastmod>${changedOn}</lastmod>` : ''}</${name}>`

const escaped = (text: string) => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

const xml = (body: string, whole: Pick<Content, 'dependsOn' | 'freshUntil'>): Content => ({
  kind: 'content',
  status: 200,
  type: 'application/xml; charset=utf-8',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  ...whole,
})
