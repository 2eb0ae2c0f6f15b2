import type { z } from 'zod'
import { fieldsOf, fieldWords, type LedgerKind } from './ledger-kind.ts'
import type { Task, TaskContent } from './task.ts'
import { formOfTask, taskForm } from './task-form.ts'

/** Columns of a ledger's spreadsheet beside the kind's own fields; the first tells which task a row is. */
export const sheetHeads = {
  id: '编号',
  no: '序号',
  heading: '章节',
  title: '标题',
  text: '内容',
  requirement: '工作要求',
  lead: '牵头单位',
  responsible: '责任单位',
  supporting: '配合单位',
  due: '期限',
  person: '责任人',
  progress: '文件里的完成情况',
} as const

/** How several values stand in one cell: spreadsheet programs and readers lose line breaks. */
const joints: Record<string, string> = {
  heading: ' › ',
  lead: '、',
  responsible: '、',
  supporting: '、',
  due: '；',
}

interface Column {
  name: string
  head: string
}

const columnsOf = (kind: LedgerKind): Column[] => [
  ...Object.entries(sheetHeads).map(([name, head]) => ({ name, head })),
  ...fieldsOf(kind).map(field => ({ name: `field-${field.name}`, head: field.label })),
]

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What stands in a cell. */
function cellOf(task: TaskContent, kind: LedgerKind, name: string): string {
  const value = formOfTask(task)[name] ?? ''
  const field = fieldsOf(kind).find(one => `field-${one.name}` === name)
  if (field) return fieldWords(field, value)
  return flat(joints[name] ? value.split('\n').join(joints[name]) : value)
}

/** The tasks as rows, the heads first; `readTaskSheet` takes them back as they are. */
export const sheetRows = (tasks: readonly Task[], kind: LedgerKind): string[][] => {
  const columns = columnsOf(kind)
  return [
    columns.map(column => column.head),
    ...tasks.map(task =>
      columns.map(({ name }) => (name === 'id' ? task.publicId : cellOf(task, kind, name))),
    ),
  ]
}

/** What is wrong, where, and what to write in its place. Row 0: the sheet as a whole. */
export interface SheetFault {
  row: number
  item: string
  column: string
  why: string
}

export interface ReadTaskSheet {
  faults: SheetFault[]
  changed: { task: Task; content: TaskContent; columns: string[] }[]
  added: TaskContent[]
  same: number
}

/** What may still be changed by a spreadsheet once units have begun to work on it. */
const changeableInForce = ['no', 'title', 'text', 'requirement', 'person']
const needed = ['id', 'text'] as const
const mostRows = 5000

/** Reads a spreadsheet of tasks: every fault is told, none stops the reading of the rest. Columns that are missing change nothing. */
export function readTaskSheet(
  rows: readonly (readonly string[])[],
  kind: LedgerKind,
  tasks: readonly Task[],
  isInForce: boolean,
): ReadTaskSheet {
  const read: ReadTaskSheet = { faults: [], changed: [], added: [], same: 0 }
  const whole = (why: string): ReadTaskSheet => ({
    ...read,
    faults: [{ row: 0, item: '', column: '表头', why }],
  })
  if (rows.length > mostRows) return whole(`有 ${rows.length} 行，超过 ${mostRows} 行。请分成几份导入。`)
  const headRow = rows.findIndex(cells => cells.some(cell => flat(cell) === sheetHeads.id))
  const heads = rows[headRow]
  if (!heads) return whole('没有找到表头。请先导出一份，在上面修改，第一列“编号”不要删。')
  const at = new Map<string, number>()
  for (const { name, head } of columnsOf(kind)) {
    const index = heads.findIndex(cell => flat(cell) === head)
    if (index !== -1) at.set(name, index)
  }
  const missing = needed.filter(name => !at.has(name))
  if (missing.length > 0)
    return whole(`表头里没有“${missing.map(name => sheetHeads[name]).join('”“')}”。请照导出的样子补上。`)
  const known = new Map(tasks.map(task => [task.publicId, task]))
  const seen = new Map<string, number>()
  for (const [index, cells] of rows.slice(headRow + 1).entries()) {
    if (cells.every(cell => flat(cell) === '')) continue
    readRow({ row: headRow + index + 2, cells, at, kind, known, seen, isInForce, read })
  }
  if (read.changed.length + read.added.length + read.same === 0 && read.faults.length === 0)
    return whole('表头下面没有任务。请填写以后再导入。')
  return read
}

