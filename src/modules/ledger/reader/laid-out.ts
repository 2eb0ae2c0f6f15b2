import { type CheerioAPI, load } from 'cheerio'
import { type ReadDocument, readHtml } from '#modules/files'
import { normaliseText } from './normalise.ts'

/** A cell where it stands in the text; a merged cell is the same object in every place it covers. */
export type Cell = { text: string; start: number; end: number }

export type Grid = { start: number; end: number; rows: Cell[][] }

/** A document as one text, and where its tables stand in it. */
export type LaidOut = { text: string; grids: Grid[] }

/** Pages, word documents and spreadsheets as one normalised text: paragraphs and cells each on lines of their own. */
export function layOut(document: Exclude<ReadDocument, { form: 'text' }>): LaidOut {
  const sheet = textBuilder()
  if (document.form === 'sheets') {
    for (const { name, rows } of document.sheets) {
      if (document.sheets.length > 1) sheet.line(name)
      sheet.table(rows.map(row => row.map(text => ({ key: null, text }))))
      sheet.line('')
    }
    return sheet.done()
  }
  for (const block of readHtml(document.html).blocks) {
    if (block.kind === 'line') sheet.line(block.text)
    else if (/<table\b/i.test(block.html)) for (const rows of tablesOf(block.html)) sheet.table(rows)
    else if (/<(?:ul|ol|dl)\b/i.test(block.html)) for (const item of listItems(block.html)) sheet.line(item)
  }
  return sheet.done()
}

/** `key` tells merged cells: equal keys are one cell. */
type RawCell = { key: object | null; text: string }

function textBuilder() {
  const parts: string[] = []
  const grids: Grid[] = []
  let length = 0
  let empty = true

  /** Returns the place of what was added; an empty line is only added behind a line with words. */
  function line(raw: string): { start: number; end: number } {
    const text = normaliseText(raw)
    if (text === '' && empty) return { start: length, end: length }
    const start = length
    parts.push(text)
    length += text.length + 1
    empty = text === ''
    return { start, end: start + text.length }
  }

  function table(rows: readonly (readonly RawCell[])[]): void {
    const start = length
    const merged = new Map<object, Cell>()
    const grid = rows.map(row =>
      row.map(({ key, text }) => {
        const known = key && merged.get(key)
        if (known) return known
        const cell = { text: normaliseText(text), ...line(text) }
        if (key) merged.set(key, cell)
        return cell
      }),
    )
    grids.push({ start, end: Math.max(start, length - 1), rows: grid })
  }

  function done(): LaidOut {
    const text = parts.join('\n').replace(/\n+$/, '')
    return { text, grids: grids.map(grid => ({ ...grid, end: Math.min(grid.end, text.length) })) }
  }
  return { line, table, done }
}

const ROWS_LIMIT = 5000
const COLUMNS_LIMIT = 60

/** Each cell of the tables of a block in all the places it spans. */
function tablesOf(html: string): RawCell[][][] {
  const $ = load(html, null, false)
  return $('table')
    .toArray()
    .map(table => {
      const grid: (RawCell | undefined)[][] = []
      const rows = $(table).find('tr').toArray().slice(0, ROWS_LIMIT)
      rows.forEach((row, y) => {
        grid[y] ??= []
        let x = 0
        for (const cell of $(row).children('td, th').toArray()) {
          while (grid[y]?.[x] !== undefined) x++
          const down = Math.min(spanOf($(cell).attr('rowspan')), rows.length - y)
          const right = Math.min(spanOf($(cell).attr('colspan')), COLUMNS_LIMIT - x)
          const raw: RawCell = {
            key: down > 1 || right > 1 ? {} : null,
            text: cellText(cell),
          }
          for (let below = y; below < y + down; below++) {
            grid[below] ??= []
            const line = grid[below]
            for (let beside = x; beside < x + right; beside++) if (line) line[beside] ??= raw
          }
          x += right
        }
      })
      const width = grid.reduce((most, row) => Math.max(most, row.length), 0)
      return grid.map(row => Array.from({ length: width }, (_, x) => row[x] ?? { key: null, text: '' }))
    })
}

type Node = ReturnType<CheerioAPI['root']>[number]['childNodes'][number]
type Element = Extract<Node, { tagName: string }>

/** Paragraphs and breaks inside a cell are lines. */
const cellText = (cell: Element): string =>
  linedText(cell)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()

const endsLine = /^(?:br|p|div|li|h[1-6])$/

function linedText(node: Element): string {
  let text = ''
  for (const child of node.children) {
    if (child.type === 'text') text += child.data
    else if ('tagName' in child) text += linedText(child) + (endsLine.test(child.tagName) ? '\n' : '')
  }
  return text
}

function listItems(html: string): string[] {
  const $ = load(html, null, false)
  return $('li, dt, dd')
    .toArray()
    .map(item => {
      const text = $(item).text().replace(/\s+/g, ' ').trim()
      const ordered = item.tagName === 'li' && $(item).parent().is('ol')
      return ordered && !/^[（(]?[0-9一二三四五六七八九十]/.test(text)
        ? `${$(item).index() + 1}.${text}`
        : text
    })
}

function spanOf(printed: string | undefined): number {
  const span = Number(printed ?? 1)
  return Number.isInteger(span) && span > 0 ? span : 1
}
