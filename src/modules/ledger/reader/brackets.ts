/** A pair of round or corner brackets; `start` and `end` include the signs, `closed` is false where the line ended first. */
type Bracketed = { start: number; end: number; inner: string; innerStart: number; closed: boolean }

const PAIRS: Record<string, string> = {
  '（': '）',
  '(': ')',
  '【': '】',
  '[': ']',
  '［': '］',
  '〔': '〕',
  '〖': '〗',
}
const OPENING = new Set(Object.keys(PAIRS))
const CLOSING = new Set(Object.values(PAIRS))
/** Round brackets of both widths stand for each other: `（…)` is met in print. */
const ROUND = new Set(['）', ')'])

/**
 * The outermost brackets of one line, in one pass. What stands in 《》 is a title and opens none. An opening bracket that
 * is never closed reaches to the end of the line.
 */
export function bracketsIn(line: string): Bracketed[] {
  const found: Bracketed[] = []
  const open: { at: number; close: string }[] = []
  let inTitle = 0
  const take = (start: number, end: number, closed: boolean) =>
    found.push({
      start,
      end,
      inner: line.slice(start + 1, closed ? end - 1 : end),
      innerStart: start + 1,
      closed,
    })

  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? ''
    if (sign === '《') inTitle++
    else if (sign === '》') inTitle = Math.max(0, inTitle - 1)
    else if (inTitle > 0) continue
    else if (OPENING.has(sign)) open.push({ at, close: PAIRS[sign] ?? '' })
    else if (CLOSING.has(sign)) {
      // 〔201536号) lost its own end: the bracket around it still closes.
      const depth = open.findLastIndex(({ close }) => close === sign || (ROUND.has(close) && ROUND.has(sign)))
      const fits = open[depth]
      if (!fits) continue
      open.length = depth
      if (depth === 0) take(fits.at, at + 1, true)
    }
  }
  const [outer] = open
  if (outer) {
    // What was closed inside an open bracket is better than a bracket without end, but for the last one.
    const last = open.at(-1) ?? outer
    take(last.at, line.length, false)
  }
  return found
}