/** A table that we wrote has a sign before what a spreadsheet program would take for a formula. */
const disarmed = (text: string) => text.replace(/^'(?=[=+\-@])/, '')

function readRow(of: {
  row: number
  cells: readonly string[]
  at: ReadonlyMap<string, number>
  kind: LedgerKind
  known: ReadonlyMap<string, Task>
  seen: Map<string, number>
  isInForce: boolean
  read: ReadTaskSheet
}): void {
  const { row, cells, at, kind, known, seen, isInForce, read } = of
  const cell = (name: string) => flat(disarmed(cells[at.get(name) ?? -1] ?? ''))
  const id = cell('id')
  const task = known.get(id)
  const item = (cell('title') || cell('text')).slice(0, 30)
  const fault = (name: string, why: string) =>
    read.faults.push({ row, item, column: headOf(kind, name), why })
  if (id !== '' && !task)
    return void fault('id', `没有编号“${id.slice(0, 20)}”的任务。原有的任务照导出的编号写，新增的空着。`)
  if (id === '' && isInForce)
    return void fault('id', '台账执行以后不能用表格增加任务。请删去这一行，或者填上原来的编号。')
  const before = id === '' ? undefined : seen.get(id)
  if (before !== undefined) return void fault('id', `和第 ${before} 行是同一项任务。请删去一行。`)
  if (id !== '') seen.set(id, row)
  const form = task ? formOfTask(task) : {}
  const columns = [...at.keys()].filter(
    name => name !== 'id' && cell(name) !== flat(task ? cellOf(task, kind, name) : ''),
  )
  if (task && columns.length === 0) {
    read.same++
    return
  }
  const locked = isInForce
    ? columns.filter(name => !changeableInForce.includes(name) && !name.startsWith('field-'))
    : []
  for (const name of locked)
    fault(name, '台账执行以后，这一列要在任务页面里调整并写理由。请把表格里的改回原样。')
  const typed = {
    ...form,
    ...Object.fromEntries(columns.map(name => [name, typedIn(kind, name, cell(name))])),
  }
  const parsed = taskForm(kind).safeParse(typed)
  if (!parsed.success) for (const issue of oneEach(parsed.error.issues)) fault(issue.name, issue.message)
  if (!parsed.success || locked.length > 0) return
  if (task)
    read.changed.push({ task, content: parsed.data, columns: columns.map(name => headOf(kind, name)) })
  else read.added.push(parsed.data)
}

/** One cell, one fault. */
function oneEach(issues: readonly z.core.$ZodIssue[]): { name: string; message: string }[] {
  const first = new Map<string, string>()
  for (const { path, message } of issues) {
    const name = String(path[0] ?? 'text')
    if (!first.has(name)) first.set(name, message)
  }
  return [...first].map(([name, message]) => ({ name, message }))
}

/** A cell as the form would have it. */
function typedIn(kind: LedgerKind, name: string, text: string): string {
  const field = fieldsOf(kind).find(one => `field-${one.name}` === name)
  if (field) return Object.entries(field.options).find(([, label]) => label === text)?.[0] ?? text
  if (name === 'heading') return text.split(/\s*›\s*/).join('\n')
  if (name === 'due') return text.split(/\s*[；;]\s*/).join('\n')
  return text
}

const headOf = (kind: LedgerKind, name: string) =>
  columnsOf(kind).find(column => column.name === name)?.head ?? name
