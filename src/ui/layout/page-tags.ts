import { withView } from '../view.tsx'
import type { LayoutPage, PublicFrame } from './frame.ts'

/**
 * The page tags of the 指引 annex (S-META-01) and the plain ones beside them (S-META-05): each name once, in the
 * printed spelling, none of them empty (S-META-03).
 */
export function pageTags(frame: PublicFrame, page: LayoutPage): [name: string, content: string][] {
  const { site } = frame
  const { column, content } = page
  const tags: Record<string, string | undefined> = {
    SiteName: site.name,
    SiteDomain: hostOf(site.domain),
    SiteIDCode: site.siteCode,
    ...(column && {
      ColumnName: column.name,
      ColumnDescription: column.description.trim() || column.name,
      ColumnKeywords: column.keywords.trim() || column.name,
      ColumnType: column.type.trim() || column.name,
    }),
    ...(content && {
      ArticleTitle: content.title,
      PubDate: content.pubDate,
      ContentSource: content.source.trim() || site.name,
      Keywords: content.keywords,
      Author: content.author,
      Description: content.description,
      Image: content.image && absolute(site.origin, content.image),
      Url: canonicalUrl(frame, page),
    }),
    keywords: content?.keywords ?? column?.keywords,
    description: content?.description ?? column?.description,
    robots: page.noIndex || (page.status ?? 200) >= 400 ? 'noindex' : undefined,
  }
  return Object.entries(tags)
    .map(([name, text]): [string, string] => [name, (text ?? '').replace(/\s+/g, ' ').trim()])
    .filter(([, text]) => text !== '')
}

/** The one address of the page: without the way it is shown. */
export function canonicalUrl(frame: PublicFrame, page: LayoutPage): string {
  return absolute(frame.site.origin, page.canonical ?? withView(frame.address, null))
}

/** “页面 - 站名”; the home page carries the site's name alone. A form with errors says so first, as it is heard first. */
export function documentTitle(siteName: string, page: Pick<LayoutPage, 'title' | 'status'>): string {
  const title = page.title === '' || page.title === siteName ? siteName : `${page.title} - ${siteName}`
  return page.status === 422 ? `填写有误：${title}` : title
}

/** Data for search engines inside a script element: `<` would end it early. */
export const jsonForScript = (data: object) =>
  JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const absolute = (origin: string, address: string) =>
  /^https?:\/\//.test(address) ? address : `${origin}${address}`

/** Real sites print `http://…` here, which is wrong. */
const hostOf = (domain: string) => domain.replace(/^https?:\/\//, '').replace(/[/:].*$/, '')
