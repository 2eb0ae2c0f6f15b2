import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { fieldsOf, type LedgerKind } from './ledger-kind.ts'
import { type Every, everyWords, type PrintedDue, type TaskContent } from './task.ts'

/** A list as people type it: one a line, or with 、 between them. */
const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n、，,；;]/)
      .map(name => name.trim())
      .filter(name => name !== ''),
  ),
]

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

export const dueHelp =
  '一行一个：原文 = 日期或者周期，例如“6月底前 = 2026-06-30”“每季度末 = 每季度”；说不准哪一天的只写原文。'

/** `6月底前 = 2026-06-30` → a deadline; what cannot be read is told. */
export function readDues(text: string): { dues: PrintedDue[]; faults: string[] } {
  const faults: string[] = []
  const dues = linesIn(text).map((line): PrintedDue => {
    const [, words = line, when] = /^(.*?)\s*[=＝]\s*(.*)$/.exec(line) ?? []
    if (when === undefined || when === '') return { text: words.trim() }
    if (isPlainDate(when)) return { text: words.trim(), date: when }
    const every = (Object.keys(everyWords) as Every[]).find(name => everyWords[name] === when)
    if (every) return { text: words.trim(), every }
    faults.push(
      `“${line.slice(0, 30)}”里的“${when.slice(0, 20)}”不是日期也不是周期。请写成 2026-06-30，或者 ${Object.values(everyWords).join('、')}。`,
    )
    return { text: words.trim() }
  })
  return { dues, faults }
}

const dueLine = (due: PrintedDue): string =>
  due.date ? `${due.text} = ${due.date}` : due.every ? `${due.text} = ${everyWords[due.every]}` : due.text

const names = z
  .string()
  .max(3000, '单位太多，最多 3000 字。')
  .default('')
  .transform(namesIn)
  .refine(list => list.every(name => name.length <= 100), '有一个单位名称超过 100 字。请分开写，一行一个。')

const text = (label: string, most: number) =>
  z.string().trim().max(most, `${label}最多 ${most} 字。`).default('')

/** The form of a task under review; the kind's own fields come as `field-NAME`. */
export const taskForm = (kind: LedgerKind) =>
  z
    .object({
      no: text('序号', 40),
      heading: text('章节', 1000).transform(linesIn),
      title: text('标题', 300),
      text: z.string().trim().min(1, '任务内容不能空着。').max(8000, '任务内容最多 8000 字。'),
      requirement: text('工作要求', 8000),
      lead: names,
      responsible: names,
      supporting: names,
      due: text('期限', 2000).transform((lines, check) => {
        const { dues, faults } = readDues(lines)
        for (const message of faults) check.addIssue({ code: 'custom', message })
        return dues
      }),
      progress: text('完成情况', 8000),
      person: text('责任人', 50),
    })
    .and(kindFields(kind))
    .transform((form): TaskContent => {
      const { no, heading, title, requirement, lead, responsible, supporting, due, progress, person } = form
      const fields = Object.fromEntries(
        fieldsOf(kind).flatMap(({ name }) => {
          const value = (form as Record<string, unknown>)[`field-${name}`]
          return typeof value === 'string' && value !== '' ? [[name, value]] : []
        }),
      )
      const rest = { no, heading, title, requirement, lead, responsible, supporting, due, progress, person }
      return { ...rest, text: form.text, fields }
    })

/** The kind's own fields, each checked by its own rule. */
export const kindFields = (kind: LedgerKind) =>
  z.object(
    Object.fromEntries(
      Object.entries(kind.fields.shape).map(([name, schema]) => [`field-${name}`, schema as z.ZodType]),
    ),
  )

/** A task as the form shows it. */
export const formOfTask = (task: TaskContent): Record<string, string> => ({
  no: task.no,
  heading: task.heading.join('\n'),
  title: task.title,
  text: task.text,
  requirement: task.requirement,
  lead: task.lead.join('\n'),
  responsible: task.responsible.join('\n'),
  supporting: task.supporting.join('\n'),
  due: task.due.map(dueLine).join('\n'),
  progress: task.progress,
  person: task.person,
  ...Object.fromEntries(Object.entries(task.fields).map(([name, value]) => [`field-${name}`, value])),
})
