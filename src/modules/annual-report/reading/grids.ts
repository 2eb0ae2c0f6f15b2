import { load } from 'cheerio'

type Element = ReturnType<ReturnType<typeof load>>[number]

/** A row as it is written (`cells`), and as it is seen: a merged cell says in its first place what it says, and nothing in the rest. */
export interface GridRow {
  cells: readonly string[]
  spread: readonly string[]
}

/** Tables of a page in reading order, without those that only hold others; and its text without the tables. */
export function gridsOfHtml(html: string): { rows: GridRow[]; text: string; titles: string[] } {
  const $ = load(html)
  $('script, style, noscript').remove()
  const titles = $('title, h1, .title, #title, .bt')
    .toArray()
    .map(one => $(one).text().trim())
  const rows: GridRow[] = []
  for (const table of $('table').toArray()) {
    if ($(table).find('table').length > 0) continue
    const found = rowsOf($, table)
    if (!found.some(({ cells }) => cells.some(cell => REPORT_TABLE.test(cell.replace(/\s+/g, ''))))) {
      // A table that is split over pages goes on without its head.
      if (rows.length === 0 || !found.some(({ cells }) => cells.length >= 7)) continue
    }
    rows.push(...found)
    $(table).remove()
  }
  $('br').replaceWith('\n')
  $('p, div, li, tr, td, th, h1, h2, h3, h4, h5, h6, section, table').append('\n')
  const text = $('body')
    .text()
    .replace(/[^\S\n]*\n\s*/g, '\n')
  return { rows, text, titles }
}

const REPORT_TABLE =
  /信息内容|第二十条第|本年新收|结转下(?:一)?年|结果维持|尚未审结|申请人情况|不予公开|无法提供|不予处理|其他处理/

function rowsOf($: ReturnType<typeof load>, table: Element): GridRow[] {
  const rows: GridRow[] = []
  /** Cells of former rows that reach down: column → rows still to come. */
  const down = new Map<number, number>()
  for (const tr of $(table).find('tr').toArray()) {
    const cells: string[] = []
    const spread: string[] = []
    const skip = () => {
      let left = down.get(spread.length)
      while (left !== undefined && left > 0) {
        down.set(spread.length, left - 1)
        spread.push('')
        left = down.get(spread.length)
      }
    }
    for (const cell of $(tr).children('td, th').toArray()) {
      skip()
      $(cell).find('br').replaceWith(' ')
      const words = $(cell).text().replace(/\s+/g, ' ').trim()
      const across = span($(cell).attr('colspan'))
      const tall = span($(cell).attr('rowspan'))
      cells.push(words)
      for (let at = 0; at < across; at++) {
        down.set(spread.length, tall - 1)
        spread.push(at === 0 ? words : '')
      }
    }
    skip()
    rows.push({ cells, spread })
  }
  return rows
}

/** Nobody's report is wider; a page may say anything. */
const SPAN_LIMIT = 60

const span = (given: string | undefined): number =>
  Math.min(SPAN_LIMIT, Math.max(1, Number.parseInt(given ?? '1', 10) || 1))

/** Text in which every line is a row, its cells divided by bars or tabs; null where it has none of that kind. */
export function gridsOfText(text: string): { rows: GridRow[]; text: string } | null {
  const rows: GridRow[] = []
  const rest: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const cells = line.split(/[|｜\t]/).map(cell => cell.trim())
    if (cells.length < 3) {
      rest.push(line)
      continue
    }
    if (cells[0] === '' && /^\s*[|｜]/.test(line)) cells.shift()
    if (cells.every(cell => /^:?-{2,}:?$/.test(cell) || cell === '')) continue
    rows.push({ cells, spread: cells })
  }
  const wide = rows.filter(({ cells }) => cells.length >= 8)
  return wide.length >= 10 ? { rows, text: rest.join('\n') } : null
}
