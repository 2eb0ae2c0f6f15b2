import { element, type Xml, xmlDocument } from '#lib/xml'

/** One entry of a feed. `id` stays for good, whatever becomes of its address. */
export interface AtomEntry {
  id: string
  title: string
  /** Null where nothing is to be read any more: then the summary is all there is. */
  link: string | null
  published: Date
  updated: Date
  summary: string
  author: { name: string; uri: string }
  categories: readonly { scheme: string; term: string; label: string }[]
}

export interface AtomFeed {
  title: string
  subtitle: string
  /** Absolute addresses: of the feed, of the page that shows the same, of the older part. */
  self: string
  page: string
  next?: string | undefined
  author: string
  entries: readonly AtomEntry[]
}

/** Atom 1.0 (RFC 4287); older parts by RFC 5005. All texts are plain text, so a title may hold any sign. */
export function atomOf(feed: AtomFeed): string {
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'zh-CN' },
      element('id', {}, feed.self),
      element('title', { type: 'text' }, feed.title),
      element('subtitle', { type: 'text' }, feed.subtitle),
      element('updated', {}, updatedAt(feed).toISOString()),
      element('generator', {}, '明堂'),
      element('author', {}, element('name', {}, feed.author)),
      link('self', feed.self, 'application/atom+xml'),
      link('alternate', feed.page, 'text/html'),
      feed.next === undefined ? null : link('next', feed.next, 'application/atom+xml'),
      ...feed.entries.map(entryOf),
    ),
  )
}

/** When something last changed in it; an empty feed never did. */
export const updatedAt = (feed: Pick<AtomFeed, 'entries'>): Date =>
  new Date(Math.max(0, ...feed.entries.map(entry => entry.updated.getTime())))

const link = (rel: string, href: string, type: string) => element('link', { rel, type, href })

function entryOf(entry: AtomEntry): Xml {
  return element(
    'entry',
    {},
    element('id', {}, entry.id),
    element('title', { type: 'text' }, entry.title),
    element('updated', {}, entry.updated.toISOString()),
    element('published', {}, entry.published.toISOString()),
    element('author', {}, element('name', {}, entry.author.name), element('uri', {}, entry.author.uri)),
    ...entry.categories.map(category => element('category', category)),
    ...(entry.link === null
      ? [element('content', { type: 'text' }, entry.summary)]
      : [
          link('alternate', entry.link, 'text/html'),
          entry.summary === '' ? null : element('summary', { type: 'text' }, entry.summary),
        ]),
  )
}
