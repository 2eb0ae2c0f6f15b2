import { load } from 'cheerio'

/** The tags of S-META-01, by what a page is. */
export const siteTags = ['SiteName', 'SiteDomain', 'SiteIDCode']
export const columnTags = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType']
export const contentTags = ['ArticleTitle', 'PubDate', 'ContentSource']

/** Name → content of every meta tag of a page. @throws on a name that stands twice or a tag that is empty (S-META-03). */
export async function pageTagsAt(url: string): Promise<Record<string, string>> {
  const page = load(await (await fetch(url)).text())
  const tags: Record<string, string> = {}
  for (const tag of page('meta[name]').toArray()) {
    const { name = '', content = '' } = tag.attribs
    if (name in tags) throw new Error(`${url}: ${name} stands twice`)
    if (/^(|null|undefined)$/.test(content.trim())) throw new Error(`${url}: ${name} is empty`)
    tags[name] = content
  }
  return tags
}
