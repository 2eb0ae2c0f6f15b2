import { notFound } from '#lib/errors'
import { findOrganByKey } from '#modules/organisations'
import {
  allKinds,
  choiceAddress,
  columnTag,
  filterOf,
  findColumn,
  findPublic,
  type ListFilter,
  readChoice,
} from '#modules/publications'
import { addressOfTopic, findTopic, topicItems } from '#modules/topics'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { isAnswer } from '../how-read.ts'
import { entriesAFeed, type FeedHead, feedOf } from './feed-of.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/feeds/newest.atom',
    rule: showsPublications(() => ['/feeds/newest.atom']),
    handle: ctx => sendNewest(ctx, newestHead(ctx), {}),
  },
  {
    method: 'GET',
    path: '/feeds/kinds/:file',
    rule: showsPublications(item => [`/feeds/kinds/${item.segment}.atom`]),
    handle: sendFamily,
  },
  {
    method: 'GET',
    path: '/feeds/columns/*',
    rule: showsPublications(item => [
      `/feeds/columns/${item.columnPath}.atom`,
      `/feeds/columns/${item.columnPath.split('/')[0]}.atom`,
    ]),
    handle: sendColumn,
  },
  {
    method: 'GET',
    path: '/feeds/organs/:file',
    rule: showsPublications(item => [`/feeds/organs/${item.organKey}.atom`]),
    handle: sendOrgan,
  },
  {
    method: 'GET',
    path: '/feeds/topics/:file',
    // No topic gathers the item that is looked for; what its feed brings is tested beside it
    rule: showsPublications(() => []),
    handle: sendTopic,
  },
  {
    method: 'GET',
    path: '/search.atom',
    rule: showsPublications(item => [
      `/search.atom?q=${encodeURIComponent(item.title)}`,
      `/search.atom?organ=${item.organKey}`,
    ]),
    handle: sendSearch,
  },
]

/** What a feed file in an address is called; null when it is none. */
const nameIn = (file: string | undefined): string => /^([a-z0-9/-]+)\.atom$/.exec(file ?? '')?.[1] ?? ''

const noSuchFeed = () =>
  notFound('open-data.no-such-feed', '没有这个订阅地址。全部订阅地址列在“订阅与接口”页。')

/** Archive items are not news, however late they arrive (S-CHK-01). */
async function sendNewest(
  ctx: PublicContext,
  head: FeedHead,
  filter: Partial<ListFilter>,
  dependsOn: readonly string[] = [],
): Promise<Reply> {
  const asked = { ...filter, siteId: ctx.site.id, withoutArchive: true, order: 'newest' as const }
  const page = { page: 1, pageSize: entriesAFeed }
  const found = await findPublic(ctx.db, ctx.clock.now(), asked, page)
  // Who subscribes to a word wants what holds it: what comes near would be taken for an answer
  return feedOf(ctx, head, isAnswer(found.understood) ? found.rows : [], dependsOn)
}

const newestHead = ({ site }: PublicContext): FeedHead => ({
  title: '最新公开',
  subtitle: `${site.name}网站最新公开的信息`,
  path: '/feeds/newest.atom',
  page: '/',
})

async function sendFamily(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const segment = nameIn(incoming.params.file)
  const family = allKinds().filter(kind => kind.segment === segment)
  if (family.length === 0) throw noSuchFeed()
  const kinds = family.map(kind => kind.name)
  const title = family.map(kind => kind.label).join('、')
  const page = `/search?kind=${kinds[0]}`
  const head = { title, subtitle: `最新公开的${title}`, path: `/feeds/kinds/${segment}.atom`, page }
  return sendNewest(ctx, head, { kinds })
}

async function sendColumn(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const column = await findColumn(ctx.db, ctx.site.id, nameIn(incoming.params['*']))
  if (!column) throw noSuchFeed()
  const head = {
    title: column.name,
    subtitle: column.description,
    path: `/feeds/columns/${column.path}.atom`,
    page: `/columns/${column.path}`,
  }
  return sendNewest(ctx, head, { columnPath: column.path }, [columnTag(column.id)])
}

async function sendOrgan(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const organ = await findOrganByKey(ctx.db, nameIn(incoming.params.file))
  if (!organ) throw noSuchFeed()
  const head = {
    title: organ.shortName,
    subtitle: `${organ.name}最新公开的信息`,
    path: `/feeds/organs/${organ.key}.atom`,
    page: `/organs/${organ.key}`,
  }
  return sendNewest(ctx, head, { organId: organ.id })
}

async function sendTopic(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const topic = await findTopic(db, { siteId: site.id, key: nameIn(incoming.params.file) })
  if (!topic || topic.state === 'draft') throw noSuchFeed()
  const path = addressOfTopic(topic)
  const head = {
    title: `专题：${topic.name}`,
    subtitle: topic.summary,
    path: `/feeds${path}.atom`,
    page: path,
  }
  const items = await topicItems(db, ctx.clock.now(), topic.id)
  return feedOf(
    ctx,
    head,
    items.filter(item => !item.archive),
  )
}

/** A saved search: the address of the search page with `.atom`. What is new comes first, not what fits best. */
async function sendSearch(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const choice = { ...readChoice(incoming.query), page: 1, sort: undefined }
  const kind = allKinds().some(one => one.name === choice.kind) ? choice.kind : undefined
  const asked = { ...choice, kind }
  const head = {
    title: asked.q ? `搜索：${asked.q}` : '搜索',
    subtitle: '符合搜索条件的最新公开的信息',
    path: choiceAddress('/search.atom', asked),
    page: choiceAddress('/search', asked),
  }
  return sendNewest(ctx, head, filterOf(ctx.site.id, asked))
}
