import type { Sheet } from '../read-document.ts'
import { tidyRows } from './tidy-rows.ts'

/** .csv or .tsv as one sheet; null when the text is no table: its rows have not the same number of cells. */
export function separatedValues(name: string, text: string): Sheet | null {
  if (!/\.(?:csv|tsv)$/i.test(name)) return null
  const firstLine = text.slice(0, text.search(/\n|$/))
  const separator = ['\t', ',', ';', '，'].find(sign => firstLine.includes(sign))
  if (separator === undefined) return null
  const rows = tidyRows(rowsOf(text, separator))
  const width = rows[0]?.filter(cell => cell !== '').length ?? 0
  const even = rows.filter(row => row.findLastIndex(cell => cell !== '') < width)
  return rows.length >= 2 && width >= 2 && even.length >= rows.length * 0.8 ? { name: '表', rows } : null
}

/** Rows by RFC 4180: a cell in quotes may hold separators, line ends and doubled quotes. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  const row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (sign === separator || sign === '\n') {
      row.push(cell.replace(/\s+/g, ' ').trim())
      cell = ''
      if (sign === '\n') rows.push(row.splice(0))
    } else {
      cell += sign
    }
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\s+/g, ' ').trim()])
  return rows
}
