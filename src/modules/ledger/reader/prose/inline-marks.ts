import type { Line } from '../lines.ts'
import { type Mark, type MarkKind, readMark } from '../numbering.ts'

/** A line, or the part of one that begins with a number of its own. */
export type ProseLine = Line & { mark: Mark | null; inline: boolean }

const HAN = '[一二三四五六七八九十]{1,3}'
/** Where inside a line an item may begin: behind the end of a sentence or of a bracket. */
const WITHIN = new RegExp(
  `(?<=[。！？!?；;）)】”])[\\s\\u3000]*(?=[（(]${HAN}[）)](?![条款项])|${HAN}、(?!${HAN}[级类线产期季])|[0-9]{1,2}[.．、](?![0-9]))`,
  'g',
)
const FIRST_OF_LIST = /(?<=[：:])\s*(?=1[.．、](?![0-9]))/
const LONG = 24

/**
 * Lines with their numbers. Where a text ran together, an item also begins inside a line: only behind the end of a
 * sentence and only if it goes on counting, so that numbers in running text stay text.
 */
export function proseLines(lines: readonly (Line | null)[]): (ProseLine | null)[] {
  const counted = new Map<MarkKind, number>()
  const out: (ProseLine | null)[] = []
  for (const line of lines) {
    if (line === null) {
      counted.clear()
      out.push(null)
      continue
    }
    const mark = readMark(line.text)
    if (mark) counted.set(mark.kind, mark.value)
    const cuts = line.text.length < LONG ? [] : cutsIn(line.text, counted)
    let from = 0
    for (const cut of [...cuts, line.text.length]) {
      const raw = line.text.slice(from, cut)
      const text = raw.trim()
      const start = line.start + from + (raw.length - raw.trimStart().length)
      if (text !== '' || from === 0)
        out.push({
          text,
          start,
          end: start + text.length,
          mark: from === 0 ? mark : readMark(text),
          inline: from > 0,
        })
      from = cut
    }
  }
  return out
}

function cutsIn(text: string, counted: Map<MarkKind, number>): number[] {
  const cuts: number[] = []
  const opening = FIRST_OF_LIST.exec(text)
  if (opening && /[。）)]\s*2[.．、](?![0-9])/.test(text.slice(opening.index))) {
    cuts.push(opening.index + opening[0].length)
    counted.set('arabic', 1)
  }
  for (const match of text.matchAll(WITHIN)) {
    const at = match.index + match[0].length
    const mark = readMark(text.slice(at, at + 12))
    if (!mark || insideBracket(text, at)) continue
    const before = text[match.index - 1] ?? ''
    if (mark.kind === 'arabic' && /[；;”]/.test(before)) continue
    if (!goesOn(mark, counted)) continue
    counted.set(mark.kind, mark.value)
    cuts.push(at)
  }
  return cuts
}

function goesOn(mark: Mark, counted: Map<MarkKind, number>): boolean {
  const last = counted.get(mark.kind)
  return last !== undefined && mark.value === last + 1 ? true : mark.value === 1
}

/** A number behind a full stop inside brackets belongs to what the bracket says; brackets are short. */
function insideBracket(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at)
  const open = Math.max(before.lastIndexOf('（'), before.lastIndexOf('('))
  const close = Math.max(before.lastIndexOf('）'), before.lastIndexOf(')'))
  return open > close
}
