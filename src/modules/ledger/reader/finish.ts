import { deadlinesIn, deadlinesStated, type FoundDeadline } from './deadlines.ts'
import type { DocumentHead, PlanYear } from './document-head.ts'
import { orderOf } from './order.ts'
import type { PlanReading, ReadTask, TaskDoubt } from './plan-reading.ts'
import type { Item } from './prose/outline.ts'
import type { Draft } from './prose/prose-tasks.ts'
import type { Style } from './style.ts'
import type { PrintedUnit } from './units-printed/split-units.ts'

type Findings = {
  head: DocumentHead
  text: string
  drafts: readonly Draft[]
  items: readonly Item[]
  style: Style
  isReport: boolean
  year: PlanYear
}

/** Drafts with their dates, how sure each field is and why, and what is to be said of the document as a whole. */
export function finished({ head, text, drafts, items, style, isReport, year }: Findings): PlanReading {
  const order = orderOf(drafts, items, text)
  const tasks = drafts.map(draft => taskOf(draft, { text, year, order: order.sure, style }))
  const doubts = [...order.why]
  if (isReport) doubts.push('这份文件讲的是已经做了什么，没有布置任务，所以没有列出任务。')
  else if (tasks.length === 0) doubts.push('没有找到任务：文件里没有编号的条目，也没有带表头的任务表。')
  else if (!style.printsAssignments)
    doubts.push('文件没有写明由谁牵头、由谁负责，任务按最小的编号条目列出，单位留空。')
  if (year.assumed && year.year !== null && tasks.some(({ due }) => due.some(({ date }) => date !== null)))
    doubts.push(`标题和落款都没有年份，期限按正文提到最多的 ${year.year} 年推算。请核对。`)
  return { ...head, tasks, text, doubts }
}

type Known = { text: string; year: PlanYear; order: number; style: Style }

function taskOf(draft: Draft, { text, year, order, style }: Known): ReadTask {
  const { assignment } = draft
  const { lead, responsible, why: leadWhy } = roles(assignment, style)
  const found = draft.times.flatMap(({ start, end, stated }) =>
    (stated ? deadlinesStated : deadlinesIn)(text.slice(start, end), start, year.year),
  )
  const due = distinct(found)
  const doubts: TaskDoubt[] = [
    ...draft.titleWhy.map((why): TaskDoubt => ({ field: 'title', why })),
    ...lead.flatMap(unit => (unit.why ? [{ field: 'lead' as const, why: unit.why }] : [])),
    ...responsible.flatMap(unit => (unit.why ? [{ field: 'responsible' as const, why: unit.why }] : [])),
    ...[...leadWhy, ...(assignment?.why ?? []), ...draft.why].map(
      (why): TaskDoubt => ({ field: lead.length > 0 ? 'lead' : 'responsible', why }),
    ),
    ...due.flatMap(one => (one.why ? [{ field: 'due' as const, why: one.why }] : [])),
  ]
  const units = (list: readonly PrintedUnit[]) => {
    const form =
      list.length > 0 ? Math.min(...list.map(({ sure }) => sure)) : style.printsAssignments ? 0.9 : 0.8
    return round(Math.min(form, 1) * (assignment?.sure ?? 1) * draft.columnsSure * order)
  }
  return {
    no: draft.no,
    heading: draft.heading,
    title: draft.title,
    text: draft.text,
    requirement: draft.requirement,
    lead: lead.map(({ name }) => name),
    responsible: responsible.map(({ name }) => name),
    due: due.map(one => ({ text: one.text.replace(/\n/g, ''), date: one.date })),
    progress: draft.progress,
    confidence: {
      title: round(draft.titleSure * order),
      lead: units(lead),
      responsible: units(responsible),
      due: round(dueSure(due, year) * draft.columnsSure * order),
    },
    source: { start: draft.start, end: draft.end },
    doubts,
  }
}

/** Some plans name no lead but say that the first of each list is the one. */
function roles(assignment: Draft['assignment'], { firstLeads }: Style) {
  const { lead = [], responsible = [] } = assignment ?? {}
  const [first, ...others] = responsible
  if (!firstLeads || lead.length > 0 || !first) return { lead, responsible, why: [] }
  return { lead: [first], responsible: others, why: ['文件说明列第一位的是牵头单位'] }
}

function dueSure(due: readonly FoundDeadline[], year: PlanYear): number {
  if (due.length === 0) return 0.9
  const assumed = due.some(one => one.assumed)
  const undated = due.some(one => one.why !== null && one.date === null)
  return (assumed ? (year.assumed ? 0.5 : 0.85) : 0.95) * (undated ? 0.8 : 1)
}

function distinct(found: readonly FoundDeadline[]): FoundDeadline[] {
  return found.filter(
    (one, at) =>
      found.findIndex(
        other => other.text === one.text || (other.start < one.end && one.start < other.end),
      ) === at,
  )
}

const round = (value: number) => Math.round(Math.max(0, Math.min(1, value)) * 100) / 100
