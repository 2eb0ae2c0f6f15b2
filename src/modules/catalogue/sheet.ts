import { everybody, type ItemContent, identityOf, itemSchema, type Level, levels, nameOf } from './item.ts'
import { plain, readChannels, tick } from './sheet-cells.ts'
import { type SheetColumn, sheetColumns } from './write-sheet.ts'

/** How a head may be written. */
const heads: [SheetColumn, RegExp][] = [
  ['serial', /^序号$/],
  ['domain', /^(?:所属)?领域$/],
  ['level1', /^一级事项$/],
  ['level2', /^二级事项$/],
  ['level3', /^三级事项$/],
  ['elements', /^公开内容(?:（要素）|要素)?$|^公开要素$/],
  ['ground', /^公开依据$/],
  ['limit', /^公开时限$/],
  ['body', /^公开主体$/],
  ['channels', /^公开渠道(?:和|及|与)?(?:公开)?载体$|^公开渠道$/],
  ['everybody', /^全社会$/],
  ['group', /^特定(?:群体|群众|对象)(?:（请写明）)?$/],
  ['proactive', /^主动(?:公开)?$/],
  ['on-request', /^依申请(?:公开)?$/],
  ['county', /^县级$|^县$/],
  ['township', /^乡级$|^乡镇级?$|^乡$/],
  ['village', /^村级$|^村$/],
  ['code', /^法定类别$/],
  ['place', /^网站位置$/],
]
const needed: readonly SheetColumn[] = [
  'level1',
  'level2',
  'elements',
  'ground',
  'limit',
  'body',
  'channels',
  'everybody',
  'proactive',
  'on-request',
  'county',
  'township',
]

/** What is wrong, where, and what to write in its place. Row 0: the sheet as a whole. */
export interface SheetFault {
  sheet: string
  /** Rows with text are counted, as the sheet shows them. */
  row: number
  /** What the row calls itself, to find it by. */
  item: string
  column: string
  /** Which cell of the row, from 0; null: the row or the sheet as a whole. */
  cell: number | null
  why: string
}

export interface SheetRow {
  sheet: string
  row: number
  content: ItemContent
  /** Where the row has its name. */
  nameCell: number | null
  /** Columns of our own that the sheet does not have: what stood there stays. */
  silent: readonly ('code' | 'place')[]
}

export interface ReadSheets {
  rows: SheetRow[]
  faults: SheetFault[]
}

/** What the rows are held against beside the form of the words. */
export interface SheetKnown {
  /** Whether somebody here is meant by these words. */
  isBody(words: string): boolean
  isPlace(place: string): boolean
}

/** Reads the standard spreadsheet: every fault is told, none stops the reading of the rest. */
export function readSheets(
  sheets: readonly { name: string; rows: readonly (readonly string[])[] }[],
  known: SheetKnown,
): ReadSheets {
  const read = sheets.map(sheet => readSheet(sheet, known))
  const found: ReadSheets = { rows: read.flatMap(one => one.rows), faults: read.flatMap(one => one.faults) }
  const first = new Map<string, SheetRow>()
  for (const row of found.rows) {
    const identity = identityOf(row.content)
    const before = first.get(identity)
    if (before)
      found.faults.push({
        sheet: row.sheet,
        row: row.row,
        item: nameOf(row.content),
        column: sheetColumns.level2,
        cell: row.nameCell,
        why: `和${before.sheet === row.sheet ? '' : `“${before.sheet}”的`}第 ${before.row} 行是同一个事项。请删去一行，或者改名区分。`,
      })
    else first.set(identity, row)
  }
  return found
}

/** A field has some hundred items at most; more is another kind of table. */
const mostRows = 5000

