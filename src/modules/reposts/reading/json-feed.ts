import { z } from 'zod'
import { NotAFeed, type RawEntry } from './raw-entry.ts'

const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string())
  .nullish()
  .catch(null)

/** JSON Feed 1.x. */
const jsonFeed = z.object({
  version: z.string().startsWith('https://jsonfeed.org/version/'),
  title: text,
  items: z.array(
    z.object({
      id: text,
      url: text,
      external_url: text,
      title: text,
      summary: text,
      content_text: text,
      date_published: text,
      date_modified: text,
    }),
  ),
})

/** A list of the interface of another Mingtang, `/api/v1/publications` or `/api/v1/search`. */
const ownList = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      url: z.string(),
      title: z.string(),
      docNo: text,
      summary: text,
      publishedAt: text,
      archive: z.boolean(),
    }),
  ),
})

/** @throws NotAFeed */
export function readJsonFeed(body: string, address: string): { title: string; entries: RawEntry[] } {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new NotAFeed('JSON 内容不完整，读不出来。请稍后再试；一直这样的，请向对方核实。')
  }
  const feed = jsonFeed.safeParse(value)
  if (feed.success)
    return {
      title: feed.data.title ?? '',
      entries: feed.data.items.map(item => ({
        id: item.id ?? '',
        link: item.url ?? item.external_url ?? '',
        base: address,
        title: item.title ?? '',
        summary: item.summary ?? item.content_text ?? '',
        published: item.date_published ?? item.date_modified ?? '',
      })),
    }
  const own = ownList.safeParse(value)
  if (own.success)
    return {
      title: '明堂站点',
      entries: own.data.items
        // What came from paper or an older site is not news
        .filter(item => !item.archive)
        .map(item => ({
          id: item.url,
          link: item.url,
          base: address,
          title: item.docNo ? `${item.title}（${item.docNo}）` : item.title,
          summary: item.summary ?? '',
          published: item.publishedAt ?? '',
        })),
    }
  throw new NotAFeed(
    '这是 JSON 数据，但不是 JSON Feed，也不是明堂站点的发布物列表（/api/v1/publications）。请核对网址。',
  )
}
