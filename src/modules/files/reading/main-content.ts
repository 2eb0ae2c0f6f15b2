import type { CheerioAPI } from 'cheerio'
import { elementsBelow, type HtmlElement, isElement, matcherOf } from './html-element.ts'

/** Containers in which the site builders of Chinese governments put the text, the most exact first. */
const KNOWN = [
  '.TRS_Editor, .TRS_UEDITOR, .trs_editor_view, .trs_paper_default',
  '#UCAP-CONTENT, #UCAPCONTENT, .UCAPCONTENT, ucapcontent, .pages_content',
  '#zoom, #Zoom, #zoomcon, #NewsContent, #newsContent, #artibody, #js_content, .j-fontContent',
  '.article-content, .article_content, .article-con, .articleContent, .wenzhang, .news_content, .xxgk_content',
  '.zwxl-article, .gknb_content, .con_con, .conTxt, .content-text, .detail-content, .view, article',
  '.article, #article, .content, #content, .main-content, #main',
].map(matcherOf)

const isClutter = matcherOf(
  [
    'script, style, noscript, iframe, template, link, object, embed, select, input, button, textarea',
    'nav, header, footer, aside, .nav, .menu, .breadcrumb, .crumb, .crumbs, .position, .location, .dqwz, #footer, .footer',
    '.foot, #foot, .bottom, .copyright, .share, .bdsharebuttonbox, .bshare, .print, .qrcode, .ewm, .erweima, .related',
    '.prevnext, .pagination, .sidebar, .side, .login, .search, [hidden]',
  ].join(', '),
)

const LAYOUT = new Set('div section article main center body form span table tbody tr td'.split(' '))

/**
 * The element that holds the document: a known container if it holds a good part of the page's running text,
 * otherwise the innermost element in which nearly all of that text stands.
 */
export function mainContent($: CheerioAPI): HtmlElement | null {
  const body = $('body').get(0)
  if (!body) return null
  const lengths = new Map<HtmlElement, number>()
  measure(body, lengths, false)
  const textOf = (element: HtmlElement) => lengths.get(element) ?? 0
  const dense = densest(body, textOf)
  const elements = elementsBelow(body)
  for (const isKnown of KNOWN) {
    let best: HtmlElement | null = null
    let most = 0
    for (const element of elements) {
      if (!isKnown(element)) continue
      const picture = textOf(element) === 0 && holdsPicture(element) ? 1 : 0
      if (textOf(element) + picture > most) [best, most] = [element, textOf(element) + picture]
    }
    if (best && most >= Math.max(1, textOf(dense) * 0.5)) return best
  }
  return dense
}

export function removeClutter($: CheerioAPI): void {
  const root = $.root().get(0)
  if (root) $(elementsBelow(root).filter(element => isClutter(element) || isHidden(element))).remove()
}

const isHidden = ({ attribs: { style } }: HtmlElement) =>
  style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)

function densest(from: HtmlElement, textOf: (element: HtmlElement) => number): HtmlElement {
  let current = from
  for (;;) {
    const inner = childElements(current).find(
      child => textOf(child) > 0 && textOf(child) >= textOf(current) * 0.85,
    )
    // A single cell with nearly all text is layout; a real table has none, and stays whole.
    if (!inner || !LAYOUT.has(inner.tagName)) break
    current = inner
  }
  // A row or table is not content to start from: it would lose its own frame.
  while (['tr', 'tbody', 'table'].includes(current.tagName) && current.parent && isElement(current.parent)) {
    current = current.parent
  }
  return current
}

/** Length of the text outside links: navigation is nearly all links, a document hardly any. */
function measure(element: HtmlElement, lengths: Map<HtmlElement, number>, linked: boolean): number {
  let length = 0
  for (const node of element.children) {
    if (isElement(node)) length += measure(node, lengths, linked || node.tagName === 'a')
    else if (node.type === 'text' && !linked) length += visibleLength(node.data)
  }
  lengths.set(element, length)
  return length
}

function visibleLength(text: string): number {
  return /\s/.test(text) ? text.replace(/\s+/g, '').length : text.length
}

function holdsPicture(element: HtmlElement): boolean {
  return childElements(element).some(child => child.tagName === 'img' || holdsPicture(child))
}

function childElements(element: HtmlElement): HtmlElement[] {
  return element.children.filter(isElement)
}