function readSheet(
  sheet: { name: string; rows: readonly (readonly string[])[] },
  known: SheetKnown,
): ReadSheets {
  const whole = (why: string, column = '表头'): ReadSheets => ({
    rows: [],
    faults: [{ sheet: sheet.name, row: 0, item: '', column, cell: null, why }],
  })
  if (sheet.rows.length > mostRows)
    return whole(`有 ${sheet.rows.length} 行，超过 ${mostRows} 行。请按领域拆成几份再导入。`, '行数')
  const head = findHead(sheet.rows)
  if (!head)
    return whole(
      '没有找到表头。请用标准样式：表头里要有“公开内容（要素）”“公开依据”“公开时限”等列，可以先导出一份照着填。',
    )
  const missing = needed.filter(column => !head.at.has(column))
  if (missing.length > 0)
    return {
      rows: [],
      faults: missing.map(column => ({
        sheet: sheet.name,
        row: head.row,
        item: '',
        column: sheetColumns[column],
        cell: null,
        why: `表头里没有“${sheetColumns[column]}”这一列。请补上，列名照标准样式写。`,
      })),
    }
  const title = sheet.rows
    .slice(0, head.row - 1)
    .flat()
    .join('')
  const told = /(?:^|[（(])([^（()）《》]{2,20}?)领域/.exec(
    title.replace(/^.*?[省市县区](?=.{2,20}领域)/, ''),
  )?.[1]
  const silent = (['code', 'place'] as const).filter(column => !head.at.has(column))
  const rows: SheetRow[] = []
  const faults: SheetFault[] = []
  let above: Partial<Record<SheetColumn, string>> = told ? { domain: told } : {}
  for (const [index, cells] of sheet.rows.slice(head.lastRow).entries()) {
    const row = head.lastRow + index + 1
    const cell = (column: SheetColumn) => disarmed((cells[head.at.get(column) ?? -1] ?? '').trim())
    // Notes under the table, and lines that only repeat the number
    if (isNote(cells, cell)) continue
    const filled = {
      domain: cell('domain') || above.domain || '',
      level1: cell('level1') || above.level1 || '',
    }
    above = filled
    const { content, wrong } = readRow(cell, filled, known)
    const item = [filled.level1, cell('level2')].filter(part => part !== '').join(' · ')
    faults.push(
      ...wrong.map(({ column, why }) => ({
        sheet: sheet.name,
        row,
        item,
        column: sheetColumns[column],
        cell: head.at.get(column) ?? null,
        why,
      })),
    )
    if (content)
      rows.push({ sheet: sheet.name, row, nameCell: head.at.get('level2') ?? null, content, silent })
  }
  if (rows.length === 0 && faults.length === 0) return whole('表头下面没有事项。请填写后再导入。')
  return { rows, faults }
}

/** A table that we wrote has a sign before what a spreadsheet program would take for a formula. */
const disarmed = (text: string) => text.replace(/^'(?=[=+\-@])/, '')

const isNote = (cells: readonly string[], cell: (column: SheetColumn) => string) =>
  cells.filter(text => text.trim() !== '').length <= 1 &&
  (/^(?:注|备注|说明)/.test(cells.find(text => text.trim() !== '')?.trim() ?? '') || cell('serial') !== '')

/** The head has one row or two, the second with the parts of “公开事项”“公开对象”“公开方式”“公开层级”. */
function findHead(rows: readonly (readonly string[])[]) {
  const row = rows.findIndex(cells => cells.some(cell => /^公开内容|^公开要素/.test(plain(cell))))
  if (row === -1) return null
  const columnOf = (text: string) => heads.find(([, pattern]) => pattern.test(plain(text)))?.[0]
  const first = rows[row] ?? []
  const second = rows[row + 1] ?? []
  const isSecond = second.some(cell => ['level1', 'county', 'proactive'].includes(columnOf(cell) ?? ''))
  const at = new Map<SheetColumn, number>()
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const column = (isSecond && columnOf(second[index] ?? '')) || columnOf(first[index] ?? '')
    if (column && !at.has(column)) at.set(column, index)
  }
  return { row: row + 1, lastRow: row + (isSecond ? 2 : 1), at }
}

interface Wrong {
  column: SheetColumn
  why: string
}

function readRow(
  cell: (column: SheetColumn) => string,
  filled: { domain: string; level1: string },
  known: SheetKnown,
): { content: ItemContent | null; wrong: Wrong[] } {
  const wrong: Wrong[] = []
  const ticked = (column: SheetColumn) => {
    const answer = tick(cell(column))
    if (answer === null)
      wrong.push({
        column,
        why: `“${cell(column).slice(0, 20)}”不是打勾。公开的请写“√”，不公开的请空着。`,
      })
    return answer === true
  }
  if (cell('serial') !== '' && !/^\d{1,5}$/.test(cell('serial')))
    wrong.push({ column: 'serial', why: `“${cell('serial')}”不是序号。请写数字，或者空着。` })
  const chosen = readChannels(cell('channels'))
  wrong.push(...chosen.faults.map(why => ({ column: 'channels' as const, why })))
  const all = ticked('everybody')
  const group = tick(cell('group')) === false ? '' : cell('group').replace(/^[√✓✔]\s*[:：]?\s*/u, '')
  if (tick(cell('group')) === true && group === '')
    wrong.push({ column: 'group', why: '只打了勾。请写明是哪些人，例如：项目单位。' })
  if (all && group !== '') wrong.push({ column: 'group', why: '“全社会”已经打勾。请在两项里只留一项。' })
  const proactive = ticked('proactive')
  const onRequest = ticked('on-request')
  if (proactive && onRequest)
    wrong.push({ column: 'on-request', why: '“主动”和“依申请”都打了勾。请只留一项。' })
  const at = (Object.keys(levels) as Level[]).filter(level => ticked(level))
  const raw = {
    ...filled,
    level2: cell('level2'),
    level3: cell('level3'),
    elements: cell('elements'),
    ground: cell('ground'),
    limit: cell('limit'),
    body: cell('body'),
    channels: chosen.codes,
    audience: all ? everybody : group,
    mode: proactive ? 'proactive' : onRequest ? 'on-request' : undefined,
    levels: at,
    code: cell('code'),
    place: cell('place'),
  }
  const parsed = itemSchema.safeParse(raw)
  const told = new Set(wrong.map(one => one.column))
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const column = columnsOf[String(issue.path[0])] ?? 'level1'
      // One cell, one fault: what is wrong with its words says more than that nothing was chosen
      if (!told.has(column) && !alreadyTold(column, told)) wrong.push({ column, why: issue.message })
      told.add(column)
    }
  if (raw.body !== '' && !told.has('body') && !known.isBody(raw.body))
    wrong.push({
      column: 'body',
      why: `“${raw.body.slice(0, 30)}”对不上这里的任何单位。请写单位全称，或者“民政部门”“各部门”“乡镇政府”这样的说法。`,
    })
  if (raw.place !== '' && !told.has('place') && !known.isPlace(raw.place))
    wrong.push({ column: 'place', why: `网站上没有栏目“${raw.place}”。请核对栏目路径，或者空着。` })
  return { content: parsed.success && wrong.length === 0 ? parsed.data : null, wrong }
}

/** Field of an item → the column that says it. */
const columnsOf: Record<string, SheetColumn> = {
  domain: 'domain',
  level1: 'level1',
  level2: 'level2',
  level3: 'level3',
  elements: 'elements',
  ground: 'ground',
  limit: 'limit',
  body: 'body',
  channels: 'channels',
  audience: 'everybody',
  mode: 'proactive',
  levels: 'county',
  code: 'code',
  place: 'place',
}
const together: readonly (readonly SheetColumn[])[] = [
  ['everybody', 'group'],
  ['proactive', 'on-request'],
  ['county', 'township', 'village'],
]
const alreadyTold = (column: SheetColumn, told: ReadonlySet<SheetColumn>) =>
  together.some(group => group.includes(column) && group.some(one => told.has(one)))
