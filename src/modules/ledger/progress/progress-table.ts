import { z } from 'zod'
import type { PlainDate } from '#lib/beijing-time'

/** How a task stands for the public: what the openness office last accepted about it, nothing that still waits. */
export const progressStates = {
  'not-reported': '尚无进展',
  running: '推进中',
  partly: '部分完成',
  done: '已完成',
  cannot: '未能完成',
  cancelled: '已取消',
} as const
export type ProgressState = keyof typeof progressStates

const state = z.enum(Object.keys(progressStates) as [ProgressState])
const day = z.string().nullable()

/** A report that the office accepted. */
const reportSchema = z.object({
  unit: z.string(),
  on: z.string(),
  /** The period of a task that comes round: `2026-Q4`. */
  period: z.string().default(''),
  state,
  share: z.number().int().min(0).max(100).nullable(),
  stage: z.string(),
  words: z.string(),
  reason: z.string(),
  /** Publications that show it, by the short ids of their addresses: their titles are asked for where they are shown. */
  evidence: z.array(z.string()),
})

const rowSchema = z.object({
  /** Stands in the address of the row, and stays when numbers and wording change. */
  key: z.string(),
  no: z.string(),
  heading: z.array(z.string()),
  content: z.string(),
  requirement: z.string(),
  lead: z.array(z.string()),
  responsible: z.array(z.string()),
  supporting: z.array(z.string()),
  /** Units of this government among them, by the keys of their addresses. */
  organs: z.array(z.string()),
  /** Since when these units, where that changed after the plan came into force. */
  unitsSince: day,
  due: z.array(z.string()),
  /** The day that counts, with what was granted; null: none, or it comes round. */
  dueOn: day,
  /** The deadline before an extension, and why it was granted. */
  extended: z.object({ from: z.string(), reason: z.string() }).nullable(),
  state,
  word: z.string(),
  share: z.number().int().min(0).max(100).nullable(),
  /** 完成情况 in words. */
  progress: z.string(),
  doneOn: day,
  /** What the kind of ledger says beyond these: label and value. */
  more: z.array(z.object({ label: z.string(), value: z.string() })),
  reports: z.array(reportSchema),
})
export type ProgressRow = z.output<typeof rowSchema>
export type ProgressReport = z.output<typeof reportSchema>

/** What an edition of a plan's progress says: the table whole, as data. */
export const progressFields = z.object({
  ledger: z.string().meta({ label: '台账种类' }),
  ledgerName: z.string().meta({ label: '台账' }),
  year: z.number().int().meta({ label: '年度' }),
  asOf: z.string().meta({ label: '截至' }),
  /** Title and number of the plan itself. */
  plan: z.object({ title: z.string(), docNo: z.string().nullable() }).meta({ label: '文件', input: 'data' }),
  rows: z.array(rowSchema).min(1, '还没有可以公开的任务。').meta({ label: '任务', input: 'data' }),
})
export type ProgressTable = z.output<typeof progressFields>

/** The table of an edition; null when the edition holds none, which only a fault can bring about. */
export function tableOf(fields: Record<string, unknown>): ProgressTable | null {
  const parsed = progressFields.safeParse(fields)
  return parsed.success ? parsed.data : null
}

/** Honest about lateness: open past its day, or done after it. What was cancelled owes nothing. */
export function lateness(
  row: Pick<ProgressRow, 'dueOn' | 'state' | 'doneOn'>,
  today: PlainDate,
): 'late' | 'done-late' | null {
  if (row.dueOn === null || row.state === 'cancelled') return null
  if (row.state === 'done') return row.doneOn !== null && row.doneOn > row.dueOn ? 'done-late' : null
  return row.dueOn < today ? 'late' : null
}

/** The unit that stands first for a task: who leads, else who is responsible. */
export const unitsOf = (row: Pick<ProgressRow, 'lead' | 'responsible' | 'supporting'>): string[] => [
  ...new Set([...row.lead, ...row.responsible, ...row.supporting]),
]

export interface ProgressChoice {
  unit?: string | undefined
  /** A state, or `late`. */
  state?: ProgressState | 'late' | undefined
}

export function chosenRows(
  rows: readonly ProgressRow[],
  choice: ProgressChoice,
  today: PlainDate,
): ProgressRow[] {
  return rows.filter(
    row =>
      (choice.unit === undefined || unitsOf(row).includes(choice.unit)) &&
      (choice.state === undefined ||
        (choice.state === 'late' ? lateness(row, today) === 'late' : row.state === choice.state)),
  )
}

export interface ProgressCount {
  total: number
  /** What still counts: cancelled tasks do not. */
  counting: number
  done: number
  late: number
  states: Record<ProgressState, number>
  /** Whole per cent, rounded down: 100 only when everything is done. */
  share: number
}

export function countRows(rows: readonly ProgressRow[], today: PlainDate): ProgressCount {
  const states = Object.fromEntries(Object.keys(progressStates).map(name => [name, 0])) as Record<
    ProgressState,
    number
  >
  for (const row of rows) states[row.state]++
  const counting = rows.length - states.cancelled
  return {
    total: rows.length,
    counting,
    done: states.done,
    late: rows.filter(row => lateness(row, today) === 'late').length,
    states,
    share: counting === 0 ? 0 : Math.floor((states.done * 100) / counting),
  }
}

/** 责任单位 in one line, as such tables print them. */
export function unitWords(row: Pick<ProgressRow, 'lead' | 'responsible' | 'supporting'>): string {
  const parts = [
    row.lead.length > 0 && `牵头：${row.lead.join('、')}`,
    row.responsible.length > 0 &&
      (row.lead.length > 0 ? `责任：${row.responsible.join('、')}` : row.responsible.join('、')),
    row.supporting.length > 0 && `配合：${row.supporting.join('、')}`,
  ].filter(Boolean)
  return parts.join('；')
}

/** 时限 in one line; what was extended says since which day. */
export function dueWords(row: Pick<ProgressRow, 'due' | 'dueOn' | 'extended'>): string {
  if (row.extended) return `${row.dueOn ?? ''}（原为 ${row.extended.from}，经同意延期）`
  return row.due.join('；')
}

/** 完成情况 in one text: state, share, words. */
export function progressWords(row: Pick<ProgressRow, 'word' | 'share' | 'progress' | 'doneOn'>): string {
  const head = [
    row.word,
    row.share !== null && row.share < 100 ? `${row.share}%` : '',
    row.doneOn ? `（${row.doneOn}）` : '',
  ].join('')
  return row.progress === '' ? head : `${head}：${row.progress}`
}
