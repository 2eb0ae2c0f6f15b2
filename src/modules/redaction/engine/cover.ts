import type { Box } from './box.ts'
import { spokenLabel } from './box.ts'
import { type Line, piecesOf } from './page.ts'
import type { LayerWord } from './pdf-writer.ts'
import type { Rect, Sign } from './pdfium.ts'

export interface Covered {
  /** What is burnt: the box, and all of every sign that it touches, so that no half sign can be read. */
  places: { rect: Rect; box: Box }[]
  /** What may be said outside the boxes, in the order of reading, with the label of a box where it stands. */
  paragraphs: LayerWord[][]
}

/** Parts the signs of a page into those that go and those that stay. Unseen signs stay nowhere. */
export function cover(lines: readonly Line[], boxes: readonly Box[]): Covered {
  const burnt = new Map<Box, Rect>(boxes.map(box => [box, box.rect]))
  const gone = new Set<Sign>()
  for (const line of lines)
    for (const sign of line.signs) {
      if (sign.text === ' ') continue
      const core = coreOf(sign.rect)
      for (const box of boxes)
        if (meet(core, box.rect)) {
          gone.add(sign)
          burnt.set(box, union(burnt.get(box) ?? box.rect, sign.rect))
        }
    }
  // What was burnt may have grown over a neighbour: it goes too, else the text would say what nobody sees
  const places = [...burnt].map(([box, rect]) => ({ box, rect }))
  for (const line of lines)
    for (const sign of line.signs)
      if (sign.text !== ' ' && places.some(one => meet(coreOf(sign.rect), one.rect))) gone.add(sign)
  const said = new Set<Box>()
  const rows = lines.flatMap(line => {
    const row: LayerWord[] = []
    for (const piece of piecesOf(line)) row.push(...partsOf(piece, gone, places, said))
    const last = row.at(-1)
    if (last) last.blank = false
    return row.length > 0 ? [{ words: row, rect: rectOfWords(row) }] : []
  })
  for (const { box, rect } of places)
    if (!said.has(box)) rows.push({ words: [{ text: spokenLabel(box.ground), rect, blank: false }], rect })
  return { places, paragraphs: paragraphsOf(rows) }
}

function partsOf(
  piece: readonly Sign[],
  gone: ReadonlySet<Sign>,
  places: Covered['places'],
  said: Set<Box>,
): LayerWord[] {
  const words: LayerWord[] = []
  let run: Sign[] = []
  const close = () => {
    const drawn = run.filter(sign => sign.drawn)
    if (drawn.length > 0)
      words.push({ text: drawn.map(one => one.text).join(''), rect: rectOf(drawn), blank: false })
    run = []
  }
  for (const sign of piece) {
    if (!gone.has(sign)) {
      run.push(sign)
      continue
    }
    close()
    const place = places.find(one => meet(coreOf(sign.rect), one.rect))
    if (place && !said.has(place.box)) {
      said.add(place.box)
      words.push({ text: spokenLabel(place.box.ground), rect: place.rect, blank: false })
    }
  }
  close()
  const last = words.at(-1)
  if (last && isLatin(last.text)) last.blank = true
  return words
}

const isLatin = (text: string) => /[\x21-\x7e]$/.test(text)

/** Lines that follow closely are one paragraph, so that a reader hears sentences and not lines. */
function paragraphsOf(rows: readonly { words: LayerWord[]; rect: Rect }[]): LayerWord[][] {
  const paragraphs: LayerWord[][] = []
  let before: Rect | null = null
  for (const { words, rect } of rows) {
    const follows =
      before !== null &&
      rect.top >= before.top &&
      rect.top - (before.top + before.height) < 0.9 * before.height &&
      rect.left <= before.left + 1
    const last = paragraphs.at(-1)
    if (follows && last) last.push(...words)
    else paragraphs.push([...words])
    before = rect
  }
  return paragraphs
}

/** The middle of a sign: boxes of neighbouring lines and letters touch, what is written in them does not. */
export function coreOf({ left, top, width, height }: Rect): Rect {
  return { left: left + width * 0.2, top: top + height * 0.25, width: width * 0.6, height: height * 0.5 }
}

export const meet = (one: Rect, other: Rect): boolean =>
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height

function union(one: Rect, other: Rect): Rect {
  const left = Math.min(one.left, other.left)
  const top = Math.min(one.top, other.top)
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  }
}

const rectOf = (signs: readonly Sign[]): Rect => signs.map(one => one.rect).reduce(union)
const rectOfWords = (words: readonly LayerWord[]): Rect => words.map(one => one.rect).reduce(union)
