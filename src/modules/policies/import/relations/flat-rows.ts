import {
  type Block,
  isAddressee,
  isAttachmentStart,
  isDateLine,
  looksLikeOrgan,
  numberingOf,
} from '#modules/files'
import { docNosIn, resemblesDocNo } from '../doc-no.ts'
import { isOrderNo } from '../listed-no.ts'
import { isCompleteTitle } from '../title-form.ts'
import { roleIn, roleOfHeading } from './list-role.ts'
import { beginsAsTitle, isListedTitle } from './listed-title.ts'
import { dividesList } from './unit-forms.ts'

/**
 * A table that lost its rules: header and rows are lines, and only blanks divide their cells. What comes out has the
 * form of a table: 文件名称, 文号, 清理结果, 备注.
 */
type FlatTable = { rows: string[][]; unread: string[]; blocks: number }

const LABEL_WORDS =
  /^(?:序号?|编号|行政|规范性|政策性?|规章|文件|公文|原|名称|名|标题|题目|发布|制定|印发|发文|制发|起草|责任|实施|主管|牵头|公布|颁布|成文|生效|机关|单位|部门|机构|字号|文号|日期|时间|年月|备注|说明|废止|失效|清理|修改|处理|宣布|停止执行|理由|原因|依据|结果|意见|结论|情况|方式|有效期限?|有效性|条款|条文|内容|效力|状态|类别|类型|及|和|与|或|、|\/|[（(]|[）)]|\s)+$/
const TITLE_LABEL = /(?:文件|公文|规章|政策)?(?:名称|标题|题目)|文件名/
const NUMBER_LABEL = /文号|字号|文件编号/
const OTHER_LABEL = /序号|编号|机关|单位|部门|机构|备注|说明|日期|时间|理由|原因|依据|结果|意见|情况|有效期/
const REMARK_LABEL = /备注|说明|理由|原因|依据|情况/
const VERDICT_LABEL = /结果|意见|结论|效力|有效性|状态|方式/

type Columns = { numberFirst: boolean; remarkFirst: boolean; remarkLast: boolean }

const PLAIN: Columns = { numberFirst: false, remarkFirst: false, remarkLast: true }
const HEADER_LINES = 8
const ROW_LINES = 12
const LINE_LIMIT = 400

export function flatTableAt(blocks: readonly Block[], at: number): FlatTable | null {
  const header = headerAt(blocks, at)
  if (header) return rowsFrom(blocks, at + header.blocks, header.columns, header.blocks)
  return startsPlainRows(blocks, at) ? rowsFrom(blocks, at, PLAIN, 0) : null
}

/** 序号 文件名称 文号 备注 on one line, or each on its own. */
function headerAt(blocks: readonly Block[], at: number): { columns: Columns; blocks: number } | null {
  let words = ''
  let found: { columns: Columns; blocks: number } | null = null
  for (let i = at; i < Math.min(blocks.length, at + HEADER_LINES); i++) {
    const block = blocks[i]
    if (!block || block.kind === 'raw' || block.text.length > 60 || !LABEL_WORDS.test(block.text)) break
    words += ` ${block.text}`
    const title = words.replace(/文件编号/g, '＊＊＊＊').search(TITLE_LABEL)
    if (title === -1 || !(NUMBER_LABEL.test(words) || OTHER_LABEL.test(words))) continue
    const number = words.search(NUMBER_LABEL)
    const remark = words.search(REMARK_LABEL)
    const last = Math.max(title, number)
    const columns = {
      numberFirst: number !== -1 && number < title,
      remarkFirst: remark !== -1 && remark < title,
      remarkLast: REMARK_LABEL.test(words.slice(last)) || VERDICT_LABEL.test(words.slice(last)),
    }
    found = { columns, blocks: i - at + 1 }
  }
  return found
}

/** Two rows without a header: numbered 1 and 2, a number of a document in a cell of its own in each. */
function startsPlainRows(blocks: readonly Block[], at: number): boolean {
  const first = blocks[at]
  if (!first || first.kind === 'raw' || !/^1(?![0-9]).*\s/.test(first.text.slice(0, LINE_LIMIT))) return false
  const mark = markOf(first.text)
  for (let i = at + 1, rows = [first.text]; i < Math.min(blocks.length, at + ROW_LINES); i++) {
    const block = blocks[i]
    if (!block || block.kind === 'raw' || block.text.length > LINE_LIMIT) return false
    if (mark !== null && beginsRow(block.text, 2, mark)) {
      const one = cellsOf(rows.join('\n'), PLAIN)
      const other = cellsOf(block.text, PLAIN)
      return one?.[0] !== '' && Boolean(one?.[1]) && (other === null || other[0] !== '')
    }
    rows = [...rows, block.text]
  }
  return false
}

/** What stands between a row's number and its title; rows of one list do it alike. */
type Mark = 'blank' | 'dot' | 'comma' | 'none' | 'alone'

