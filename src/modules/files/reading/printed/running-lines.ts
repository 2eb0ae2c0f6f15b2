import type { PrintedLine, PrintedPage } from './printed-page.ts'

const PAGE_NUMBER =
  /^(?:[-—－–―_·•\s]*[0-9０-９]{1,4}[-—－–―_·•\s]*|第\s*[0-9０-９一二三四五六七八九十百]{1,5}\s*页(?:\s*[，,/／]?\s*共\s*[0-9０-９一二三四五六七八九十百]{1,5}\s*页)?|[0-9]{1,4}\s*[/／]\s*[0-9]{1,4}|page\s*[0-9]{1,4}(?:\s*of\s*[0-9]{1,4})?|[ivxIVX]{1,6})$/i

/** Page numbers stand in this part of the height at either end. */
const MARGIN = 0.14

/** The lines of all pages without page numbers, and without heads and feet that return on page after page. */
export function withoutRunningLines(
  pages: readonly PrintedLine[][],
  sizes: readonly PrintedPage[],
): PrintedLine[] {
  const outer = pages.map((lines, i) => {
    const height = sizes[i]?.height ?? 0
    const ends = [lines[0], lines[1], lines.at(-1), lines.at(-2)]
    return new Set(
      ends
        .filter(line => line !== undefined)
        .filter(line => !line.cells)
        .filter(line => line.y < height * MARGIN || line.y > height * (1 - MARGIN)),
    )
  })
  const often = new Map<string, number>()
  for (const lines of outer) {
    for (const text of new Set([...lines].map(shape))) often.set(text, (often.get(text) ?? 0) + 1)
  }
  const returns = (line: PrintedLine) => {
    const times = often.get(shape(line)) ?? 0
    return times >= 3 && times >= pages.length * 0.4
  }
  return pages.flatMap((lines, i) =>
    lines.filter(line => !outer[i]?.has(line) || !(PAGE_NUMBER.test(textOf(line)) || returns(line))),
  )
}

const textOf = (line: PrintedLine) =>
  line.segments
    .map(segment => segment.text)
    .join(' ')
    .trim()

/** The same line on every page but for the number. */
const shape = (line: PrintedLine) => `${Math.round(line.y / 8)} ${textOf(line).replace(/[0-9０-９]+/g, '#')}`
