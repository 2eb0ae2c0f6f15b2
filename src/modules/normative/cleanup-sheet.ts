import type { ItemDecision } from './actions/run-cleanup.ts'
import { type CleanupDecision, type CleanupItem, cleanupDecisions } from './cleanup.ts'

/** The table that goes out to the organs and comes back with what they decide. */
export const cleanupColumns = [
  { head: '序号', width: 7 },
  { head: '文件名称', width: 56 },
  { head: '文号', width: 22 },
  { head: '制定机关', width: 20 },
  { head: '成文日期', width: 13 },
  { head: '有效期至', width: 13 },
  { head: '清理意见', width: 13 },
  { head: '理由', width: 40 },
  { head: '标识（不要改）', width: 40 },
]

export const cleanupCells = (item: CleanupItem): string[] => [
  String(item.position),
  item.title,
  item.docNo ?? '',
  item.organName,
  item.signedOn ?? '',
  item.validUntil ?? '',
  item.decision ? cleanupDecisions[item.decision] : '',
  item.reason,
  item.publicationId,
]

export interface SheetFault {
  row: number
  item: string
  why: string
}

const words: Record<string, CleanupDecision> = {
  继续有效: 'keep',
  保留: 'keep',
  修改: 'amend',
  废止: 'repeal',
  宣布失效: 'lapse',
  失效: 'lapse',
}

/** What a sheet says: every fault with its row and the remedy, and what would change. Rows without an opinion say nothing. */
export function readCleanupSheet(
  rows: readonly (readonly string[])[],
  items: readonly CleanupItem[],
  mayDecide: (item: CleanupItem) => boolean,
): { decisions: ItemDecision[]; faults: SheetFault[]; same: number } {
  const plain = (text: string | undefined) => (text ?? '').replace(/\s+/g, '')
  const head = rows.findIndex(cells => cells.some(cell => plain(cell) === '清理意见'))
  if (head === -1)
    return {
      decisions: [],
      faults: [{ row: 0, item: '', why: '没有找到“清理意见”这一列。请先下载表格，在表格里填写。' }],
      same: 0,
    }
  const columnOf = (name: RegExp) => (rows[head] ?? []).findIndex(cell => name.test(plain(cell)))
  const at = {
    title: columnOf(/^文件名称/),
    decision: columnOf(/^清理意见$/),
    reason: columnOf(/^理由$/),
    id: columnOf(/^标识/),
  }
  if (at.id === -1)
    return {
      decisions: [],
      faults: [{ row: head + 1, item: '', why: '没有“标识”这一列。请用下载的表格填写，不要删列。' }],
      same: 0,
    }
  const byId = new Map(items.map(item => [item.publicationId, item]))
  const seen = new Map<string, number>()
  const found: { decisions: ItemDecision[]; faults: SheetFault[]; same: number } = {
    decisions: [],
    faults: [],
    same: 0,
  }
  for (const [index, cells] of rows.slice(head + 1).entries()) {
    const row = head + index + 2
    const said = plain(cells[at.decision])
    const id = plain(cells[at.id])
    const name = (cells[at.title] ?? '').trim()
    const reason = at.reason === -1 ? '' : (cells[at.reason] ?? '').trim()
    if (said === '' && reason === '') continue
    const fault = (why: string) => found.faults.push({ row, item: name, why })
    const item = byId.get(id)
    const decision = words[said]
    const before = seen.get(id)
    if (!item) fault('标识不对，这份文件不在这次清理里。请用下载的表格填写，不要改“标识”这一列。')
    else if (before !== undefined) fault(`和第 ${before} 行是同一份文件。请删去一行。`)
    else if (!mayDecide(item)) fault(`由${item.organName}提出意见，您不能替它填写。请把这一行的意见清空。`)
    else if (!decision) fault(`“${said}”不是清理意见。请填：${Object.values(cleanupDecisions).join('、')}。`)
    else if (decision !== 'keep' && [...reason].length < 4)
      fault(`${cleanupDecisions[decision]}要写明理由（至少 4 个字）。`)
    else if ([...reason].length > 300) fault('理由最多 300 字。')
    else if (item.decision === decision && item.reason === reason) found.same++
    else found.decisions.push({ publicationId: id, decision, reason })
    seen.set(id, row)
  }
  return found
}
