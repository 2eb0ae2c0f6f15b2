import { extname, posix } from 'node:path'
import type { FoundFile } from './find-files.ts'
import { isNowhere, type Mirror } from './mirror.ts'
import type { FilingDoubt, Recognised } from './recognised.ts'

/** A file that belongs to a document: `href` as it stands in the body. */
export interface Part {
  href: string
  /** What the page calls it: alternative text of a picture, text of the link to an attachment. */
  text: string
  file: FoundFile
  /** Where it lay on the old site. */
  address: string | null
}

/** What a saved page shows and hands out, as far as it lies beside it. */
export interface PageParts {
  pictures: Part[]
  /** In the order of the page. */
  attachments: Part[]
  /** Links to other pages, and where they lead from now on. */
  ways: Map<string, string>
  /** Links that lead nowhere. */
  dead: Set<string>
  doubts: FilingDoubt[]
}

type Source = Pick<Recognised, 'bodyHtml' | 'attachments'>

const ATTACHABLE = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|csv|txt|rtf|ceb)$/i

export function partsOf(
  found: Source,
  page: { file: FoundFile; address: string },
  mirror: Mirror,
): PageParts {
  const parts: PageParts = { pictures: [], attachments: [], ways: new Map(), dead: new Set(), doubts: [] }
  const missing: string[] = []
  const of = (list: Part[], href: string, text: string, file: FoundFile) => {
    if (!list.some(part => part.href === href))
      list.push({ href, text, file, address: mirror.addressOf(file) })
  }
  for (const { tag, href, text } of addressesIn(found.bodyHtml)) {
    const file = mirror.target(page, href)
    if (tag === 'img') {
      if (file) of(parts.pictures, href, text, file)
      else if (isOwn(href, page.address)) missing.push(`图片“${nameOf(href)}”`)
    } else if (file?.kind === 'page') {
      const way = wayTo(href)
      if (!isNowhere(href) && way) parts.ways.set(href, way)
      else if (isNowhere(href)) parts.dead.add(href)
    } else if (file) of(parts.attachments, href, text, file)
    else if (isNowhere(href)) {
      parts.dead.add(href)
      if (ATTACHABLE.test(pathOf(href))) missing.push(`附件“${text || nameOf(href)}”`)
    } else if (isOwn(href, page.address) && ATTACHABLE.test(pathOf(href)))
      missing.push(`附件“${text || nameOf(href)}”`)
  }
  for (const { href, name } of found.attachments) {
    if (href === null) continue
    const file = mirror.target(page, href)
    if (file && file.kind !== 'page') of(parts.attachments, href, name, file)
    else if (!file && isOwn(href, page.address) && !missing.some(one => one.includes(name)))
      missing.push(`附件“${name}”`)
  }
  parts.doubts.push(
    ...missing.slice(0, most).map(
      (what): FilingDoubt => ({
        field: what.startsWith('图片') ? 'body' : 'attachments',
        why: `${what}不在导入的文件夹里，没有导入。请从原网站或备份里找到它，在工作台补上。`,
      }),
    ),
  )
  return parts
}

const most = 20

/** Pictures and links of a cleaned body, in their order. */
function* addressesIn(html: string): Generator<{ tag: 'img' | 'a'; href: string; text: string }> {
  for (const [whole, tag = ''] of html.matchAll(/<(img|a)\b[^>]*>/gi)) {
    const href = /\s(?:src|href)="([^"]*)"/i.exec(whole)?.[1]
    if (href === undefined || href.startsWith('#')) continue
    const after = tag === 'a' ? html.slice(html.indexOf(whole) + whole.length) : ''
    const text =
      tag === 'a'
        ? after.slice(0, Math.max(0, after.indexOf('</a>'))).replace(/<[^>]*>/g, '')
        : (/\salt="([^"]*)"/i.exec(whole)?.[1] ?? '')
    yield { tag: tag.toLowerCase() as 'img' | 'a', href: unescaped(href), text: unescaped(text).trim() }
  }
}

/** The body with the addresses that its parts have from now on; links that lead nowhere become their text. */
export function withNewAddresses(
  html: string,
  ways: ReadonlyMap<string, string>,
  dead: ReadonlySet<string>,
): string {
  if (ways.size === 0 && dead.size === 0) return html
  const moved = html.replace(
    /(<(?:img|a)\b[^>]*?\s(?:src|href)=")([^"]*)(")/gi,
    (whole, before: string, href: string, after: string) => {
      const way = ways.get(unescaped(href))
      return way === undefined ? whole : before + way.replace(/&/g, '&amp;').replace(/"/g, '&quot;') + after
    },
  )
  if (dead.size === 0) return moved
  return moved.replace(
    /<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)<\/a>/gis,
    (whole, href: string, inner: string) => (dead.has(unescaped(href)) ? inner : whole),
  )
}

const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

const isOwn = (href: string, address: string) =>
  URL.canParse(href, address) && new URL(href, address).host === new URL(address).host

/** Another page of the old site keeps its path: it answers with 301. */
function wayTo(href: string): string | null {
  if (!URL.canParse(href)) return null
  const { pathname, search } = new URL(href)
  return pathname + search
}

const pathOf = (href: string) => (URL.canParse(href) ? new URL(href).pathname : href)

function nameOf(href: string): string {
  const name = posix.basename(pathOf(href))
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** What readers see on the page, and the name under which the file is saved: by the words of the page where they say more. */
export function namesOf({ text, file }: Pick<Part, 'text' | 'file'>): { title: string; name: string } {
  const own = nameOf(encodeURI(posix.basename(file.under)).replaceAll('%25', '%')).replace(/(?:@|\?).*$/, '')
  const extension = extname(own)
  const words = text.replace(/^附\s*件\s*[\d一二三四五六七八九十]*\s*[：:.．、]?\s*/, '').trim() || text
  const title = words.toLowerCase().endsWith(extension.toLowerCase())
    ? words.slice(0, words.length - extension.length || undefined)
    : words
  return title.length >= 2 ? { title, name: `${title.slice(0, 100)}${extension}` } : { title: own, name: own }
}
