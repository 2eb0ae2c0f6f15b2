import type { PlainDate } from '#lib/beijing-time'
import { type PlanFacts, planState } from './plan.ts'

export const unitRoles = { lead: '牵头单位', responsible: '责任单位', supporting: '配合单位' } as const
export type UnitRole = keyof typeof unitRoles

export const everyWords = { month: '每月', quarter: '每季度', 'half-year': '每半年', year: '每年' } as const
export type Every = keyof typeof everyWords

/** A deadline as the document prints it; a day or a cadence where the words say one. */
export interface PrintedDue {
  text: string
  date?: PlainDate | undefined
  every?: Every | undefined
}

/** How sure the reader was of a field: 确定, or 请核对 and why. */
export interface Sureness {
  sure: boolean
  why: string
}
export const doubtable = {
  title: '标题',
  lead: '牵头单位',
  responsible: '责任单位',
  due: '期限',
} as const
export type Doubtable = keyof typeof doubtable

/** What a task says: all that a reviewer may mend. */
export interface TaskContent {
  no: string
  heading: string[]
  title: string
  text: string
  requirement: string
  lead: string[]
  responsible: string[]
  supporting: string[]
  due: PrintedDue[]
  progress: string
  person: string
  /** What the kind of ledger says beyond these. */
  fields: Record<string, string>
}

export interface Task extends TaskContent {
  id: string
  publicId: string
  planId: string
  position: number
  /** Where it stands in the text of the plan. */
  sourceStart: number | null
  sourceEnd: number | null
  confidence: Partial<Record<Doubtable, Sureness>>
  origin: 'read' | 'added' | 'split' | 'sheet'
  revision: number
  changedBy: string
  changedAt: Date
  confirmedAt: Date | null
  confirmedBy: string | null
  droppedAt: Date | null
  droppedBy: string | null
  droppedReason: string | null
  reportedAt: Date | null
  returnedAt: Date | null
  doneAt: Date | null
  doneBy: string | null
}

export const taskStates = {
  proposed: '待确认',
  confirmed: '已确认',
  dropped: '不列入',
  running: '推进中',
  reported: '待核',
  returned: '已退回',
  done: '已完成',
  cancelled: '已取消',
  ended: '结账时未完成',
} as const
export type TaskState = keyof typeof taskStates

export type TaskFacts = Pick<Task, 'confirmedAt' | 'droppedAt' | 'reportedAt' | 'returnedAt' | 'doneAt'>

/** How a task stands; derived from what happened to it and to its plan, never stored. */
export function taskState(task: TaskFacts, plan: PlanFacts): TaskState {
  const isReview = ['review', 'discarded'].includes(planState(plan))
  if (task.droppedAt) return isReview || !task.confirmedAt ? 'dropped' : 'cancelled'
  if (isReview) return task.confirmedAt ? 'confirmed' : 'proposed'
  if (task.doneAt) return 'done'
  if (planState(plan) === 'closed') return 'ended'
  if (task.reportedAt) return 'reported'
  return task.returnedAt ? 'returned' : 'running'
}

/** Whether the office still has to decide on it before its plan may come into force. */
export const isUndecided = (task: TaskFacts) => task.confirmedAt === null && task.droppedAt === null

/** Of a number that nobody can take for a part of the words behind it: `（六）`, `三、`. */
const endsInSign = /[）、．。】]$/

/** One line for lists: its number, and its title or the beginning of its text. */
export const taskName = (task: Pick<Task, 'no' | 'title' | 'text'>): string =>
  numbered(task.no, plainName(task))

/** The same without the number, which says nothing where its plan is not in sight. */
export function plainName({ no, title, text }: Pick<Task, 'no' | 'title' | 'text'>): string {
  const words = (title || text).replace(/\s+/g, ' ').trim()
  const bare = endsInSign.test(no) && words.startsWith(no) ? words.slice(no.length).trim() : words
  return bare.length > 60 ? `${bare.slice(0, 59)}…` : bare
}

/** `（六）公开环境`, `三、公开水质`, but `6 公开环境`: signs of full width need no blank behind them. */
export const numbered = (no: string, words: string): string =>
  no === '' ? words : endsInSign.test(no) ? `${no}${words}` : `${no} ${words}`
