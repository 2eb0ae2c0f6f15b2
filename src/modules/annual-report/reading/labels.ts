import type { DisputeGroup } from '../report.ts'

/** Labels of rows by what is peculiar to them; blanks, brackets and quotation marks are written in many ways. */
const requestLabels: readonly [string, RegExp][] = [
  ['A', /本年(?:度)?新收/],
  ['B', /上(?:一)?年(?:度)?结转/],
  ['C1', /(?<!不)予以公开/],
  ['C2', /部分公开/],
  ['C3.1', /国家秘密/],
  ['C3.2', /法规禁止公开|禁止公开/],
  ['C3.3', /三安全一稳定|三安全/],
  ['C3.4', /第三方合法权益|保护第三方/],
  ['C3.5', /三类内部事务|内部事务信息/],
  ['C3.6', /四类过程性|过程性信息/],
  ['C3.7', /行政执法案卷|执法案卷/],
  ['C3.8', /行政查询事项|行政查询/],
  ['C4.1', /不掌握相关政府信息|不掌握/],
  ['C4.2', /没有现成信息|另行制作/],
  ['C4.3', /补正后|内容仍不明确/],
  ['C5.1', /信访举报投诉|信访、举报/],
  ['C5.2', /(?<!反复|大量)重复申请/],
  ['C5.3', /公开出版物/],
  ['C5.4', /大量反复/],
  ['C5.5', /重新出具|确认或/],
  ['C6.1', /逾期不补正/],
  ['C6.2', /逾期未按收费|收费通知|缴纳费用/],
  ['C6.3', /3[.．、。]?其他$/],
  ['C6', /其他处理/],
  ['C7', /[（(]?七[)）]?总计/],
  ['D', /结转(?:到)?下(?:一)?年/],
]

const tight = (text: string) => text.replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g, '')

/** What the words before the figures of a row name: the last label in them is the row, those before are its groups. */
export function requestRowOf(words: string, before: string | null): string | null {
  const text = tight(words)
  let found: string | null = null
  let end = -1
  for (const [code, pattern] of requestLabels) {
    const hit = pattern.exec(text)
    // A longer label ends later: （三）不予公开1.属于国家秘密
    if (hit && hit.index + hit[0].length > end) {
      found = code
      end = hit.index + hit[0].length
    }
  }
  if (before === 'C6.2' && /其他$/.test(text)) return 'C6.3'
  // The total of results is the row after 其他处理, whatever is left of its label.
  if (found === null && before?.startsWith('C6') && /总计$/.test(text)) return 'C7'
  return found
}

const disclosureLabels: readonly [string, RegExp][] = [
  ['T2.1', /^规章/],
  ['T2.2', /^(?:行政)?规范性文件/],
  ['T2.3', /^行政许可/],
  ['T2.4', /^行政处罚/],
  ['T2.5', /^行政强制/],
  ['T2.6', /^行政事业性收费/],
]

export const disclosureRowOf = (words: string): string | null =>
  disclosureLabels.find(([, pattern]) => pattern.test(tight(words)))?.[0] ?? null

/** The columns of the trial format: made, published, in all; items of the year before. */
export const isTrialHeading = (words: string): boolean =>
  /新制作数量|新公开数量|公开总数量|上一年项目数量|采购项目数量|处理决定数量.*项目数量/.test(tight(words))

export const isHeadingOfDocuments = (words: string): boolean =>
  /制发件数|废止件数|现行有效/.test(tight(words))

export function disputeGroupOf(words: string): DisputeGroup | null {
  const text = tight(words)
  if (/未经复议/.test(text)) return '未经复议直接起诉'
  if (/复议后/.test(text)) return '复议后起诉'
  return /行政复议/.test(text) ? '复议' : null
}

export const isResultHeading = (words: string): boolean =>
  /^(?:结果)?(?:维持|纠正)$|^其他(?:结果)?$|^尚未审结$|^总计$/.test(tight(words))
