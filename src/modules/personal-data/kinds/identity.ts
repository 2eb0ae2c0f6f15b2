import type { Finding } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, nearest, type Reading, ungrouped } from '../reading.ts'
import { identityCheck } from './check-digits.ts'

const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/
const personal = /身份证|身份号|公民身份|证件号|居民证|社会保障号|身份证明/
const other =
  /信用代码|机构代码|订单|流水|合同|项目代码|条形码|条码|序列号|设备|批次|物流|运单|单号|税号|登记证号|许可证|索引号|发票|凭证|金额/
const calledOtherwise = new RegExp(`(?:${other.source})(?:编?号|代?码)?[为是:\\s]*$`)

/**
 * Resident identity numbers of 18 and of 15 places: area, birth date and, where there is one, check sign (GB 11643).
 * A unified social credit code (GB 32100) is told apart by its letters or, all in figures, by lacking area, date and check sign at
 * these places; its own check sign is no help, for one identity number in thirty would pass it too.
 */
export function* findIdentity(reading: Reading): Generator<Finding> {
  const { text } = reading
  const long = /(?<![\dA-Za-z*#.])\d(?:[ \-·\n]{0,2}\d){16}[ \-·\n]{0,2}[\dXx×хХ](?![\dA-Za-z*])/y
  const short = /(?<![\dA-Za-z*#.])\d(?:[ \-·]?\d){14}(?![\dA-Za-z*]|\.\d)/y
  for (let at = 0; at < text.length; at++) {
    if (!/\d/.test(text[at] ?? '')) continue
    const found =
      matched(long, text, at, whole => eighteen(reading, at, whole)) ??
      matched(short, text, at, whole => fifteen(reading, at, whole))
    if (!found) continue
    yield found
    at = nextPlace(reading, at, found.end) - 1
  }
}

function nextPlace(reading: Reading, at: number, end: number): number {
  let next = at
  while (next < reading.text.length && reading.placeOf(next) < end) next++
  return next
}

function matched(
  form: RegExp,
  text: string,
  at: number,
  judge: (whole: string) => Finding | null,
): Finding | null {
  form.lastIndex = at
  const whole = form.exec(text)?.[0]
  return whole && inGroups(whole) ? judge(whole) : null
}

/** People write 350128 1990 0101 1234; a row of small numbers is no identity number. */
const inGroups = (whole: string) => {
  const groups = whole.split(/[ \-·\n]+/)
  return groups.length <= 6 && groups.slice(0, -1).every(group => group.length >= 2)
}

function eighteen(reading: Reading, at: number, whole: string): Finding | null {
  const value = ungrouped(whole).toUpperCase().replace(/[×ХХ]/g, 'X')
  if (!provinces.test(value) || !isBirthday(value.slice(6, 14))) return null
  const label = labelOf(reading, at)
  const checked = identityCheck(value.slice(0, 17)) === value[17]
  const says = nearest(label, personal)
  // Proved by its check sign; only a word right before it can say that it is something else
  if (checked ? calledOtherwise.test(label) && says < 0 : nearest(label, other) > says) return null
  if (!checked && says < 0) return null
  return finding(reading, at, whole, value, checked ? 'sure' : 'likely')
}

function fifteen(reading: Reading, at: number, whole: string): Finding | null {
  const value = ungrouped(whole)
  if (!provinces.test(value) || !isBirthday(`19${value.slice(6, 12)}`)) return null
  const label = labelOf(reading, at)
  if (nearest(label, other) > nearest(label, personal)) return null
  return finding(reading, at, whole, value, nearest(label, personal) >= 0 ? 'sure' : 'likely')
}

function isBirthday(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number)
  if (!year || !month || !day || year < 1900 || year > 2100) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function finding(
  reading: Reading,
  at: number,
  whole: string,
  value: string,
  certainty: Finding['certainty'],
): Finding {
  const end = reading.placeOf(at + whole.length - 1) + 1
  return { kind: 'identity', certainty, at: reading.placeOf(at), end, value, masked: mask('identity', value) }
}
