import type { Bitmap, Rect, Sign } from './pdfium.ts'

/** One page of a file that is to be redacted: what is seen, and the signs of its lines with their places. */
export interface PageRead {
  number: number
  /** In points. */
  width: number
  height: number
  picture: Bitmap
  lines: Line[]
  /** Signs that the file holds and nobody sees: they go nowhere. */
  unseen: number
}

/** Signs that stand in one line, in their order of reading. */
export interface Line {
  signs: Sign[]
}

/** A word as the desk shows it and chooses it. */
export interface Word {
  text: string
  line: number
  rect: Rect
}

/** What a file holds and its pages do not show, for the person who redacts. */
export interface LeftOut {
  place: string
  what: string
}

/** A file as pages. Read one page after the other: each is thrown away before the next. */
export interface Pages {
  count: number
  leftOut: readonly LeftOut[]
  read(number: number): Promise<PageRead>
  close(): void
}

/** Pixels of a point: 150 dots an inch, good to read and to print, and a hundred pages stay a file one can send. */
const usualScale = 150 / 72
const mostPixels = 9_000_000

export function pixelsOf(width: number, height: number): { width: number; height: number; scale: number } {
  const scale = Math.min(usualScale, Math.sqrt(mostPixels / Math.max(1, width * height)))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    scale,
  }
}

/** Signs in the order in which the file writes them → lines; blanks that the reader put in stand between words. */
export function linesOf(signs: readonly Sign[]): Line[] {
  const lines: Line[] = []
  let line: Sign[] = []
  const close = () => {
    while (line.at(-1)?.text === ' ') line.pop()
    if (line.length > 0) lines.push({ signs: line })
    line = []
  }
  for (const sign of signs) {
    if (/[\r\n]/.test(sign.text)) {
      close()
      continue
    }
    const blank = sign.text.trim() === '' || /\p{Cc}|\p{Cf}|\ufffe/u.test(sign.text)
    if (blank) {
      if (line.length > 0 && line.at(-1)?.text !== ' ') line.push({ ...sign, text: ' ' })
      continue
    }
    const before = line.findLast(one => one.text !== ' ')
    if (before && !besides(before.rect, sign.rect)) close()
    line.push(sign)
  }
  close()
  return lines
}

const besides = (one: Rect, other: Rect) => {
  const overlap = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
  return overlap > 0.3 * Math.min(one.height, other.height) && other.left > one.left - 1
}

const segments = new Intl.Segmenter('zh', { granularity: 'word' })

export const textOfLine = (line: Line): string => line.signs.map(sign => sign.text).join('')

/** The words of the lines; punctuation stands with the word before it. */
export function wordsOf(lines: readonly Line[]): Word[] {
  return lines.flatMap((line, at) =>
    piecesOf(line).map(signs => ({
      text: signs.map(one => one.text).join(''),
      line: at,
      rect: rectOf(signs),
    })),
  )
}

/** The signs of a line, word by word, without the blanks. */
export function piecesOf(line: Line): Sign[][] {
  const pieces: Sign[][] = []
  let at = 0
  const starts = line.signs.map(sign => {
    const start = at
    at += sign.text.length
    return start
  })
  for (const { segment, index, isWordLike } of segments.segment(textOfLine(line))) {
    if (segment.trim() === '') continue
    const signs = line.signs.filter((_, i) => {
      const start = starts[i] as number
      return start >= index && start < index + segment.length
    })
    const visible = signs.filter(one => one.text !== ' ')
    if (visible.length === 0) continue
    const last = pieces.at(-1)
    const joined =
      !isWordLike && last && line.signs[line.signs.indexOf(visible[0] as Sign) - 1] === last.at(-1)
    if (joined) last.push(...visible)
    else pieces.push(visible)
  }
  return pieces
}

export function rectOf(signs: readonly { rect: Rect }[]): Rect {
  const left = Math.min(...signs.map(one => one.rect.left))
  const top = Math.min(...signs.map(one => one.rect.top))
  return {
    left,
    top,
    width: Math.max(...signs.map(one => one.rect.left + one.rect.width)) - left,
    height: Math.max(...signs.map(one => one.rect.top + one.rect.height)) - top,
  }
}
