import type { CheerioAPI } from 'cheerio'
import type { HtmlElement } from '../html-element.ts'
import type { Matrix, SetText } from '../printed/oriented-texts.ts'
import { numbersOf, POINTS_PER_MILLIMETRE } from './ofd-numbers.ts'

/** Every TextCode of a page as text set in points, broken where its letters stand apart. */
export function setTextsOf($: CheerioAPI): SetText[] {
  return $('TextObject, ofd\\:TextObject')
    .toArray()
    .flatMap(object => textsOfObject($, object))
}

function textsOfObject($: CheerioAPI, object: HtmlElement): SetText[] {
  if (object.attribs.Visible === 'false') return []
  const [left = 0, top = 0] = numbersOf(object.attribs.Boundary)
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(object.attribs.CTM)
  const size = Number(object.attribs.Size ?? 0) * Number(object.attribs.HScale ?? 1)
  const tall = Number(object.attribs.Size ?? 0)
  const codes = $(object).children('TextCode, ofd\\:TextCode').toArray()
  let x = 0
  let y = 0
  return codes.flatMap(code => {
    // A place that is not told is that of the code before.
    x = Number(code.attribs.X ?? x)
    y = Number(code.attribs.Y ?? y)
    const runs = runsOf($(code).text(), x, y, size, deltas(code.attribs.DeltaX), deltas(code.attribs.DeltaY))
    return runs.map(run => {
      const place: [number, number] = [left + a * run.x + c * run.y + e, top + b * run.x + d * run.y + f]
      const matrix = [a * tall, b * tall, c * tall, d * tall, ...place].map(
        value => value * POINTS_PER_MILLIMETRE,
      )
      return {
        text: run.text,
        width: run.width * Math.hypot(a, b) * POINTS_PER_MILLIMETRE,
        matrix: matrix as Matrix,
      }
    })
  })
}

type Run = { text: string; x: number; y: number; width: number }

function runsOf(text: string, x: number, y: number, size: number, stepsX: number[], stepsY: number[]): Run[] {
  const runs: Run[] = []
  let at = { x, y }
  let run: Run = { text: '', ...at, width: 0 }
  for (const [i, sign] of [...text.replace(/[\r\n]/g, '')].entries()) {
    const wide = /[\u2e80-\uffff]|[\u{20000}-\u{3ffff}]/u.test(sign)
    const width = size * (wide ? 1 : 0.5)
    const end = run.x + run.width
    if (
      run.text !== '' &&
      (Math.abs(at.y - run.y) > size * 0.4 || at.x - end > size * 0.6 || at.x < end - size)
    ) {
      runs.push(run)
      run = { text: '', ...at, width: 0 }
    }
    run = { ...run, text: run.text + sign, width: at.x - run.x + width }
    at = { x: at.x + (stepsX[i] ?? (stepsY.length > 0 ? 0 : width)), y: at.y + (stepsY[i] ?? 0) }
  }
  return run.text.trim() === '' ? runs : [...runs, run]
}

/** `5 5 g 3 2.5`: after `g` stand how often, and what. */
function deltas(value: string | undefined): number[] {
  const parts = (value ?? '')
    .trim()
    .split(/\s+/)
    .filter(part => part !== '')
  const steps: number[] = []
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === 'g') {
      const times = Math.min(Number(parts[i + 1]) || 0, 100_000)
      steps.push(...Array.from({ length: times }, () => Number(parts[i + 2])))
      i += 2
    } else {
      steps.push(Number(parts[i]))
    }
  }
  return steps
}
