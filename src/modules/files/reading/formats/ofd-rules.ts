import type { CheerioAPI } from 'cheerio'
import { type Corner, type Rule, rulesOfCorners } from '../printed/rules.ts'
import { numbersOf, POINTS_PER_MILLIMETRE } from './ofd-numbers.ts'

/** How many numbers stand behind each letter of a path (GB/T 33190, 9.1). */
const NUMBERS: Record<string, number> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 }

/** The straight lines that a page draws, in points: what its tables are ruled with. */
export function ofdRules($: CheerioAPI): Rule[] {
  return $('PathObject, ofd\\:PathObject')
    .toArray()
    .flatMap(({ attribs }, i, all) => {
      const [left = 0, top = 0] = numbersOf(attribs.Boundary)
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(attribs.CTM)
      const path = $(all[i]).children('AbbreviatedData, ofd\\:AbbreviatedData').text()
      return cornersOf(path).flatMap(corners =>
        rulesOfCorners(
          corners.map(([x, y]): Corner => {
            const place = [left + a * x + c * y + e, top + b * x + d * y + f] as const
            return [place[0] * POINTS_PER_MILLIMETRE, place[1] * POINTS_PER_MILLIMETRE]
          }),
          attribs.Stroke !== 'false',
        ),
      )
    })
}

function cornersOf(path: string): Corner[][] {
  const paths: Corner[][] = []
  const parts = path.trim().split(/\s+/)
  for (let i = 0; i < parts.length; ) {
    const letter = parts[i++] ?? ''
    const count = NUMBERS[letter] ?? 0
    const corner: Corner = [Number(parts[i + count - 2]), Number(parts[i + count - 1])]
    const current = paths.at(-1)
    if (letter === 'S' || letter === 'M') paths.push([corner])
    else if (letter === 'L') current?.push(corner)
    else if (letter === 'C' && current?.[0]) current.push(current[0])
    i += count
  }
  return paths
}
