import { type CheerioAPI, load } from 'cheerio'
import { type Block, tidyLine } from './blocks.ts'
import { cleanBody } from './clean-body.ts'
import { blocksOfHtml } from './html-blocks.ts'
import type { HtmlElement } from './html-element.ts'
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
  sourceUrl: string | null
  /** The most exact first: the page tag, the heading of the page, the window title. */
  titleCandidates: string[]
}

/** A saved page of a Chinese government site. Pure: follows no link, runs nothing. Throws only UnreadableFile. */
export function readHtml(html: string): ReadPage {
  refuseDeepNesting(html)
  const $ = load(html)
  const metaTags = readMetaTags($)
  const sourceUrl = addressOf($, html, metaTags)
  const windowTitle = tidyLine($('title').first().text())
  const surroundings = $('body').clone()
  removeClutter($)
  const titles = headingsOf($)
  const pairs = takeMetadata($)
  const main = mainContent($)
  const labelled = labelledAround($, surroundings.find('p, div, span, li, td, h2, h3, h4').toArray())

  const content = load(`<body>${main ? cleanBody($(main).html() ?? '') : ''}</body>`)
  const links = settle(content, 'a', 'href', sourceUrl)
  const pictures = settle(content, 'img', 'src', sourceUrl)
  const root = content('body').get(0)
  const metadataTable: Record<string, string> = {}
  for (const { label, value } of pairs) if (value !== '') metadataTable[label] ??= value
  return {
    metaTags,
    metadataTable,
    labelled: [...pairs, ...labelled],
    blocks: root ? blocksOfHtml(content, root) : [],
    links,
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

function readMetaTags($: CheerioAPI): Record<string, string> {
  const tags: Record<string, string> = {}
  for (const element of $('meta[name], meta[property]').toArray()) {
    const name = $(element).attr('name') ?? $(element).attr('property') ?? ''
    const content = tidyLine($(element).attr('content') ?? '')
    // Real pages print empty and "null" tags (S-META-03): they say nothing.
    if (name !== '' && content !== '' && content !== 'null' && content !== 'undefined') tags[name] ??= content
  }
  return tags
}

function addressOf($: CheerioAPI, html: string, tags: Record<string, string>): string | null {
  const candidates = [
    /<!--\s*saved from url=\(\d+\)(\S+?)\s*-->/i.exec(html.slice(0, 5000))?.[1],
    $('link[rel="canonical"]').attr('href'),
    tags.Url,
    tags['og:url'],
    $('base[href]').attr('href'),
  ]
  return (
    candidates.find(url => url !== undefined && /^https?:\/\/\S+$/.test(url) && URL.canParse(url)) ?? null
  )
}

function headingsOf($: CheerioAPI): string[] {
  const selectors =
    'h1, .article-title, .article_title, .arti_title, #title, .title, .bt, .xxgk_title, .newstitle'
  return $(selectors)
    .toArray()
    .map(element => tidyLine($(element).text()))
    .filter(text => text.length >= 5 && text.length <= 200)
}

/** Finds the metadata block, reads it, and takes it out so that it does not become part of the text. */
function takeMetadata($: CheerioAPI): LabelledValue[] {
  const pairs: LabelledValue[] = []
  for (const block of $('table, ul, dl').toArray()) {
    if ($(block).parents('body').length === 0 || $(block).find('table, ul, dl').length > 0) continue
    const cells = $(block).find('td, th, li, dt, dd').toArray()
    if (cells.length > 60) continue
    const found = labelledCells(cells.flatMap(cell => cellTexts($, cell)))
    const telling = found.filter(pair => pair.kind !== 'other' && pair.value !== '')
    if (telling.length < 2 || !found.some(pair => /索引号|文号|字号|机关|机构|成文|生成/.test(pair.label)))
      continue
    pairs.push(...found)
    $(block).remove()
  }
  return pairs
}

/** `<li><b>索引号：</b>123</li>` is one cell with label and value; `<td>索引号</td><td>123</td>` are two. */
function cellTexts($: CheerioAPI, cell: HtmlElement): string[] {
  const text = tidyLine($(cell).text())
  return text === '' ? [''] : [text]
}

function labelledAround($: CheerioAPI, elements: HtmlElement[]): LabelledValue[] {
  const found: LabelledValue[] = []
  for (const element of elements) {
    const text = tidyLine($(element).text())
    if (text.length > 200 || labelKind(text)) continue
    for (const pair of labelledValues(text)) {
      if (pair.value !== '' && !found.some(known => known.label === pair.label)) found.push(pair)
    }
  }
  return found
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
