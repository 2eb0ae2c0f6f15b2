import type { PrintedText } from './printed-page.ts'

/** Text with the matrix that sets it on the page: turned by `a b c d`, moved to `e f`. */
export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number]
export type SetText = { text: string; width: number; matrix: Matrix }

/**
 * Texts as they are read when the page is held the right way up: a wide table is often set sideways. What stands
 * aslant is a watermark and left out.
 */
export function orientedTexts(texts: readonly SetText[]): PrintedText[] {
  const turns = texts.map(({ matrix: [a, b] }) => (((Math.atan2(b, a) * 2) / Math.PI) % 4) + 4)
  const letters = [0, 0, 0, 0]
  for (const [i, turn] of turns.entries()) {
    const quarter = Math.round(turn) % 4
    if (Math.abs(turn - Math.round(turn)) < 0.05)
      letters[quarter] = (letters[quarter] ?? 0) + (texts[i]?.text.length ?? 0)
  }
  const main = letters.indexOf(Math.max(...letters))
  return texts.flatMap((text, i) => {
    const turn = turns[i] ?? 0
    if (Math.abs(turn - Math.round(turn)) >= 0.05 || Math.round(turn) % 4 !== main) return []
    const [, , c, d, e, f] = text.matrix
    const [x, y] = main === 0 ? [e, f] : main === 1 ? [f, -e] : main === 2 ? [-e, -f] : [-f, e]
    return [{ text: text.text, width: text.width, x, y, size: Math.hypot(c, d) }]
  })
}
