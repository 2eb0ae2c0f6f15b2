import { load } from 'cheerio'

const ROWS_LIMIT = 400
const COLUMNS_LIMIT = 40
/** More cells than a list of documents has. */
const CELLS_LIMIT = 60_000

/** The cells of an HTML table where each stands in every row and column it spans; null for a table without such cells. */
export function gridOf(html: string): string[][] | null {
  if (!/\s(?:row|col)span\s*=/i.test(html)) return null
  const $ = load(html, null, false)
  const grid: (string | undefined)[][] = []
  let filled = 0
  for (const [y, row] of $('tr').toArray().entries()) {
    let x = 0
    for (const cell of $(row).children('td, th').toArray()) {
      while (grid[y]?.[x] !== undefined) x++
      const text = $(cell).text().replace(/\s+/g, ' ').trim()
      const down = spanOf($(cell).attr('rowspan'), ROWS_LIMIT)
      const right = spanOf($(cell).attr('colspan'), COLUMNS_LIMIT)
      filled += down * right
      if (filled > CELLS_LIMIT) return null
      fill(grid, { x, y, down, right }, text)
      x += right
    }
  }
  return grid.map(row => Array.from(row, cell => cell ?? '')).filter(row => row.some(cell => cell !== ''))
}

type Place = { x: number; y: number; down: number; right: number }

function fill(grid: (string | undefined)[][], { x, y, down, right }: Place, text: string): void {
  for (let row = y; row < y + down; row++) {
    grid[row] ??= []
    const cells = grid[row]
    for (let column = x; column < x + right; column++) if (cells) cells[column] ??= text
  }
}

function spanOf(printed: string | undefined, most: number): number {
  const span = Number(printed ?? 1)
  return Number.isInteger(span) && span > 0 ? Math.min(span, most) : 1
}
