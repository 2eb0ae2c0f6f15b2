import { validities } from '#modules/publications'
import { filingOf, filingStates, type RegisterRow } from './register-queries.ts'

/** The register as a table, for desk and public alike. */
export const registerColumns = [
  { head: '统一编号', width: 20 },
  { head: '文件名称', width: 56 },
  { head: '文号', width: 22 },
  { head: '制定机关', width: 20 },
  { head: '成文日期', width: 13 },
  { head: '施行日期', width: 13 },
  { head: '有效期至', width: 13 },
  { head: '有效性', width: 11 },
  { head: '备案', width: 30 },
]

export const registerCells = (row: RegisterRow): string[] => [
  row.number ?? '',
  row.title,
  row.docNo ?? '',
  row.organName,
  row.signedOn ?? '',
  row.effectiveFrom ?? '',
  row.validUntil ?? '',
  validities[row.validity],
  filedWords(row),
]

export const filedWords = (
  row: Pick<RegisterRow, 'filedOn' | 'filedTo' | 'receiptNo' | 'archive'>,
): string =>
  row.filedOn
    ? `${row.filedOn} 报${row.filedTo}${row.receiptNo ? `，${row.receiptNo}` : ''}`
    : filingStates[filingOf(row)]
