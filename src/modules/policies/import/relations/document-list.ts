import { isDateLine, looksLikeOrgan, signersOf } from '#modules/files'
import { readDate } from '../dates.ts'
import { docNosIn, readDocNo, resemblesDocNo } from '../doc-no.ts'
import { isOrderNo, readListedNo } from '../listed-no.ts'
import { isCompleteTitle, isTitleLike } from '../title-form.ts'
import { cellsOf } from './flat-rows.ts'
import { type ListRole, roleIn } from './list-role.ts'
import { isListedTitle, isRemark } from './listed-title.ts'
import { titlesIn } from './mentions.ts'

/** One entry of a list of documents. */
export type Listed = {
  title: string | null
  docNo: string | null
  why: string | null
  /** What its own cell says of it, and since when; null where the heading decides. */
  role: ListRole | null
  from: string | null
  /** Which articles of it, where its row says so. */
  part?: string
  /** Its title stood in 《》. */
  marked?: boolean
}

const COLUMNS: [keyof Columns, RegExp][] = [
  [
    'title',
    /^(?:规范性|政策性|行政)*(?:文件)?(?:名称|标题|题目|题名)$|^(?:规范性|行政)*文件名称|^(?:规范性)?文件名$|^文件$/,
  ],
  ['docNo', /文号|字号|文件编号|^编号$|公文号/],
  ['role', /(?:清理|处理|评估)?(?:结果|意见|结论|方式)$|^效力|有效性|^备注$|^状态$|处理情况/],
  ['from', /(?:废止|失效|停止执行)(?:日期|时间)/],
  ['part', /(?:废止|失效|停止执行|修改)的?(?:条款|条文|内容|部分)|^条款$/],
]
type Columns = { title: number; docNo: number; role: number; from: number; part: number }

function isListHeader(cells: readonly string[]): boolean {
  const columns = columnsOf(cells)
  return columns.title >= 0 || (columns.docNo >= 0 && cells.length > 1)
}

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = { title: -1, docNo: -1, role: -1, from: -1, part: -1 }
  for (const [i, cell] of cells.entries()) {
    const label = cell.replace(/\s+/g, '')
    for (const [name, pattern] of COLUMNS)
      if (columns[name] < 0 && label.length <= 14 && pattern.test(label)) columns[name] = i
  }
  return columns
}

/** The rows of a table, below the heading that says what they are. A row of one cell may change that. */
export function listedInTable(
  rows: readonly string[][],
  outer: ListRole | null,
): { role: ListRole | null; listed: Listed }[] {
  let columns: Columns[] = []
  let role = outer
  const found: { role: ListRole | null; listed: Listed }[] = []
  for (const row of rows) {
    const above = found.at(-1)?.listed
    const [own] = columns
    const whole = above && own ? withRest(above, row, own) : null
    if (above && whole) {
      above.title = whole
      continue
    }
    const cells = row.filter(cell => cell !== '')
    const alone = new Set(cells).size === 1 ? (cells[0] ?? '') : null
    if (alone !== null && titlesIn(alone).length === 0 && !resemblesDocNo(alone)) {
      role = roleIn(alone) ?? role
      continue
    }
    if (isListHeader(row)) {
      columns = sideBySide(row)
      continue
    }
    for (const [i, part] of partsOf(row, columns).entries()) {
      for (const listed of entriesOf(part, columns[i] ?? null)) found.push({ role, listed })
    }
  }
  return found.map(one => ({ ...one, listed: checked(one.listed) }))
}

/** Two lists beside each other print the same header twice. */
function sideBySide(header: readonly string[]): Columns[] {
  const first = columnsOf(header)
  const label = tidy(header[Math.max(0, first.title)] ?? '')
  const starts = header.flatMap((cell, at) => (tidy(cell) === label ? [at] : []))
  const width = (starts[1] ?? 0) - (starts[0] ?? 0)
  return starts.length > 1 && width > 1 && header.length % width === 0
    ? starts.map(() => columnsOf(header.slice(0, width)))
    : [first]
}

