import type { PlainDate } from '#lib/beijing-time'

export const classes = { typo: '错别字', ocr: '识别错误', spam: '植入内容', other: '其他' } as const
export type WordClass = keyof typeof classes
export const severities = { block: '拦截', warn: '提醒' } as const
export type Severity = keyof typeof severities

/**
 * An entry of the list (S-WORD-03). Parts joined by “+” are found one after another within a few characters, “#”
 * stands for two to four figures. Exceptions are longer
 * words in which the text is right, or one of the names in `exceptionNames`.
 */
export interface WrongWord {
  text: string
  replacement: string
  severity: Severity
  class: WordClass
  exceptions: readonly string[]
  source: string
  sourceDate: PlainDate
}

/** Exceptions that name a place rather than a word; 整治语境: where the text speaks of fighting it. */
export const exceptionNames = ['引文', '文件名', '整治语境'] as const

export interface WordFound {
  word: WrongWord
  /** Where, in the text as it was given. */
  at: number
  /** As it stands there. */
  seen: string
  excerpt: string
}

/** Finds every wrong word; a place is named once, by the first entry that names it. */
export function findWrongWords(text: string, words: readonly WrongWord[]): WordFound[] {
  const plain: Reading = { text, placeOf: at => at }
  const squeezed = words.some(word => word.class === 'spam') ? squeeze(text) : plain
  const found: WordFound[] = []
  for (const word of words) {
    // Injected words are often torn apart by blanks and signs
    const reading = word.class === 'spam' ? squeezed : plain
    for (const [from, to] of placesOf(word.text.split('+'), reading.text)) {
      const at = reading.placeOf(from)
      const end = reading.placeOf(to - 1) + 1
      if (isExcepted(text, at, end, word)) continue
      if (found.some(one => one.at === at && one.word.class === word.class)) continue
      found.push({ word, at, seen: text.slice(at, end), excerpt: around(text, at, end) })
    }
  }
  return found.sort((one, other) => one.at - other.at)
}

interface Reading {
  text: string
  placeOf: (at: number) => number
}

/** The text without blanks and signs between its letters, in small letters and half-width figures. */
function squeeze(text: string): Reading {
  const places: number[] = []
  let kept = ''
  for (let at = 0; at < text.length; at++) {
    const sign = (text[at] ?? '').normalize('NFKC').toLowerCase()
    if (sign.length !== 1 || !/[\p{L}\p{N}]/u.test(sign)) continue
    kept += sign
    places.push(at)
  }
  return { text: kept, placeOf: at => places[at] ?? text.length }
}

/** Signs that may stand between two parts. */
const farthest = 12

function* placesOf(parts: readonly string[], text: string): Generator<[number, number]> {
  const [first = '', ...rest] = parts
  for (let found = findPart(first, text, 0); found; found = findPart(first, text, found[0] + 1)) {
    let end = found[1]
    const whole = rest.every(part => {
      const next = findPart(part, text, end)
      if (!next || next[0] - end > farthest) return false
      end = next[1]
      return true
    })
    if (whole) yield [found[0], end]
  }
}

function findPart(part: string, text: string, from: number): [number, number] | null {
  if (part === '') return null
  if (part.includes('#')) {
    const form = new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '\\d{2,4}'), 'g')
    form.lastIndex = from
    const found = form.exec(text)
    return found && [found.index, form.lastIndex]
  }
  const at = text.indexOf(part, from)
  return at < 0 ? null : [at, at + part.length]
}

const fightingWords = /打击|查处|查获|禁止|严禁|整治|防范|取缔|治理|举报|违法|犯罪|涉赌|警惕|反诈|曝光/

function isExcepted(text: string, at: number, end: number, { exceptions }: WrongWord): boolean {
  return exceptions.some(exception => {
    if (exception === '引文') return isBetween(text, at, '“', '”') || isBetween(text, at, '「', '」')
    if (exception === '文件名') return isBetween(text, at, '《', '》')
    if (exception === '整治语境') return fightingWords.test(text.slice(Math.max(0, at - 40), end + 40))
    return overlaps(text, at, end, exception)
  })
}

/** Whether the longer word lies over the place, as in 公布署名 over 布署. */
function overlaps(text: string, at: number, end: number, exception: string): boolean {
  for (let start = Math.max(0, at - exception.length + 1); start < end; start++)
    if (text.startsWith(exception, start)) return true
  return false
}

/** Whether the place lies between an opening and a closing mark of the same paragraph. */
function isBetween(text: string, at: number, open: string, close: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', at) + 1, at)
  if (before.lastIndexOf(open) <= before.lastIndexOf(close)) return false
  const line = text.indexOf('\n', at)
  return text.slice(at, line < 0 ? undefined : line).includes(close)
}

function around(text: string, at: number, end: number): string {
  const from = Math.max(0, at - 12)
  const words = text.slice(from, end + 12).replace(/\s+/g, ' ')
  return `${from > 0 ? '…' : ''}${words}${end + 12 < text.length ? '…' : ''}`
}
