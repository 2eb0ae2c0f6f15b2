import { findPersonalData } from '#modules/personal-data'
import { type Line, type PageRead, rectOf, textOfLine } from './engine/page.ts'
import type { Rect } from './engine/pdfium.ts'

export interface FoundPlace {
  page: number
  rect: Rect
  /** What it is, masked. */
  note: string
}

/** Where personal data stand on a page: what detection finds in its lines, as places. */
export function personalPlaces(page: Pick<PageRead, 'number' | 'lines'>): FoundPlace[] {
  return page.lines.flatMap(line =>
    findPersonalData(textOfLine(line)).flatMap(found => {
      const rect = placeIn(line, found.at, found.end)
      return rect ? [{ page: page.number, rect, note: found.masked }] : []
    }),
  )
}

/** The signs of a part of a line's text, as one place. */
export function placeIn(line: Line, from: number, to: number): Rect | null {
  let at = 0
  const signs = line.signs.filter(sign => {
    const start = at
    at += sign.text.length
    return start < to && at > from && sign.text !== ' '
  })
  return signs.length > 0 ? rectOf(signs) : null
}
