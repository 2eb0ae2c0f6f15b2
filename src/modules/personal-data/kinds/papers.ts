import type { Finding, FindingKind } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, nearest, type Reading } from '../reading.ts'

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
/** GA 36: no I and no O; eight places are those of a new-energy car. */
const plateForm = new RegExp(
  `(?<![\\u4e00-\\u9fa5A-Za-z](?=[${provinces}][A-HJ-NP-Z]{6}))[${provinces}][A-HJ-NP-Z][·•.\\- ]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳试超]|[DF][A-HJ-NP-Z0-9]\\d{4}|[A-HJK]\\d{5}|\\d{5}[A-HJK])(?![A-Za-z0-9*])`,
  'g',
)

export function* findPlates(reading: Reading): Generator<Finding> {
  for (const { index, 0: whole } of reading.text.matchAll(plateForm)) {
    const value = whole.replace(/[·•.\- ]/g, '')
    // Without a figure it is a word in capitals
    if (!/\d/.test(value) || /图号|型号|规格|批次/.test(labelOf(reading, index))) continue
    yield finding(reading, 'plate', index, whole, value, 'sure')
  }
}

const passportWords = /护照|通行证|出入境证件|台胞证|回乡证|旅行证|证件号/
const passportForm =
  /(?<![A-Za-z0-9*])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]\.?\d{7,8}|SE\d{7}|PE\d{7}|[CHMLKW]\d{8,10}|C[A-HJ-NP-Z]\d{7}|[Tt]\d{8})(?![A-Za-z0-9*])/g

/** Passports and passes; their form alone is that of many serial numbers, so the word has to stand by. */
export function* findPassports(reading: Reading): Generator<Finding> {
  for (const { index, 0: whole } of reading.text.matchAll(passportForm)) {
    if (nearest(labelOf(reading, index, 30), passportWords) < 0) continue
    yield finding(reading, 'passport', index, whole, whole.toUpperCase(), 'sure')
  }
}

const medicalForm =
  /(?:社保|社会保障|医保|医疗保险|医疗证|新农合|参合|合作医疗|病历|住院|门诊|就诊|残疾人?证|低保证)[^，。；,;:：\s\d]{0,6}(?:号码?|编号)(?:为|是|[:：\s])*([A-Z]{0,3}[\d-]{6,22}[A-Z0-9]{0,3})(?![\dA-Za-z*])/g
const medicalHead = /(?:社保|社会保障|医保|医疗|新农合|参合|病历|住院|门诊|就诊|残疾).*(?:号|编号)/

/** Social security and medical numbers have no form of the whole country; what a document calls one is one. */
export function* findMedical(reading: Reading): Generator<Finding> {
  for (const found of reading.text.matchAll(medicalForm)) {
    const whole = found[1] ?? ''
    const at = found.index + found[0].length - whole.length
    yield finding(reading, 'medical', at, whole, whole, 'likely')
  }
  if (!medicalHead.test(reading.around.head ?? '')) return
  const whole = /^\s*([A-Z]{0,3}\d[\dA-Z-]{5,21})\s*$/.exec(reading.text)?.[1]
  if (whole) yield finding(reading, 'medical', reading.text.indexOf(whole), whole, whole, 'likely')
}

function finding(
  reading: Reading,
  kind: FindingKind,
  at: number,
  whole: string,
  value: string,
  certainty: Finding['certainty'],
): Finding {
  const end = reading.placeOf(at + whole.length - 1) + 1
  return { kind, certainty, at: reading.placeOf(at), end, value, masked: mask(kind, value) }
}
