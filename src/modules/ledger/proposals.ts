import { publicId, uuidv7 } from '#lib/ids'
import type { PlanReading, ReadTask } from './reader/plan-reading.ts'
import { type Doubtable, doubtable, type Every, type Sureness, type Task } from './task.ts'

/** From here on a field counts as 确定, unless the reader says a doubt. */
const sureFrom = 0.8

/** What a reader found, as tasks that wait for a person's decision. Nothing of it is in the ledger yet. */
export function proposedTasks(
  reading: PlanReading,
  plan: { id: string; changedBy: string; changedAt: Date },
): Task[] {
  return reading.tasks.map((read, at) => ({
    ...blankTask(plan),
    position: at + 1,
    no: read.no ?? '',
    heading: [...read.heading],
    title: read.title,
    text: read.text,
    requirement: read.requirement ?? '',
    lead: [...read.lead],
    responsible: [...read.responsible],
    due: read.due.map(({ text, date }) => {
      const every = date === null ? cadenceIn(text) : undefined
      return { text, ...(date === null ? {} : { date }), ...(every ? { every } : {}) }
    }),
    progress: read.progress ?? '',
    sourceStart: read.source.start,
    sourceEnd: read.source.end,
    confidence: confidenceOf(read),
    origin: 'read',
  }))
}

/** A task that says nothing yet. */
export function blankTask(plan: { id: string; changedBy: string; changedAt: Date }): Task {
  return {
    id: uuidv7(),
    publicId: publicId(),
    planId: plan.id,
    position: 0,
    no: '',
    heading: [],
    title: '',
    text: '',
    requirement: '',
    lead: [],
    responsible: [],
    supporting: [],
    due: [],
    progress: '',
    person: '',
    fields: {},
    sourceStart: null,
    sourceEnd: null,
    confidence: {},
    origin: 'added',
    revision: 1,
    changedBy: plan.changedBy,
    changedAt: plan.changedAt,
    confirmedAt: null,
    confirmedBy: null,
    droppedAt: null,
    droppedBy: null,
    droppedReason: null,
    reportedAt: null,
    returnedAt: null,
    doneAt: null,
    doneBy: null,
  }
}

function confidenceOf(read: ReadTask): Record<Doubtable, Sureness> {
  const fields = Object.keys(doubtable) as Doubtable[]
  return Object.fromEntries(
    fields.map(field => {
      const whys = read.doubts.filter(doubt => doubt.field === field).map(doubt => doubt.why)
      const sure = read.confidence[field] >= sureFrom && whys.length === 0
      return [field, { sure, why: whys.join('；') || (sure ? '' : '写法少见，请对照原文') }]
    }),
  ) as Record<Doubtable, Sureness>
}

/** 每月, 每季度末 … → how often; undefined: once, or not said. */
export function cadenceIn(words: string): Every | undefined {
  if (/每?半年|半年一?次/.test(words)) return 'half-year'
  if (/每个?季度?|按季度?/.test(words)) return 'quarter'
  if (/每个?月|按月|逐月/.test(words)) return 'month'
  return /每年|按年|逐年/.test(words) ? 'year' : undefined
}

/** Fields of which the reader was not sure, with why. */
export const doubtsOf = (task: Pick<Task, 'confidence'>): { field: Doubtable; why: string }[] =>
  (Object.keys(doubtable) as Doubtable[]).flatMap(field => {
    const sureness = task.confidence[field]
    return sureness && !sureness.sure ? [{ field, why: sureness.why }] : []
  })

export const isSure = (task: Pick<Task, 'confidence'>): boolean => doubtsOf(task).length === 0
