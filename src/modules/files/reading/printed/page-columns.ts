import type { PrintedText } from './printed-page.ts'

export type PageColumns = { across: PrintedText[]; left: PrintedText[]; right: PrintedText[] }

const FEWEST_LINES = 8

/**
 * The two columns of running text on a page, and what goes across both; null for a page without. A table has gaps one
 * above the other too, but its cells do not fill their columns.
 */
export function columnsOf(texts: readonly PrintedText[], width: number): PageColumns | null {
  for (let at = 0.5; at <= 0.6; at += 0.01) {
    for (const gutter of [width * at, width * (1 - at)]) {
      const columns = parted(texts, gutter)
      if (columns && isFull(columns.left) && isFull(columns.right)) return columns
    }
  }
  return null
}

function parted(texts: readonly PrintedText[], gutter: number): PageColumns | null {
  const across = new Set(texts.filter(text => text.x < gutter - 2 && text.x + text.width > gutter + 2))
  const right = texts.filter(text => !across.has(text) && text.x + text.width / 2 > gutter)
  const left = texts.filter(text => !across.has(text) && text.x + text.width / 2 <= gutter)
  if (across.size > texts.length * 0.1) return null
  return { across: [...across], left, right }
}

/** Most lines reach from edge to edge of the column. */
function isFull(texts: readonly PrintedText[]): boolean {
  const lines = new Map<number, { from: number; to: number }>()
  for (const { x, y, width, size } of texts) {
    const key = Math.round(y / size)
    const line = lines.get(key) ?? { from: x, to: x + width }
    lines.set(key, { from: Math.min(line.from, x), to: Math.max(line.to, x + width) })
  }
  if (lines.size < FEWEST_LINES) return false
  const from = Math.min(...[...lines.values()].map(line => line.from))
  const to = Math.max(...[...lines.values()].map(line => line.to))
  const full = [...lines.values()].filter(line => line.to - line.from > (to - from) * 0.8)
  return full.length >= lines.size * 0.55
}
