import type { PrintedText } from './printed-page.ts'
import type { Rule } from './rules.ts'

/** A row of a ruled table; `y` is its upper edge. */
export type RuledRow = { cells: string[]; y: number; left: number; right: number; size: number }

/** How far lines may miss one another and still meet. */
const NEAR = 3
/** More are a drawing. */
const MOST_RULES = 6000

type Grid = { xs: number[]; ys: number[]; verticals: Rule[]; horizontals: Rule[] }

/** The rows of all ruled tables on a page, and the texts that stand outside of them. */
export function takeTables(
  texts: readonly PrintedText[],
  rules: readonly Rule[],
  lineTexts: (texts: readonly PrintedText[]) => string,
): { rows: RuledRow[]; rest: PrintedText[] } {
  let rest = [...texts]
  const rows: RuledRow[] = []
  for (const grid of gridsOf(rules)) {
    const [left = 0, right = 0] = [grid.xs[0], grid.xs.at(-1)]
    const [top = 0, bottom = 0] = [grid.ys[0], grid.ys.at(-1)]
    const inside = (text: PrintedText) => {
      const { x, y } = centreOf(text)
      return x > left && x < right && y > top && y < bottom
    }
    const cells = rest.filter(inside).flatMap(text => splitAtRules(text, grid))
    if (cells.length === 0) continue
    rest = rest.filter(text => !inside(text))
    rows.push(...rowsOf(cells, grid, lineTexts))
  }
  return { rows, rest }
}

/** Rules that meet make up one table. With one column it is a frame; a single row may go on from the page before. */
function gridsOf(rules: readonly Rule[]): Grid[] {
  if (rules.length > MOST_RULES) return []
  const verticals = rules.filter(rule => rule.x2 - rule.x1 <= NEAR && rule.y2 - rule.y1 > NEAR)
  const horizontals = rules.filter(rule => rule.y2 - rule.y1 <= NEAR && rule.x2 - rule.x1 > NEAR)
  const groups = new Map<Rule, Set<Rule>>([...verticals, ...horizontals].map(rule => [rule, new Set([rule])]))
  for (const vertical of verticals) {
    for (const horizontal of horizontals) {
      if (!meet(vertical, horizontal)) continue
      const a = groups.get(vertical)
      const b = groups.get(horizontal)
      if (!a || !b || a === b) continue
      const [large, small] = a.size > b.size ? [a, b] : [b, a]
      for (const rule of small) {
        large.add(rule)
        groups.set(rule, large)
      }
    }
  }
  return [...new Set(groups.values())]
    .map(group => {
      const grid = {
        verticals: verticals.filter(rule => group.has(rule)),
        horizontals: horizontals.filter(rule => group.has(rule)),
      }
      return {
        ...grid,
        xs: edges(grid.verticals.map(rule => rule.x1)),
        ys: edges(grid.horizontals.map(rule => rule.y1)),
      }
    })
    .filter(({ xs, ys }) => xs.length >= 3 && ys.length >= 2)
}

function meet(vertical: Rule, horizontal: Rule): boolean {
  return (
    vertical.x1 >= horizontal.x1 - NEAR &&
    vertical.x1 <= horizontal.x2 + NEAR &&
    horizontal.y1 >= vertical.y1 - NEAR &&
    horizontal.y1 <= vertical.y2 + NEAR
  )
}

function edges(values: number[]): number[] {
  const sorted = values.sort((a, b) => a - b)
  return sorted.filter((value, i) => i === 0 || value - (sorted[i - 1] ?? 0) > NEAR)
}

function centreOf({ x, y, width, size }: PrintedText): { x: number; y: number } {
  return { x: x + width / 2, y: y - size * 0.35 }
}

/** Words of neighbouring cells may come as one piece. */
function splitAtRules(text: PrintedText, grid: Grid): PrintedText[] {
  const { y } = centreOf(text)
  const crossing = grid.verticals.find(({ x1, y1, y2 }) => {
    return y1 <= y && y <= y2 && x1 - text.x > text.size * 0.6 && text.x + text.width - x1 > text.size * 0.6
  })
  if (!crossing) return [text]
  const letters = [...text.text]
  const weights = letters.map(letter => (/[\u2e80-\uffff]/.test(letter) ? 2 : 1))
  const unit = text.width / weights.reduce((sum, weight) => sum + weight, 0)
  let cut = 0
  for (let end = text.x; cut < weights.length; cut++) {
    end += (weights[cut] ?? 0) * unit
    if (end > crossing.x1 + unit) break
  }
  if (cut === 0) return [text]
  const width = weights.slice(0, cut).reduce((sum, weight) => sum + weight, 0) * unit
  const first = { ...text, text: letters.slice(0, cut).join(''), width }
  const second = { ...text, text: letters.slice(cut).join(''), x: text.x + width, width: text.width - width }
  return [first, ...splitAtRules(second, grid)].filter(part => part.text.trim() !== '')
}

function rowsOf(
  texts: readonly PrintedText[],
  grid: Grid,
  lineTexts: (texts: readonly PrintedText[]) => string,
): RuledRow[] {
  const regions = new Map<string, { column: number; row: number; last: number; texts: PrintedText[] }>()
  for (const text of texts) {
    const { x, y } = centreOf(text)
    const spanX = grid.horizontals
      .filter(rule => rule.x1 - NEAR <= x && x <= rule.x2 + NEAR)
      .map(rule => rule.y1)
    const spanY = grid.verticals
      .filter(rule => rule.y1 - NEAR <= y && y <= rule.y2 + NEAR)
      .map(rule => rule.x1)
    const column = indexOf(grid.xs, Math.max(...spanY.filter(value => value <= x)))
    const row = indexOf(grid.ys, Math.max(...spanX.filter(value => value <= y)))
    const last = indexOf(grid.ys, Math.min(...spanX.filter(value => value > y))) - 1
    const region = regions.get(`${column} ${row}`) ?? { column, row, last: Math.max(row, last), texts: [] }
    region.texts.push(text)
    regions.set(`${column} ${row}`, region)
  }
  const rows = grid.ys.slice(0, -1).map(() => grid.xs.slice(0, -1).map(() => ''))
  const cells = [...regions.values()].map(region => ({
    ...region,
    text: lineTexts(region.texts).replaceAll('|', '｜'),
  }))
  for (const { column, row, text } of cells) {
    const own = rows[row]
    if (own) own[column] = text
  }
  // What is merged over rows stands beside each of them.
  for (const { column, row, last, text } of cells) {
    for (const below of rows.slice(row + 1, last + 1)) below[column] ||= text
  }
  const used = grid.xs.slice(0, -1).map((_, i) => rows.some(cells => cells[i] !== ''))
  const size = Math.max(...texts.map(text => text.size))
  return rows.flatMap((cells, i) => {
    const shown = cells.filter((_, column) => used[column])
    if (shown.every(cell => cell === '')) return []
    return [{ cells: shown, y: grid.ys[i] ?? 0, left: grid.xs[0] ?? 0, right: grid.xs.at(-1) ?? 0, size }]
  })
}

function indexOf(edges: readonly number[], value: number): number {
  if (!Number.isFinite(value)) return value > 0 ? edges.length - 1 : 0
  return Math.max(
    0,
    edges.findLastIndex(edge => edge <= value + 0.01),
  )
}
