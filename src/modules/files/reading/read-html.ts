import { type CheerioAPI, load } from 'cheerio'
import { type Block, tidyLine } from './blocks.ts'
import { cleanBody } from './clean-body.ts'
import { blocksOfHtml } from './html-blocks.ts'
import {
  elementsBelow,
  type HtmlElement,
  type HtmlNode,
  isElement,
  matcherOf,
  textOf,
} from './html-element.ts'
import { mainContent, removeClutter } from './main-content.ts'
import { type LabelledValue, labelKind, labelledCells, labelledValues } from './metadata-table.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** `href` is absolute, or as written where the page does not say its own address. */
export type PageLink = { href: string; text: string }

export type ReadPage = {
  /** Official page tags (S-META) and all others, by their name as written. */
  metaTags: Record<string, string>
  /** The metadata block of the page, label without blanks → value (S-IDX-04). */
  metadataTable: Record<string, string>
  /** The metadata block again, then pairs from the line under the title (来源、发布时间 …), in printed order. */
  labelled: LabelledValue[]
  blocks: Block[]
  /** Links and pictures of the main content. Those of unknown address are left out of the blocks. */
  links: PageLink[]
  pictures: PageLink[]
  /** Links to documents anywhere on the page, many sites list the attachments below the main content. */
  fileLinks: PageLink[]
  sourceUrl: string | null
  /** The most exact first: the page tag, the heading of the page, the window title. */
  titleCandidates: string[]
}

/**
 * A saved page of a Chinese government site. Pure: follows no link, runs nothing. `base` is where the page stands,
 * for pages that do not say it themselves. Throws only UnreadableFile.
 */
export function readHtml(html: string, base: string | null = null): ReadPage {
  refuseDeepNesting(html)
  const $ = load(html)
  const all = elementsOf($)
  const metaTags = readMetaTags(all)
  const sourceUrl = addressOf(all, html, metaTags)
  const windowTitle = tidyLine(firstText(all, 'title'))
  const labelled = labelledAround(all)
  removeClutter($)
  const shown = elementsOf($)
  const titles = headingsOf(shown)
  const pairs = takeMetadata($, shown)
  const main = mainContent($)

  const content = load(`<body>${main ? cleanBody($(main).html() ?? '') : ''}</body>`)
  const links = settle(content, 'a', 'href', sourceUrl ?? base)
  const pictures = settle(content, 'img', 'src', sourceUrl ?? base)
  const root = content('body').get(0)
  const metadataTable: Record<string, string> = {}
  for (const { label, value } of pairs) if (value !== '') metadataTable[label] ??= value
  return {
    metaTags,
    metadataTable,
    labelled: [...pairs, ...labelled],
    blocks: root ? blocksOfHtml(content, root) : [],
    links,
    fileLinks: fileLinksOf(shown, sourceUrl ?? base),
    pictures,
    sourceUrl,
    titleCandidates: distinct([
      metaTags.ArticleTitle ?? '',
      ...titles,
      metaTags['og:title'] ?? '',
      windowTitle,
    ]),
  }
}

function elementsOf($: CheerioAPI): HtmlElement[] {
  const root = $.root().get(0)
  return root ? elementsBelow(root) : []
}

function firstText(elements: readonly HtmlElement[], tag: string): string {
  const found = elements.find(element => element.tagName === tag)
  return found ? textOf(found) : ''
}

/** No page of a person nests so deep; every step of reading would take the square of it. */
const NESTING_LIMIT = 300

function refuseDeepNesting(html: string): void {
  const open = new Map<string, number>()
  for (const [, closing, name = ''] of html.matchAll(NESTING_TAG)) {
    const tag = name.toLowerCase()
    const depth = Math.max(0, (open.get(tag) ?? 0) + (closing ? -1 : 1))
    if (depth > NESTING_LIMIT) {
      const why = `网页里的 <${tag}> 层层嵌套超过 ${NESTING_LIMIT} 层，没有读取。`
      throw new UnreadableFile('malformed', `${why}请在浏览器里打开它，把正文复制为纯文本（.txt）后再导入。`)
    }
    open.set(tag, depth)
  }
}

const NESTING_TAG =
  /<(\/?)(div|table|section|article|span|font|ul|ol|dl|blockquote|center|b|i|strong|em|u|a|form)\b/gi

function readMetaTags(elements: readonly HtmlElement[]): Record<string, string> {
  const tags: Record<string, string> = {}
  for (const { tagName, attribs } of elements) {
    const name = tagName === 'meta' ? (attribs.name ?? attribs.property) : undefined
    if (name === undefined || name === '') continue
    const content = tidyLine(attribs.content ?? '')
    // Real pages print empty and "null" tags (S-META-03): they say nothing.
    if (content !== '' && content !== 'null' && content !== 'undefined') tags[name] ??= content
  }
  return tags
}

function addressOf(
  elements: readonly HtmlElement[],
  html: string,
  tags: Record<string, string>,
): string | null {
  const canonical = elements.find(({ tagName, attribs }) => tagName === 'link' && attribs.rel === 'canonical')
  const base = elements.find(({ tagName, attribs }) => tagName === 'base' && attribs.href !== undefined)
  const candidates = [
    /<!--\s*saved from url=\(\d+\)(\S+?)\s*-->/i.exec(html.slice(0, 5000))?.[1],
    canonical?.attribs.href,
    tags.Url,
    tags['og:url'],
    base?.attribs.href,
  ]
  return (
    candidates.find(url => url !== undefined && /^https?:\/\/\S+$/.test(url) && URL.canParse(url)) ?? null
  )
}

