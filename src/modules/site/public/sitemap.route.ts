import { dateInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { element, type Xml, xmlDocument } from '#lib/xml'
import { listOrgans, listOrgansBelow } from '#modules/organisations'
import {
  hasMorePublicThan,
  listAddresses,
  listColumnsInUse,
  listsTag,
  nextBoundary,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { columnAddress } from '../platform.ts'
import { openDoors } from './open-doors.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/sitemap.xml',
    rule: showsPublications(item => [
      '/sitemap.xml',
      '/sitemap.xml?part=pages',
      `/sitemap.xml?part=${item.id[0]}`,
      `/sitemap.xml?part=${item.id.slice(0, 2)}`,
    ]),
    handle: sendSitemap,
  },
]

/** Signs of which short ids are made. */
const signs = [...'23456789abcdefghjkmnpqrstuvwxyz']
const partPattern = /^[2-9a-hjkmnp-z]{1,2}$/

/** Above this many items the map is cut into 31 parts, above 31 times as many into 961. */
const itemsAPart = 5000

/**
 * Every public address for machines (sitemaps.org). A large site is cut by the beginnings of the short ids: each part is a
 * stretch of an index, however many lie before it, and an address never moves from one part to another.
 */
async function sendSitemap(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const part = queryText(incoming, 'part')
  if (part !== undefined && part !== 'pages' && !partPattern.test(part))
    throw notFound('site.no-such-part', '网站地图没有这一部分。')
  const isWhole = part === undefined && !(await hasMorePublicThan(db, now, site.id, itemsAPart))
  const boundary = await nextBoundary(db, now)
  const body =
    part !== undefined || isWhole
      ? element('urlset', { xmlns: namespace }, ...(await addresses(ctx, now, part)))
      : element('sitemapindex', { xmlns: namespace }, ...(await parts(ctx, now)))
  return {
    kind: 'content',
    status: 200,
    type: 'application/xml; charset=utf-8',
    body: xmlDocument(body),
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
  }
}

async function parts({ db, site }: PublicContext, now: Date): Promise<Xml[]> {
  const isLarge = await hasMorePublicThan(db, now, site.id, itemsAPart * signs.length)
  const beginnings = isLarge ? signs.flatMap(first => signs.map(second => first + second)) : signs
  return ['pages', ...beginnings].map(part =>
    element('sitemap', {}, element('loc', {}, `${site.origin}${site.base}/sitemap.xml?part=${part}`)),
  )
}

async function addresses(ctx: PublicContext, now: Date, part: string | undefined): Promise<Xml[]> {
  const { db, site } = ctx
  const [lists, items] = await Promise.all([
    part === undefined || part === 'pages' ? listPages(ctx, now) : [],
    part === 'pages' ? [] : listAddresses(db, now, site.id, part ?? ''),
  ])
  return [...lists.map(address => ({ address, changedAt: null })), ...items].map(({ address, changedAt }) =>
    element(
      'url',
      {},
      element('loc', {}, site.origin + site.base + address),
      changedAt && element('lastmod', {}, dateInBeijing(changedAt)),
    ),
  )
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
    '/history',
    '/feeds',
    '/api',
    '/reading',
  ]
  return [...new Set(pages)]
}

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'