function partsOf(row: readonly string[], columns: readonly Columns[]): (readonly string[])[] {
  if (columns.length < 2) return [row]
  const width = Math.ceil(row.length / columns.length)
  return columns.map((_, i) => row.slice(i * width, (i + 1) * width))
}

/** The title with its rest, which a page break carried into a row of its own. */
function withRest(above: Listed, row: readonly string[], columns: Columns): string | null {
  const rest = row[columns.title] ?? ''
  if (columns.title < 1 || above.title === null || row[0] !== '' || rest === '') return null
  if (row.some((cell, at) => at !== columns.title && cell !== '') || isCompleteTitle(above.title)) return null
  const whole = above.title + tidy(rest)
  return isCompleteTitle(whole) ? whole : null
}

const tidy = (text: string) => text.replace(/\s+/g, '')

/** What a row lists; several where its number cell names several. */
function entriesOf(row: readonly string[], columns: Columns | null): Listed[] {
  const cell = (at: number | undefined) => (at === undefined || at < 0 ? '' : (row[at] ?? ''))
  const known = columns !== null && columns.title >= 0
  const numberCell =
    cell(columns?.docNo) || row.find(text => resemblesDocNo(bare(text)) || isOrderNo(bare(text))) || ''
  const titleCell =
    cell(columns?.title) ||
    (known ? '' : row.find(text => titlesIn(text).length > 0)) ||
    (known
      ? ''
      : [...row]
          .filter(text => isTitleLike(text) && !resemblesDocNo(bare(text)))
          .sort((a, b) => b.length - a.length)[0]) ||
    ''
  const inside = splitTitle(titleCell)
  const numbers = /[0-9０-９]/.test(numberCell) ? numbersIn(numberCell) : []
  const docNo = numbers[0]?.docNo ?? inside.docNo
  if (inside.title === null && docNo === null) return []
  if (inside.title !== null && docNo === null && inside.title.length < 4) return []
  const says = cell(columns?.role)
  const part = cell(columns?.part) || row.find(text => ARTICLES.test(text)) || ''
  const listed: Listed = {
    title: inside.title,
    docNo,
    why: numbers[0]?.why ?? inside.why,
    role: says === '' || says.length > 20 || isRemark(says) ? null : roleIn(says),
    from: readDate(cell(columns?.from))?.on ?? null,
    ...(part === '' ? {} : { part }),
    ...(inside.marked ? { marked: true } : {}),
  }
  return [listed, ...numbers.slice(1).map(({ docNo, why }) => ({ ...listed, docNo, why }))]
}

const ARTICLES = /^第[^，。；《》]{1,30}[条款项章节](?:[、，,和及]\s?第[^，。；《》]{1,20}[条款项])*$/

function numbersIn(cell: string): { docNo: string | null; why: string | null }[] {
  const one = readListedNo(bare(cell))
  if (one.docNo !== null) return [one]
  const several = docNosIn(cell).filter(({ docNo }) => docNo !== null)
  return several.length > 0 ? several : [one]
}

/** A name that cannot be the title of a document is not taken: the row is read by its number, or by a person. */
function checked(listed: Listed): Listed {
  const { title, why } = listed
  if (title === null || isListedTitle(title) || (listed.marked ?? false)) return listed
  const doubt = `清单里写的名称“${title.slice(0, 60)}”不像文件标题，没有采用。请对照原件核对`
  return { ...listed, title: null, why: why === null ? doubt : `${why}；${doubt}` }
}