const isTitle = matcherOf(
  'h1, .article-title, .article_title, .arti_title, #title, .title, .bt, .xxgk_title, .newstitle',
)

function headingsOf(elements: readonly HtmlElement[]): string[] {
  return elements
    .filter(isTitle)
    .map(element => tidyLine(textOf(element)))
    .filter(text => text.length >= 5 && text.length <= 200)
}

const isTable = matcherOf('table, ul, dl')
const isCell = matcherOf('td, th, li, dt, dd')

/** Finds the metadata block, reads it, and takes it out so that it does not become part of the text. */
function takeMetadata($: CheerioAPI, elements: readonly HtmlElement[]): LabelledValue[] {
  const pairs: LabelledValue[] = []
  for (const block of elements.filter(isTable)) {
    const inside = elementsBelow(block)
    if (inside.some(isTable)) continue
    const cells = inside.filter(isCell)
    if (cells.length > 60) continue
    const texts = cells.map(cell => tidyLine(textOf(cell)))
    if (isListOfDocuments(inside, texts)) continue
    // `<li><b>索引号：</b>123</li>` is one cell with label and value; `<td>索引号</td><td>123</td>` are two.
    const found = labelledCells(texts)
    const telling = found.filter(pair => pair.kind !== 'other' && pair.value !== '')
    if (telling.length < 2 || !found.some(pair => /索引号|文号|字号|机关|机构|成文|生成/.test(pair.label)))
      continue
    pairs.push(...found)
    $(block).remove()
  }
  return pairs
}

const isRow = matcherOf('tr')

/** 序号 | 文件名称 | 文号: a table whose head names columns speaks of other documents, not of this one. */
function isListOfDocuments(inside: readonly HtmlElement[], texts: readonly string[]): boolean {
  if (texts.some(text => /^序\s*号$/.test(text))) return true
  const rows = inside.filter(isRow)
  const [head] = rows
  if (!head || rows.length < 3) return false
  const kinds = elementsBelow(head)
    .filter(isCell)
    .map(cell => labelKind(tidyLine(textOf(cell))))
  return kinds.some((kind, index) => kind !== null && (kinds[index + 1] ?? null) !== null)
}

const isLine = matcherOf('p, div, span, li, td, h2, h3, h4')
const LINE_LENGTH = 200

function labelledAround(elements: readonly HtmlElement[]): LabelledValue[] {
  const found: LabelledValue[] = []
  const body = elements.findIndex(element => element.tagName === 'body')
  for (const element of body === -1 ? [] : elements.slice(body + 1)) {
    if (!isLine(element) || visibleLength(element, LINE_LENGTH) > LINE_LENGTH) continue
    const text = tidyLine(textOf(element))
    if (text.length > LINE_LENGTH || labelKind(text)) continue
    for (const pair of labelledValues(text)) {
      if (pair.value !== '' && !found.some(known => known.label === pair.label)) found.push(pair)
    }
  }
  return found
}

/** Letters of an element, counted no further than `enough`: a container of the whole page is soon put aside. */
function visibleLength(node: HtmlNode, enough: number): number {
  if (node.type === 'text') return node.data.replace(/\s+/g, '').length
  if (!isElement(node) || node.type === 'script' || node.type === 'style') return 0
  let length = 0
  for (const child of node.children) {
    length += visibleLength(child, enough)
    if (length > enough) break
  }
  return length
}

const DOCUMENT = /\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|txt|ceb)(?:$|[?#])/i

function fileLinksOf(elements: readonly HtmlElement[], base: string | null): PageLink[] {
  const links = new Map<string, PageLink>()
  for (const element of elements) {
    const given = element.tagName === 'a' ? (element.attribs.href?.trim() ?? '') : ''
    if (!DOCUMENT.test(given)) continue
    const href = base !== null && URL.canParse(given, base) ? new URL(given, base).href : given
    if (!links.has(href)) links.set(href, { href, text: tidyLine(textOf(element)) })
  }
  return [...links.values()]
}

/** A relative address left as it is would point into whatever site shows the text next. */
function settle($: CheerioAPI, tag: 'a' | 'img', attribute: 'href' | 'src', base: string | null): PageLink[] {
  return $(`${tag}[${attribute}]`)
    .toArray()
    .map(element => {
      const given = $(element).attr(attribute) ?? ''
      const absolute = /^(?:https?:)?\/\//.test(given)
        ? URL.canParse(given, 'https://x')
        : base !== null && URL.canParse(given, base)
      const href = absolute && base !== null ? new URL(given, base).href : given
      const text = tidyLine(tag === 'a' ? $(element).text() : ($(element).attr('alt') ?? ''))
      if (absolute) $(element).attr(attribute, href)
      else if (tag === 'a') $(element).replaceWith($(element).contents())
      else $(element).remove()
      return { href, text }
    })
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts.filter(text => text !== ''))]
}
