import { load } from 'cheerio'
import { numberingOf } from '#modules/files'
import { type HtmlElement, isElement } from './html-nodes.ts'
import { headingBlock, isBareHeading, levelled } from './levels.ts'
import { type Block, type Run, textOf } from './official-document.ts'
import { linesOf, piecesOf, printable } from './runs-of-html.ts'
import { tableBlock } from './table-block.ts'
import { titleLines } from './title-lines.ts'

/** Full-width signs of 二号 on one line of a title. */
export const titleWidth = 19

const containers = /^(?:div|blockquote|section|article|main|figure)$/
const inner = 'p, div, h2, h3, h4, h5, h6, ul, ol, dl, table, figure, blockquote, hr'

/** The body of an edition as blocks, in its order; nothing is left out, and what its lines mean is for the next step. */
export function bodyBlocks(html: string): Block[] {
  const $ = load(html, null, false)
  const blocks: Block[] = []

  const walk = (element: HtmlElement): void => {
    const classes = element.attribs.class ?? ''
    const tag = element.tagName
    if (tag === 'table') {
      const table = tableBlock($, element, linesOf)
      if (table) blocks.push(table)
    } else if (/^h[2-6]$/.test(tag)) heading(element, classes)
    else if (tag === 'ul' || tag === 'ol') list(element, classes)
    else if (tag === 'dl') for (const part of $(element).children('dt, dd').toArray()) paragraph(part, '')
    else if (containers.test(tag) && $(element).find(inner).length > 0)
      for (const child of element.children) {
        if (isElement(child)) walk(child)
        else if (child.type === 'text' && child.data.trim() !== '')
          blocks.push({ kind: 'paragraph', runs: [{ text: printable(child.data).trim() }] })
      }
    else if (tag !== 'hr') paragraph(element, classes)
  }

  const heading = (element: HtmlElement, classes: string): void => {
    const runs = linesOf(element).flat()
    const text = textOf(runs)
    if (text === '') return
    if (/\battachment\b/.test(classes)) {
      const [, mark = '', title = ''] =
        /^(附\s*(?:件|表|录)\s*[0-9０-９一二三四五六七八九十]{0,3})\s*[：:]?\s*(.*)$/s.exec(text) ?? []
      blocks.push({ kind: 'annex', mark: mark || null, titleLines: titled(mark ? title : text) })
    } else if (/document-title/.test(classes))
      blocks.push({ kind: 'annex', mark: null, titleLines: titled(text) })
    else blocks.push(headingBlock(runs))
  }

  const paragraph = (element: HtmlElement, classes: string): void => {
    for (const piece of piecesOf(element)) {
      if ('file' in piece) {
        if (piece.file) blocks.push({ kind: 'picture', ...piece })
        continue
      }
      const { runs } = piece
      const text = textOf(runs)
      const align = /align-(left|center|right)/.exec(classes)?.[1] as 'left' | 'center' | 'right' | undefined
      if (/addressee/.test(classes)) blocks.push({ kind: 'addressee', text })
      else if (/signature/.test(classes)) signature(text)
      else if (/attachments/.test(classes)) attachments(text)
      else if (align === undefined && isBareHeading(text)) blocks.push(headingBlock(runs))
      else blocks.push({ kind: 'paragraph', runs: levelled(runs), ...(align ? { align } : {}) })
    }
  }

  const signature = (text: string): void => {
    const last = blocks.at(-1)
    if (last?.kind === 'signature') last.lines = [...last.lines, text]
    else blocks.push({ kind: 'signature', lines: [text] })
  }

  const attachments = (text: string): void => {
    // The page numbers them itself
    const item = text.replace(/^附\s*件\s*[：:]\s*/, '').replace(/^\d{1,2}\s*[.．、]\s*(?!\d)/, '')
    const last = blocks.at(-1)
    const items = item === '' ? [] : [item]
    if (last?.kind === 'attachments') last.items = [...last.items, ...items]
    else blocks.push({ kind: 'attachments', items })
  }

  const list = (element: HtmlElement, classes: string): void => {
    const items = $(element).children('li').toArray()
    if (/attachments/.test(classes)) {
      for (const item of items) attachments(linesOf(item).map(textOf).join(' '))
      return
    }
    const first = Number.parseInt(element.attribs.start ?? '1', 10) || 1
    for (const [at, item] of items.entries()) {
      const [lead, ...rest] = linesOf(item)
      if (!lead) continue
      const isNumbered = numberingOf(textOf(lead)) !== null || /^[\d（(]/.test(textOf(lead))
      const mark = element.tagName === 'ol' ? `${first + at}.` : '·'
      blocks.push({ kind: 'paragraph', runs: isNumbered ? lead : marked(mark, lead) })
      for (const line of rest) blocks.push({ kind: 'paragraph', runs: line })
    }
  }

  for (const node of $.root()[0]?.childNodes ?? []) {
    if (isElement(node)) walk(node)
    else if (node.type === 'text' && node.data.trim() !== '')
      blocks.push({ kind: 'paragraph', runs: [{ text: printable(node.data).trim() }] })
  }
  return blocks
}

const marked = (mark: string, runs: readonly Run[]): Run[] => [{ text: mark }, ...runs]

const titled = (title: string): string[] => (title.trim() === '' ? [] : titleLines(title, titleWidth))
