import { linesOfPage, type PrintedLine, type PrintedPage } from './printed-page.ts'
import { tableRowsAt } from './printed-table.ts'
import { withoutRunningLines } from './running-lines.ts'

/** The edges between which the lines of one column run, and the size and distance of its ordinary lines. */
type Column = { left: number; right: number; size: number; pitch: number }

/** Lines that all end before this part of the page are a list, not a paragraph. */
const NARROWEST = 0.6

/** Pages → text: one line a paragraph, an empty line where the print leaves a gap, tables as `| a | b |`. */
export function textOfPages(pages: readonly PrintedPage[]): string {
  const lines = withoutRunningLines(
    pages.map((page, i) => linesOfPage(page, i)),
    pages,
  )
  const width = Math.max(0, ...pages.map(page => page.width))
  const columns = new Map(
    [0, 1, 2].map(column => {
      const own = lines.filter(line => line.column === column && !line.cells)
      return [column, columnOf(own, column === 0 ? width * NARROWEST : 0)]
    }),
  )
  const text: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    const previous = lines[i - 1]
    if (!line) continue
    const rows = tableRowsAt(lines, i)
    const column = columns.get(line.column)
    if (previous && gapBetween(previous, line, column)) text.push('')
    if (rows.length > 0) {
      // The head of a table returns on every page.
      text.push(...rows.filter((row, at) => at === 0 || row !== rows[0]))
      i += rows.length - 1
    } else if (previous && continues(previous, line, columns) && text.length > 0) {
      text.push(joined(text.pop() ?? '', textOf(line)))
    } else {
      text.push(textOf(line))
    }
  }
  return text.join('\n')
}

const textOf = (line: PrintedLine) => line.segments.map(segment => tight(segment.text)).join('　')

/** Printers leave a little air between Chinese and other letters, and after signs; nobody wrote a blank there. */
function tight(text: string): string {
  return text.replace(AIR, '')
}

const CHINESE = '\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef'
const AIR = new RegExp(
  `(?<=[${CHINESE}]) (?=[!-~])|(?<=[!-~]) (?=[${CHINESE}])|(?<=[，。、；：）》」”]) `,
  'g',
)

function columnOf(lines: readonly PrintedLine[], leastRight: number): Column {
  const size = mostFrequent(
    lines,
    line => Math.round(line.size * 2) / 2,
    line => line.right - line.x,
  )
  const ordinary = lines.filter(line => Math.abs(line.size - size) <= size * 0.12)
  const left = mostFrequent(
    ordinary,
    line => Math.round((line.x / size) * 4) * (size / 4),
    () => 1,
  )
  const pitches = ordinary.flatMap((line, i) => {
    const next = ordinary[i + 1]
    return next && next.page === line.page && next.y > line.y ? [next.y - line.y] : []
  })
  pitches.sort((a, b) => a - b)
  return {
    left,
    right: Math.max(leastRight, rightEdge(ordinary, size)),
    size,
    pitch: pitches[pitches.length >> 1] ?? size * 2,
  }
}

/** The furthest edge at which at least two lines end: a single long line may be a table or a note in the margin. */
function rightEdge(lines: readonly PrintedLine[], size: number): number {
  const rights = lines.map(line => line.right).sort((a, b) => b - a)
  const enough = Math.max(2, Math.ceil(rights.length * 0.05))
  const found = rights.find(
    (right, i) => right - (rights[i + enough - 1] ?? Number.NEGATIVE_INFINITY) <= size * 1.5,
  )
  return found ?? rights[0] ?? 0
}

function mostFrequent(
  lines: readonly PrintedLine[],
  measure: (line: PrintedLine) => number,
  weigh: (line: PrintedLine) => number,
): number {
  const weights = new Map<number, number>()
  let best = lines[0] ? measure(lines[0]) : 0
  for (const line of lines) {
    const value = measure(line)
    const weight = (weights.get(value) ?? 0) + weigh(line)
    weights.set(value, weight)
    if (weight > (weights.get(best) ?? 0)) best = value
  }
  return best
}

/** A line that reaches the right edge goes on in the next, unless that one is indented or of another size. */
function continues(line: PrintedLine, next: PrintedLine, columns: ReadonlyMap<number, Column>): boolean {
  const [here, there] = [columns.get(line.column), columns.get(next.column)]
  if (!here || !there || line.segments.length !== 1 || next.segments.length !== 1) return false
  if (Math.abs(line.size - next.size) > line.size * 0.12) return false
  if (isTitle(line, here)) return isTitle(next, there) && isNextTitleLine(line, next)
  const below = line.page === next.page && line.column === next.column
  if (below && (next.y <= line.y || next.y - line.y > here.pitch * 1.7)) return false
  const words = /[a-z,]$/i.test(textOf(line)) && /^[a-z]/i.test(textOf(next))
  const slack = words ? (here.right - here.left) * 0.15 : line.size * 1.6
  if (line.right < here.right - slack || next.x > there.left + line.size) return false
  return !(/[。；;：:]$/.test(textOf(line)) && STARTS.test(textOf(next)))
}

/** Larger than the text and in the middle: the lines of a title are broken by sense, far from the right edge. */
function isTitle(line: PrintedLine, { left, right, size }: Column): boolean {
  const aside = Math.abs(line.x + line.right - left - right) / 2
  return line.size > size * 1.15 && aside < line.size * 1.2
}

function isNextTitleLine(line: PrintedLine, next: PrintedLine): boolean {
  const close = next.page === line.page && next.y - line.y < line.size * 2.2
  return close && !STARTS.test(textOf(next)) && !STARTS.test(textOf(line))
}

/** What opens a paragraph even where paragraphs are not indented. */
const STARTS =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|第[一二三四五六七八九十百]+[条章节]|[0-9]+[.．、]|附\s*件)/

function gapBetween(line: PrintedLine, next: PrintedLine, column: Column | undefined): boolean {
  if (line.page !== next.page || line.column !== next.column) return false
  return (
    next.y - line.y > (column?.pitch ?? line.size) * 1.7 || Math.abs(line.size - next.size) > line.size * 0.2
  )
}

function joined(text: string, next: string): string {
  return /[a-z0-9,.;]$/i.test(text) && /^[a-z]/i.test(next) ? `${text} ${next}` : text + next
}
