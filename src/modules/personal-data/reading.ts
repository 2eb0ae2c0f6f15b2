import type { Around } from './finding.ts'

/**
 * A text as detection reads it: full-width figures and letters as half-width ones, invisible signs left out, with the way back to
 * where each sign stood.
 */
export interface Reading {
  text: string
  around: Around
  /** Place in the given text of the sign at this place. */
  placeOf(at: number): number
}

export function readingOf(given: string, around: Around): Reading {
  const places: number[] = []
  let text = ''
  for (let at = 0; at < given.length; at++) {
    const sign = given[at] ?? ''
    // Zero-width signs and soft hyphens tear a number apart for a program, not for a reader
    if (/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(sign)) continue
    text += halfWidth(sign)
    places.push(at)
  }
  return { text, around, placeOf: at => places[at] ?? given.length }
}

/** One sign for one sign, so that places stay. */
function halfWidth(sign: string): string {
  const code = sign.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (/[\u00a0\u2000-\u200a\u202f\u3000]/.test(sign)) return ' '
  if (/[\u2010-\u2015\u2212\u00ad]/.test(sign)) return '-'
  return sign
}

/** The words before a place within its sentence, and the head of its column: what the number is said to be. */
export function labelOf({ text, around }: Reading, at: number, far = 18): string {
  const before = text.slice(Math.max(0, at - far), at)
  const from = Math.max(...['。', ';', '\n', '!', '?'].map(sign => before.lastIndexOf(sign))) + 1
  return `${around.head ?? ''} ${before.slice(from)}`
}

/** Which of the words stands last before the place; the head of the column counts when none does. */
export function nearest(label: string, words: RegExp): number {
  let last = -1
  for (const found of label.matchAll(new RegExp(words, 'g'))) last = found.index + found[0].length
  return last
}

/** Figures in groups: blanks and hyphens between them, as people write long numbers. At most five breaks. */
export const ungrouped = (text: string) => text.replace(/[\s\-·]/g, '')

/** Whether the table is one of persons: a column of names and nothing that makes it a list of offices. */
export function listsPersons({ heads = [] }: Around): boolean {
  return (
    heads.some(head =>
      /姓\s*名|户主|申请人|当事人|学生|监护人|受助人|救助对象|保障对象|承租人|被征收人|业主|患者/.test(head),
    ) && !heads.some(head => /职务|科室|内设机构|办公室|服务窗口|网点|岗位职责/.test(head))
  )
}
