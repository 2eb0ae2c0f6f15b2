import { load } from 'cheerio'
import type { Package } from '../zip/open-package.ts'

/** From the first to the last row and column of merged cells, counted from 0. */
type Merged = { top: number; bottom: number; left: number }

export type SheetFacts = { name: string; hidden: boolean; rows: number; columns: number; merged: Merged[] }

/** What the reader of cells does not tell: how far a sheet reaches, whether it is hidden, which cells are merged. */
export async function sheetFacts(parts: Package): Promise<SheetFacts[]> {
  if (!parts.has('xl/workbook.xml')) return []
  const workbook = load(await parts.text('xl/workbook.xml'), { xml: true })
  const relations = parts.has('xl/_rels/workbook.xml.rels')
    ? load(await parts.text('xl/_rels/workbook.xml.rels'), { xml: true })
    : load('', { xml: true })
  const targets = new Map(
    relations('Relationship')
      .toArray()
      .map(relation => [relation.attribs.Id ?? '', relation.attribs.Target ?? '']),
  )
  const facts: SheetFacts[] = []
  for (const { attribs } of workbook('sheets').children().toArray()) {
    const target = targets.get(attribs['r:id'] ?? '') ?? ''
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    const xml = parts.has(part) ? await parts.text(part) : ''
    const hidden = attribs.state !== undefined && attribs.state !== 'visible'
    facts.push({ name: attribs.name ?? '', hidden, ...extent(xml), merged: mergedCells(xml) })
  }
  return facts
}

function extent(xml: string): { rows: number; columns: number } {
  let rows = 0
  let columns = 0
  for (const [, letters = '', row] of xml.matchAll(/<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"/g)) {
    rows = Math.max(rows, Number(row))
    columns = Math.max(columns, columnNumber(letters))
  }
  for (const [, row] of xml.matchAll(/<(?:\w+:)?row\b[^>]*?\sr="([0-9]{1,7})"/g))
    rows = Math.max(rows, Number(row))
  return { rows, columns }
}

function mergedCells(xml: string): Merged[] {
  const found = xml.matchAll(
    /<(?:\w+:)?mergeCell\b[^>]*?\sref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"/g,
  )
  return [...found].map(([, left = '', top, bottom]) => {
    return { top: Number(top) - 1, bottom: Number(bottom) - 1, left: columnNumber(left) - 1 }
  })
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

/** An organ merged over the rows of its documents stands beside each of them. Across columns a title stays single. */
export function mergedDown(rows: readonly string[][], merged: readonly Merged[]): string[][] {
  const filled = rows.map(row => [...row])
  for (const { top, bottom, left } of merged) {
    const text = filled[top]?.[left]
    if (text === undefined || text === '') continue
    for (const row of filled.slice(top + 1, bottom + 1)) {
      // A row of merged cells only is not there; it gets no text of its own.
      if (row.some(cell => cell !== '') && (row[left] ?? '') === '') row[left] = text
    }
  }
  return filled
}
