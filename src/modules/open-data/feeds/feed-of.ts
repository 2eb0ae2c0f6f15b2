import { kindOf, type Listed, listsTag, nextBoundary, openedAt } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { type AtomEntry, type AtomFeed, atomOf, updatedAt } from './atom.ts'

/** As many as a reader that asks once a day will not miss one. */
export const entriesAFeed = 50

/** What a feed says of itself; paths are those of the site. */
export interface FeedHead {
  title: string
  subtitle: string
  path: string
  page: string
  next?: string | undefined
}

/** A list of publications as a feed. */
export async function feedOf(
  ctx: PublicContext,
  head: FeedHead,
  items: readonly Listed[],
  dependsOn: readonly string[] = [],
): Promise<Content> {
  const opened = await openedAt(
    ctx.db,
    ctx.clock.now(),
    items.map(item => item.id),
  )
  const entries = items.map(item => entryOf(ctx, item, opened.get(item.id) ?? item.firstPublicAt))
  return sendFeed(ctx, head, entries, dependsOn)
}

/** Sends entries as a feed; it leaves the cache with the lists of the site. */
export async function sendFeed(
  ctx: PublicContext,
  head: FeedHead,
  entries: readonly AtomEntry[],
  dependsOn: readonly string[] = [],
): Promise<Content> {
  const { site } = ctx
  const root = site.origin + site.base
  const feed: AtomFeed = {
    title: `${head.title} - ${site.name}`,
    subtitle: head.subtitle,
    self: root + head.path,
    page: root + head.page,
    next: head.next && root + head.next,
    author: site.name,
    entries,
  }
  const boundary = await nextBoundary(ctx.db, ctx.clock.now())
  return {
    kind: 'content',
    status: 200,
    type: 'application/atom+xml; charset=utf-8',
    body: atomOf(feed),
    headers: { 'Last-Modified': updatedAt(feed).toUTCString(), 'Access-Control-Allow-Origin': '*' },
    dependsOn: [listsTag(site.id), ...dependsOn],
    freshUntil: boundary ?? undefined,
  }
}

function entryOf({ site }: PublicContext, item: Listed, updated: Date): AtomEntry {
  const root = site.origin + site.base
  const kind = kindOf(item.kind)
  const issued = [item.docNo, item.issuers.join('、')].filter(Boolean).join('，')
  return {
    id: tagOf(site.domain, `publication/${item.publicId}`),
    title: item.title,
    link: root + item.address,
    published: item.firstPublicAt,
    updated,
    summary: [issued, item.summary].filter(Boolean).join('。'),
    author: { name: item.organName, uri: `${root}/organs/${item.organKey}` },
    categories: [
      { scheme: `${root}/api/v1/publications?kind=`, term: kind.name, label: kind.label },
      ...(item.theme
        ? [{ scheme: `${root}/api/v1/publications?theme=`, term: item.theme, label: item.theme }]
        : []),
    ],
  }
}

/** A name for good (RFC 4151): the domain, and the year in which it was ours. */
export const tagOf = (domain: string, name: string): string => `tag:${domain},2026:${name}`
