import { load } from 'cheerio'
import { refuseDeepHtml } from './nesting.ts'
import { NotAFeed, type RawEntry } from './raw-entry.ts'

const date =
  /(?<!\d)(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?/

/** Lines of a page that lists links with dates. @throws NotAFeed */
export function readListPage(
  html: string,
  address: string,
  selector: string,
): { title: string; entries: RawEntry[] } {
  refuseDeepHtml(html)
  const $ = load(html)
  const base = $('base[href]').attr('href') ?? ''
  const within = URL.canParse(base, address) ? new URL(base, address).href : address
  const lines = (() => {
    try {
      return $(selector).toArray()
    } catch {
      throw new NotAFeed(`选择器“${selector}”写法不对。请写成 .list li 的样子。`)
    }
  })()
  if (lines.length === 0) throw new NotAFeed(`网页里找不到“${selector}”。也许对方改了版面，请核对选择器。`)
  const entries = lines.flatMap((line): RawEntry[] => {
    const item = $(line)
    const link = item.is('a[href]') ? item : item.find('a[href]').first()
    const href = link.attr('href')
    if (!href) return []
    const text = item.text().replace(/\s+/g, ' ')
    const title = link.attr('title')?.trim() || link.text().replace(/\s+/g, ' ').replace(date, '').trim()
    return [{ id: '', link: href, base: within, title, summary: '', published: date.exec(text)?.[0] ?? '' }]
  })
  if (entries.length === 0) throw new NotAFeed(`“${selector}”里没有链接。请选到每一行，例如 .list li。`)
  return { title: $('title').first().text().trim(), entries }
}
