import type { Cell } from '../report.ts'

const halfWidth = (text: string) =>
  text.replace(/[！-～]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ')

/** Nothing, or one of the signs people put where nothing is to be counted. */
const BLANK = /^(?:[-/\\—–―－─_·.…]*|无|空|\(空\)|&nbsp;|null)$/i

/** What stands in a cell → the number, null where it is blank; undefined: neither. */
export function readCell(written: string): Cell | undefined {
  const text = halfWidth(written).replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g, '')
  if (BLANK.test(text)) return null
  const plain = text.replace(/(?<=\d),(?=\d{3})/g, '').replace(/(?:件|个|项|条|份|宗|起|万元|元)$/, '')
  if (/^[+-]?\d+(?:\.\d+)?$/.test(plain)) return Number(plain)
  if (/^[〇零一二三四五六七八九十百千万两]+$/.test(plain)) return readChineseNumber(plain) ?? undefined
  return undefined
}

const DIGITS = '零一二三四五六七八九'
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** 十二, 一百零五, 两千, 二〇三; null where it is no number. */
export function readChineseNumber(written: string): number | null {
  const text = written.replaceAll('〇', '零').replaceAll('两', '二')
  if (!/^[零一二三四五六七八九十百千万]+$/.test(text)) return null
  if (!/[十百千万]/.test(text)) return Number([...text].map(sign => DIGITS.indexOf(sign)).join(''))
  let total = 0
  let part = 0
  let digit = 0
  for (const sign of text) {
    const unit = UNITS[sign]
    if (sign === '万') {
      total = (part + digit) * 10_000
      part = 0
      digit = 0
    } else if (unit !== undefined) {
      part += (digit === 0 ? 1 : digit) * unit
      digit = 0
    } else digit = DIGITS.indexOf(sign)
  }
  return total + part + digit
}
