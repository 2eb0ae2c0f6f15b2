/** One line of the text with its place. */
export type Line = { text: string; start: number; end: number }

export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (;;) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    lines.push({ text: text.slice(start, end), start, end })
    if (next === -1) return lines
    start = next + 1
  }
}
