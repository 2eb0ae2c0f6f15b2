import type { Finding } from '../finding.ts'
import { mask } from '../mask.ts'
import { labelOf, listsPersons, nearest, type Reading, ungrouped } from '../reading.ts'
import { passesLuhn } from './check-digits.ts'

const personal = /银行卡|卡号|存折|一卡通|打卡|工资卡|惠农|账号|帐号|账户|帐户/
const other =
  /信用代码|机构代码|订单|流水|合同|项目代码|条形码|条码|序列号|设备|批次|物流|运单|单号|税号|许可证|索引号|发票|编号|对公|财政专户|国库/
/** Beginnings that banks give to cards, with the lengths they have. */
const begins: readonly [RegExp, readonly number[]][] = [
  [/^62/, [16, 17, 18, 19]],
  [/^(?:60|68|69|9558|9559|900|998)/, [16, 17, 18, 19]],
  [/^4/, [16]],
  [/^(?:5[1-5]|2[2-7])/, [16]],
  [/^35/, [16]],
]

/** Bank cards by beginning, length and check digit; in a list of persons also accounts without a check digit. */
export function* findBankCards(reading: Reading): Generator<Finding> {
  const { text } = reading
  const form = /(?<![\dA-Za-z*#.])\d(?:[ -]{0,2}\d){11,20}(?![\dA-Za-z*]|\.\d)/g
  for (const { index, 0: whole } of text.matchAll(form)) {
    for (const [offset, part] of candidates(whole)) {
      const found = judge(reading, index + offset, part)
      if (found) yield found
    }
  }
}

/** Two cards beside one another with a blank between are one run of figures: each length that fits is tried. */
function* candidates(whole: string): Generator<[number, string]> {
  yield [0, whole]
  const groups = [...whole.matchAll(/\d+/g)]
  if (groups.length > 1) for (const group of groups) if (group[0].length >= 12) yield [group.index, group[0]]
}

function judge(reading: Reading, at: number, whole: string): Finding | null {
  const value = ungrouped(whole)
  if (whole.split(/[ -]+/).some(group => group.length < 2)) return null
  const label = labelOf(reading, at)
  const [says, denies] = [nearest(label, personal), nearest(label, other)]
  if (denies > says) return null
  const isCard = begins.some(([begin, lengths]) => begin.test(value) && lengths.includes(value.length))
  if (isCard && passesLuhn(value)) {
    // Without a word for it, only what all cards of this country begin with is proof enough
    if (says < 0 && !/^62/.test(value)) return null
    return finding(reading, at, whole, value, 'sure')
  }
  const isAccount = says >= 0 && listsPersons(reading.around) && /^\d{12,21}$/.test(value)
  return isAccount && !/单位|企业|公司|收款单位/.test((reading.around.heads ?? []).join(' '))
    ? finding(reading, at, whole, value, 'likely')
    : null
}

function finding(
  reading: Reading,
  at: number,
  whole: string,
  value: string,
  certainty: Finding['certainty'],
): Finding {
  const end = reading.placeOf(at + whole.length - 1) + 1
  return {
    kind: 'bank-card',
    certainty,
    at: reading.placeOf(at),
    end,
    value,
    masked: mask('bank-card', value),
  }
}