function markOf(text: string): Mark | null {
  const match = /^[0-9０-９]{1,3}(\s*[.．]\s*|\s*、\s*|\s+|$|(?=[\u4e00-\u9fff《“]))/.exec(text)
  if (!match) return null
  const sign = (match[1] ?? '').trim()
  if (sign === '') return match[1] !== '' ? 'blank' : match[0].length === text.length ? 'alone' : 'none'
  return sign === '、' ? 'comma' : 'dot'
}

function beginsRow(text: string, no: number, mark: Mark): boolean {
  const printed = /^[0-9０-９]{1,3}/.exec(text)?.[0]
  return printed !== undefined && Number(printed.normalize('NFKC')) === no && markOf(text) === mark
}

function rowsFrom(
  blocks: readonly Block[],
  from: number,
  columns: Columns,
  headed: number,
): FlatTable | null {
  const rows: string[][] = [['文件名称', '文号', '清理结果', '说明']]
  const unread: string[] = []
  let row: string[] = []
  let mark: Mark | null = null
  let next = 1
  let i = from
  const close = () => {
    if (row.length > 0) {
      const cells = cellsOf(row.join('\n'), columns)
      if (cells) rows.push(cells)
      else unread.push(row.join(' '))
    }
    row = []
  }
  for (; i < blocks.length; i++) {
    const block = blocks[i]
    if (!block || block.kind === 'raw' || block.text.length > LINE_LIMIT) break
    const { text } = block
    if (text === '' || /^[-—–－·\s]*[0-9]{0,3}[-—–－·\s]+$/.test(text)) continue
    const again = headerAt(blocks, i)
    if (again) {
      if (rows.length === 1 && row.length === 0) break
      i += again.blocks - 1
      continue
    }
    if (endsTable(text)) break
    if (numberingOf(text) && docNosIn(text).length === 0) {
      const role = roleOfHeading(text)
      if (!dividesList(text) && (role === null || role === 'none')) break
      close()
      rows.push([text])
      next = 1
      continue
    }
    if (next === 1 && row.length === 0 && mark === null && rows.length === 1) mark = markOf(text)
    if (mark !== null) {
      if (beginsRow(text, next, mark) || (beginsRow(text, 1, mark) && rows.length > 1 && row.length > 0)) {
        close()
        next = Number(/^[0-9０-９]{1,3}/.exec(text)?.[0].normalize('NFKC')) + 1
      } else if (row.length === 0 && text.length > 60) break
      else if (row.length >= ROW_LINES || closesText(text)) break
    } else {
      if (closesText(text)) break
      if (row.length > 0 && startsAnother(row.join('\n'), text, columns)) close()
      else if (row.length >= ROW_LINES) break
    }
    row.push(text)
  }
  close()
  return rows.some((cells, at) => at > 0 && (cells[0] !== '' || cells[1] !== '') && cells.length > 1)
    ? { rows, unread, blocks: i - from + headed }
    : null
}

function endsTable(text: string): boolean {
  return (
    isAttachmentStart(text) ||
    /^附\s*(?:件|表|录)/.test(text) ||
    isAddressee(text) ||
    (isDateLine(text) && text.length > 8) ||
    /^(?:抄送|主送|[（(]此件|主办|联系人)|印发$/.test(text) ||
    (text.length <= 60 && !/^[0-9]/.test(text) && !/\s/.test(text) && isListHeading(text))
  )
}

/** `二、宣布失效的文件目录（4件）`, not a title in the list that says 目录 too. */
function isListHeading(text: string): boolean {
  if (docNosIn(text).length > 0 || /关于|[《》]/.test(text)) return false
  const role = roleOfHeading(text)
  return role !== null && role !== 'none' && /目录|清单|文件(?:[（(][^（）()]*[）)])?$|表$/.test(text)
}

/** A sentence of the document below its table, not the rest of a remark. */
function closesText(text: string): boolean {
  return (
    (text.length >= 60 && /。$/.test(text) && !/^[0-9]/.test(text)) ||
    (/^(?:本(?:决定|通知|公告|通告|目录)|以上|上述|凡|特此|各[县市区乡镇部单]|此前|今后)/.test(text) &&
      /[。：:]$/.test(text))
  )
}

/** Rows without numbers: a line that opens like a title begins the next one when the last has its number. */
function startsAnother(row: string, text: string, columns: Columns): boolean {
  const cells = cellsOf(row, columns)
  if (!cells || cells[0] === '' || cells[1] === '') return false
  const own = cellsOf(text, columns)
  return own !== null && (columns.numberFirst ? own[1] !== '' : beginsAsTitle(text) || own[0] !== '')
}

const DAY = /^[（(]?(?:[0-9]{4}[-./年][0-9]{1,2}(?:[-./月][0-9]{0,2}日?)?|[0-9]{4}年?)[）)]?$/

/** Title, number, verdict and remark of one row; null when it has neither title nor number. */
export function cellsOf(printed: string, columns: Columns = PLAIN): string[] | null {
  const row = printed
    .replace(/^[0-9０-９]{1,3}(?:\s*[.．、]\s*|\s+|(?=[\u4e00-\u9fff《“]))/, '')
    .replace(
      /([\u4e00-\u9fff）)])\s*([〔[［【（(]\s?[0-9]{4}\s?[〕\]］】）)])\s*(第?)\s*([0-9]{1,5})\s*号/g,
      '$1$2$3$4号',
    )
  const cells = row
    .split(/\s+/)
    .flatMap(apart)
    .filter(cell => cell !== '')
  const numbered = cells.findIndex(
    (cell, at) => isNumberCell(cell) && (at > 0 || columns.numberFirst || cells.length > 1),
  )
  const number = numbered === -1 ? '' : (cells[numbered] ?? '')
  const before = numbered === -1 ? [] : cells.slice(0, numbered)
  const after = numbered === -1 ? cells : cells.slice(numbered + 1)
  const front = columns.numberFirst ? null : titleBefore(before, columns)
  const title = front ?? titleBehind(after, columns)
  if (title === null && number === '') return null
  const rest = front === null && title !== null ? after.slice(title.cells) : after
  return [
    title?.text ?? '',
    number,
    rest.find(cell => cell.length <= 10 && isVerdict(cell)) ?? '',
    rest.join(' '),
  ]
}

