import { load } from 'cheerio'

const ROWS_LIMIT = 400
const COLUMNS_LIMIT = 40

/** The cells of an HTML table where each stands in every row and column it spans; null for a table without such cells. */
export function gridOf(html: string): string[][] | null {
  if (!/\s(?:row|col)span\s*=/i.test(html)) return null
  const $ = load(html, null, false)
  const grid: string[][] = []
  for (const [y, row] of $('tr').toArray().entries()) {
    let x = 0
    for (const cell of $(row).children('td, th').toArray()) {
      const mine = (grid[y] ??= [])
      while (mine[x] !== undefined) x++
      const text = $(cell).text().replace(/\s+/g, ' ').trim()
      const down = spanOf($(cell).attr('rowspan'), ROWS_LIMIT)
      const right = spanOf($(cell).attr('colspan'), COLUMNS_LIMIT)
      for (let dy = 0; dy < down; dy++) {
        const filled = (grid[y + dy] ??= [])
        for (let dx = 0; dx < right; dx++) filled[x + dx] ??= text
      }
      x += right
    }
  }
  return grid.map(row => Array.from(row, cell => cell ?? '')).filter(row => row.some(cell => cell !== ''))
}

function spanOf(printed: string | undefined, most: number): number {
  const span = Number(printed ?? 1)
  return Number.isInteger(span) && span > 0 ? Math.min(span, most) : 1
}
