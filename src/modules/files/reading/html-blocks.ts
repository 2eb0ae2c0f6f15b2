import type { CheerioAPI } from 'cheerio'
import { type Block, tidyLine } from './blocks.ts'
import { type HtmlElement, type HtmlNode, isElement } from './html-element.ts'

const RAW = new Set(['table', 'ul', 'ol', 'dl', 'figure', 'hr'])
const CONTAINERS = new Set(['p', 'div', 'blockquote', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th', 'li', 'body'])

/** Blocks of HTML that cleanBody has been over: what is serialised here is safe because nothing else is left. */
export function blocksOfHtml($: CheerioAPI, root: HtmlElement): Block[] {
  const blocks: Block[] = []
  let inline: HtmlNode[] = []
  let gapBefore = true

  function flush(within: HtmlElement): void {
    const align = alignmentOf(within)
    for (const html of $.html(inline).split(/<br\s*\/?>/)) {
      const text = tidyLine(textOf(html))
      if (text === '' && !html.includes('<img')) continue
      const line = { kind: 'line' as const, text, html: tidyInline(html), line: 0, gapBefore }
      blocks.push(align ? { ...line, align } : line)
      gapBefore = false
    }
    inline = []
  }

  function walk(element: HtmlElement): void {
    for (const node of element.children) {
      if (!isElement(node)) {
        if (node.type === 'text') inline.push(node)
      } else if (node.tagName === 'table' && isLayout($, node)) {
        flush(element)
        for (const cell of $(node).find('td, th').toArray()) {
          if ($(cell).closest('table').get(0) === node) walk(cell)
        }
      } else if (RAW.has(node.tagName)) {
        flush(element)
        const text = rawText($, node)
        if (text !== '' || $(node).find('img').length > 0) {
          blocks.push({ kind: 'raw', text, html: $.html(node).trim(), line: 0, gapBefore: true })
        }
      } else if (CONTAINERS.has(node.tagName)) {
        flush(element)
        gapBefore = true
        walk(node)
      } else {
        inline.push(node)
      }
    }
    flush(element)
  }

  walk(root)
  return blocks
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' }

/** The text of HTML that was just serialised: tags are well formed and only these entities are left. */
function textOf(html: string): string {
  return html
    .replace(/<(?:[^"'>]|"[^"]*"|'[^']*')*>/g, '')
    .replace(/&(lt|gt|quot|amp|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}

/** Cells of one row divided by tabs, rows by line ends: good enough to read and to search. */
function rawText($: CheerioAPI, element: HtmlElement): string {
  const rows = $(element).find('tr, li, dt, dd').toArray()
  if (rows.length === 0) return tidyLine($(element).text())
  const lines = rows.map(row => {
    const cells = $(row).children('td, th').toArray()
    return cells.length > 0 ? cells.map(cell => tidyLine($(cell).text())).join('\t') : tidyLine($(row).text())
  })
  return lines.filter(line => line.trim() !== '').join('\n')
}

/** One cell with the whole text is no table but a way to place it. */
function isLayout($: CheerioAPI, table: HtmlElement): boolean {
  const cells = $(table).find('td, th').toArray()
  const filled = cells.filter(cell => $(cell).text().trim() !== '')
  return filled.length <= 1 || $(table).find('table').length > 0
}

/** The nearest alignment counts; asked once per line, so it walks up instead of running a selector. */
function alignmentOf(from: HtmlElement): 'right' | 'center' | undefined {
  for (let element: HtmlElement | null = from; element; ) {
    const classes = element.attribs.class ?? ''
    if (/align-right|signature/.test(classes)) return 'right'
    if (classes.includes('align-')) return classes.includes('align-center') ? 'center' : undefined
    const above: HtmlNode | null = element.parent as HtmlNode | null
    element = above && isElement(above) ? above : null
  }
  return undefined
}

function tidyInline(html: string): string {
  return html
    .replaceAll('&nbsp;', ' ')
    .replace(/\s+/g, ' ')
    .replace(/<(strong|em|u|s|sub|sup)>\s*<\/\1>/g, '')
    .replace(/^((?:<(?:strong|em|u)>)*)\s+|\s+((?:<\/(?:strong|em|u)>)*)$/g, '$1$2')
    .trim()
}