const bare = (text: string) =>
  text
    .replace(/^\s*[（(]([^（(]*(?:[（(][^（）()]*[）)][^（(]*)*)[）)]\s*$/, '$1')
    .replace(/文$/, '')
    .trim()

/** `《甲》（云政〔2010〕1号）`, or the bare title. */
function splitTitle(text: string): Pick<Listed, 'title' | 'docNo' | 'why' | 'marked'> {
  const tidy = text
    .replace(/^\s*(?:[0-9０-９]{1,3}\s*[.．、]|[（(][0-9一二三四五六七八九十]{1,3}[）)])\s*/, '')
    .replace(/\s+/g, '')
  const behind =
    /^(.{4,}?)[（(]([^（）()]{4,20}(?:[（(][^（）()]{1,6}[）)][^（）()]{1,14})?号)(?:文件?)?[）)][;；。、]?$/.exec(
      tidy,
    )
  const number = behind?.[2] && resemblesDocNo(behind[2]) ? readDocNo(behind[2]) : null
  const front = number ? (behind?.[1] ?? '') : tidy
  const [marked] = titlesIn(front)
  const whole = marked !== undefined && marked.start === 0 && marked.end >= front.length - 1
  const title = whole ? marked.title : front.replace(/[;；。]$/, '')
  return {
    title: title === '' ? null : title,
    docNo: number?.value?.docNo ?? null,
    why: number?.why ?? null,
    marked: whole,
  }
}

const LINE_LIMIT = 300

/** Tables that were flattened to one cell a line: 序号, 名称 and 文号 follow each other. */
export class FlatList {
  #pending: Listed | null = null
  #unfinished = false
  readonly #done: (listed: Listed) => void

  constructor(done: (listed: Listed) => void) {
    this.#done = done
  }

  /** False: the line belongs to no list of documents. */
  take(text: string): boolean {
    if (text.length > LINE_LIMIT) return false
    const line = text.trim()
    if (/^[0-9０-９]{1,3}\s*[.．、]?$/.test(line)) {
      this.flush()
      return true
    }
    if (
      isListHeader([line]) ||
      /^(?:序号|备注|文号|编号|发布(?:日期|时间|机关)|印发(?:日期|时间)|(?:制定|起草|责任|实施|主管|牵头)(?:部门|单位|机关)|成文日期|发文(?:日期|时间|机关|单位))$/.test(
        line.replace(/\s+/g, ''),
      )
    ) {
      return true
    }
    if (resemblesDocNo(bare(line)) || isOrderNo(bare(line))) {
      const { docNo, why } = readListedNo(bare(line))
      if (this.#pending?.docNo || this.#pending?.why) this.flush()
      this.#pending = { ...(this.#pending ?? empty()), docNo, why }
      this.#unfinished = false
      return true
    }
    if (isRemark(line)) return true
    if (this.#takeRow(line)) return true
    const says = line.length <= 16 ? roleIn(line) : null
    if (says && this.#pending) {
      this.#pending.role = says
      return true
    }
    if (
      isDateLine(line) ||
      /^[0-9]{4}[-./年][0-9]{1,2}/.test(line) ||
      (looksLikeOrgan(line) && !this.#unfinished)
    )
      return true
    if (/[。；：:]$/.test(line) && !/^[《0-9（(]/.test(line)) return false
    if (this.#pending?.title && this.#unfinished && signersOf(line).length === 0) {
      this.#pending.title += splitTitle(line).title ?? ''
      this.#unfinished = !isCompleteTitle(this.#pending.title)
      return true
    }
    const entry = splitTitle(line)
    if (
      entry.title === null ||
      !(line.includes('《') || isTitleLike(entry.title) || /关于|印发|人民政府/.test(entry.title))
    )
      return line.length <= 24
    if (this.#pending?.title) this.flush()
    this.#pending = {
      ...(this.#pending ?? empty()),
      ...entry,
      docNo: entry.docNo ?? this.#pending?.docNo ?? null,
    }
    this.#unfinished = entry.docNo === null && !isCompleteTitle(entry.title)
    return true
  }

  /** Title and number on one line, with blanks between them. */
  #takeRow(line: string): boolean {
    const cells = line.includes(' ') ? cellsOf(line) : null
    const [title = '', number = ''] = cells ?? []
    if (title === '' || number === '') return false
    this.flush()
    const { docNo, why } = readListedNo(bare(number))
    this.#pending = { ...empty(), title, docNo, why }
    return true
  }

  flush(): void {
    const entry = this.#pending
    this.#pending = null
    this.#unfinished = false
    if (entry && (entry.title !== null || entry.docNo !== null)) this.#done(checked(entry))
  }
}

const empty = (): Listed => ({ title: null, docNo: null, why: null, role: null, from: null })