/** `关于某事的通知（云政〔2010〕3号）` and `关于某事的通知云政〔2010〕3号` are two cells that ran together. */
function apart(cell: string): string[] {
  if (cell.length < 12 || cell.length > 200) return [cell]
  const closed =
    /^(.{5,}?)[（(]([^（）()]{3,20}(?:[（(][^（）()]{1,6}[）)][^（）()]{1,14})?号)(?:文件?)?[）)]$/.exec(cell)
  if (closed?.[1] && closed[2] && isNumberCell(closed[2])) return [closed[1], closed[2]]
  const last = docNosIn(cell).at(-1)
  if (!last || last.start < 6 || last.end < cell.length || cell.endsWith('）')) return [cell]
  const front = cell.slice(0, last.start)
  return isListedTitle(front) && !front.includes('《') ? [front, cell.slice(last.start)] : [cell]
}

function isNumberCell(cell: string): boolean {
  if (cell.length > 60) return false
  const bare = cell.replace(/^[（(](.*号)(?:文件?)?[）)]$/, '$1').replace(/号文件?$/, '号')
  if (/^(?:已|被|与|由|见|按|根据|依据|违反)/.test(bare)) return false
  if (resemblesDocNo(bare) || isOrderNo(bare)) return true
  return /[〕\]］】）)]第?[0-9]{1,5}(?:号?[、，,][0-9]{1,5})+号$/.test(bare) && docNosIn(bare).length > 1
}

function titleBefore(cells: readonly string[], columns: Columns): { text: string; cells: number } | null {
  const mine = [...cells]
  while (mine.length > 1 && isAside(mine.at(-1) ?? '')) mine.pop()
  while (mine.length > 1 && isAside(mine[0] ?? '') && !columns.remarkFirst) mine.shift()
  if (mine.length === 0) return null
  const begins = columns.remarkFirst ? mine.findIndex((cell, at) => at > 0 && beginsAsTitle(cell)) : 0
  const text = joined(mine.slice(Math.max(0, begins)))
  if (isListedTitle(text)) return { text, cells: cells.length }
  for (let at = 1; at < mine.length; at++) {
    const tail = joined(mine.slice(at))
    if (beginsAsTitle(tail) && isListedTitle(tail)) return { text: tail, cells: cells.length }
  }
  return null
}

function titleBehind(cells: readonly string[], columns: Columns): { text: string; cells: number } | null {
  let from = 0
  while (from < cells.length - 1 && isAside(cells[from] ?? '')) from++
  for (let to = from + 1; to <= Math.min(cells.length, from + ROW_LINES); to++) {
    const text = joined(cells.slice(from, to))
    if (isListedTitle(text) && (isCompleteTitle(text) || to === cells.length || !columns.remarkLast))
      return { text, cells: to }
  }
  const [first = ''] = cells.slice(from)
  return isListedTitle(first) ? { text: first, cells: from + 1 } : null
}

/** Who issued it, when, and how long it is good. */
function isAside(cell: string): boolean {
  return looksLikeOrgan(cell) || DAY.test(cell) || /^[0-9]+$|^[-—/无]$/.test(cell)
}

function joined(cells: readonly string[]): string {
  return cells.join('')
}

/** A cell that says nothing but what happens to the document. */
function isVerdict(cell: string): boolean {
  return (
    /^(?:予以|宣布|拟|建议|同时|已|自动|全部|全文)*(?:废止|失效|停止执行|作废|保留|继续有效|继续执行|现行有效|有效|修改|修订)(?:[（(].{0,6}[）)])?$/.test(
      cell.replace(/\s+/g, ''),
    ) && roleIn(cell) !== null
  )
}
