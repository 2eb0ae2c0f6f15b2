import { isDeadlineOnly } from '../deadlines.ts'
import { type Mark, readMark } from '../numbering.ts'
import { looksLikeUnits } from '../units-printed/assignment.ts'
import type { ColumnKind } from './columns.ts'

/** What a line of a flattened table looks like, before anybody knows which column it stood in. */
export type Look = {
  text: string
  empty: boolean
  mark: Mark | null
  number: boolean
  units: boolean
  /** One name only, as in a list with one name a line. */
  single: boolean
  time: boolean
  heading: boolean
  done: boolean
}

const DONE =
  /^(?:已|完成|未完成|正在|按时序|序时|持续|进行中|推进中|基本完成|全部完成|截至|目前|常态化)|已(?:完成|建立|公开|设立|设置|按|经|更新|调整|发布|开展)|截至目前|目前已|共(?:发布|公开|召开|开展|办理)|(?<![0-9])[0-9]{1,9}余?[条次期件场篇个]/

export function lookAt(text: string): Look {
  const mark = readMark(text)
  const units =
    text.length <= 400 &&
    !/[。；]./.test(text) &&
    (mark === null || mark.kind === 'arabic') &&
    text.length >= 2 &&
    looksLikeUnits(text)
  return {
    text,
    empty: text === '',
    mark,
    number: /^[0-9０-９]{1,3}(?:[.．-][0-9]{1,2})?[.．、]?$/.test(text),
    units,
    single: units && !/[、，,；;\s]/.test(text.replace(/[（(][^）)]*[）)]/g, '')) && !/^各/.test(text),
    time: text.length <= 40 && isDeadlineOnly(text),
    heading:
      mark !== null &&
      OUTER.has(mark.kind) &&
      text.length <= 70 &&
      !/[。；]$/.test(text.slice(0, -1).includes('。') ? '。' : text),
    done: DONE.test(text),
  }
}

const OUTER = new Set(['part', 'chapter', 'section', 'han', 'named', 'han-bracket'])

/** How badly a line fits a column: 0 well. */
export function misfit(look: Look, kind: ColumnKind): number {
  const { text, empty, number, units, time } = look
  switch (kind) {
    case 'no':
      return number ? 0 : empty ? 0.6 : look.mark && text.length <= 5 ? 0.2 : 8
    case 'lead':
    case 'responsible':
      if (empty) return 0.3
      if (units) return look.mark ? 2 : 0
      if (number) return 6
      return text.length > 60 || /。/.test(text) ? 9 : text.length <= 12 && !look.mark ? 2.5 : 6
    case 'due':
      if (time) return 0
      if (empty) return 0.3
      return text.length <= 30 && /[年月日季周]|长期|持续|常态|完成/.test(text) ? 1.5 : units ? 6 : 7
    case 'person':
      return empty ? 0.3 : /^[\u4e00-\u9fff·\s、，]{2,16}$/.test(text) && !units ? 0.3 : 5
    case 'note':
      return empty ? 0.2 : 1.5
    case 'chapter':
      return empty ? 0.5 : number || time ? 5 : text.length > 40 || /。/.test(text) ? 4 : units ? 3 : 0.5
    case 'progress':
      if (empty) return 0.3
      return number ? 5 : units ? 5 : look.done ? 0 : time ? 3 : 0.9
    default:
      if (empty) return 0.7
      if (number) return 6
      if (time) return 4
      return units ? 4 : text.length < 6 ? 1.5 : 0
  }
}

export function misfitAsChapter(look: Look): number {
  if (look.empty) return 0.2
  if (look.heading) return 0
  if (look.number || look.units || look.time) return 8
  return look.text.length <= 24 && !/[。；，、]/.test(look.text) ? 4.5 : 9
}

/** What it costs that a cell of this column is not there. */
export function missing(kind: ColumnKind): number {
  if (kind === 'note') return 0.2
  if (kind === 'no' || kind === 'person' || kind === 'chapter' || kind === 'progress') return 0.6
  return kind === 'due' ? 0.8 : 1.6
}
