import { toldNumber } from '../numbering.ts'
import { type Assignment, labelledParts } from '../units-printed/assignment.ts'
import { findAssignments, joined } from '../units-printed/find-assignments.ts'
import { splitUnits } from '../units-printed/split-units.ts'
import { unitForm } from '../units-printed/unit-form.ts'
import { firstSentenceEnd, isLongTitle, pathOf, wordsOf } from './item-words.ts'
import { endOf, type Item, itemsBelow } from './outline.ts'

/** A task before dates and confidence are worked out. */
export type Draft = {
  no: string | null
  heading: string[]
  title: string
  text: string
  requirement: string | null
  progress: string | null
  start: number
  end: number
  assignment: Assignment | null
  /** Where deadlines are looked for; `stated` where a column or label holds nothing else. */
  times: { start: number; end: number; stated: boolean }[]
  /** How sure the title is, and what makes it unsure. */
  titleSure: number
  titleWhy: string[]
  columnsSure: number
  why: string[]
}

type ProseItems = { items: Item[]; assigned: Map<Item, Assignment[]> }

export function assignmentsOf(items: readonly Item[], text: string): Map<Item, Assignment[]> {
  const assigned = new Map<Item, Assignment[]>()
  for (const item of itemsBelow(items)) {
    const found = joined(findAssignments(item.lines), text)
    if (found.length > 0) assigned.set(item, found)
  }
  return assigned
}

/**
 * Items → tasks. Where the document prints assignments, a task is the smallest item that carries its own; where it
 * prints none, it is the smallest item.
 */
export function proseTasks(
  { items, assigned }: ProseItems,
  text: string,
  printsAssignments: boolean,
): Draft[] {
  const lastOnly = assignsOnlyLast(items, assigned)
  return items.flatMap(item => tasksOf(item, { assigned, text, printsAssignments, lastOnly }))
}

type Reading = {
  assigned: Map<Item, Assignment[]>
  text: string
  printsAssignments: boolean
  lastOnly: boolean
}

function tasksOf(item: Item, reading: Reading): Draft[] {
  const { assigned, text, printsAssignments } = reading
  const own = assigned.get(item) ?? []
  if (item.children.length === 0) {
    if (own.length > 0) return partsOf(item, own, text)
    return printsAssignments || isPreliminary(item) || saysNothing(item) ? [] : [draftOf(item, null, text)]
  }
  if (own.length > 0 && !item.children.some(child => holdsAssignment(child, assigned)))
    return [draftOf(item, own.reduce(together), text)]
  const shared = sharedAssignment(item, reading)
  if (shared) return [draftOf(item, shared, text)]
  if (!printsAssignments && isPreliminary(item)) return []
  const below = item.children.flatMap(child => tasksOf(child, reading))
  // An introduction with words and an assignment of its own stands beside the items it introduces.
  const alone: Item = { ...item, children: [] }
  return own.length > 0 ? [...partsOf(alone, own, text), ...below] : below
}

function together(one: Assignment, other: Assignment): Assignment {
  const more = (list: Assignment['lead'], add: Assignment['lead']) => [
    ...list,
    ...add.filter(unit => !list.some(({ name }) => name === unit.name)),
  ]
  return {
    ...one,
    end: Math.max(one.end, other.end),
    lead: more(one.lead, other.lead),
    responsible: more(one.responsible, other.responsible),
    sure: Math.min(one.sure, other.sure),
    why: [...one.why, ...other.why],
  }
}

function holdsAssignment(item: Item, assigned: ReadonlyMap<Item, Assignment[]>): boolean {
  return assigned.has(item) || item.children.some(child => holdsAssignment(child, assigned))
}

/** One assignment behind the last of several items that carry none: it is said of all of them. */
function sharedAssignment(item: Item, { assigned, lastOnly }: Reading): Assignment | null {
  const { children } = item
  const last = children.at(-1)
  if (!last || children.length < 2 || last.children.length > 0) return null
  const [only, ...more] = assigned.get(last) ?? []
  if (!only || more.length > 0 || children.slice(0, -1).some(child => holdsAssignment(child, assigned)))
    return null
  const ranTogether = children.every(child => child.lines[0]?.inline)
  return ranTogether || lastOnly ? only : null
}

/** Whether lists in this document print one assignment behind their last item, as a habit. */
function assignsOnlyLast(items: readonly Item[], assigned: ReadonlyMap<Item, Assignment[]>): boolean {
  let lists = 0
  let others = 0
  for (const { children } of itemsBelow(items)) {
    if (children.length < 2 || children.some(child => child.children.length > 0)) continue
    const last = children.at(-1)
    if (children.slice(0, -1).some(child => assigned.has(child))) others++
    else if (last && assigned.has(last)) lists++
  }
  return lists >= 2 && others === 0
}

/** 总体要求, 指导思想 and 工作目标 say in what spirit, not what is to be done. */
const PRELIMINARY =
  /^(?:总体要求|总体思路|总体目标|指导思想|基本原则|工作原则|工作目标|主要目标|总体要求和主要目标|目标任务|工作思路|基本思路|形势分析|重要意义|充分认识.{0,20}(?:重要性|意义)|提高认识|工作背景|适用范围|名词解释|编制依据)(?:[和与及、](?:工作目标|主要目标|基本原则|工作原则|总体目标|目标任务|基本要求))*$/

function isPreliminary(item: Item): boolean {
  for (let one: Item | null = item; one; one = one.parent) {
    const { title } = wordsOf(one)
    const own = /^(?:提高认识|充分认识)/.test(title) && one.parent === null && one === item
    if (PRELIMINARY.test(title) && !/^(?:提高认识|目标任务)/.test(title)) return true
    if (own && /意义|重要性/.test(title)) return true
  }
  return false
}

/** A list of names, a line of contact data, a heading with nothing under it. */
function saysNothing(item: Item): boolean {
  const words = item.lines.map((line, i) => (i === 0 ? line.text.slice(item.mark.length) : line.text))
  const all = words.join('').trim()
  if (all.length < 4) return true
  const rest = words.slice(1).filter(line => line !== '')
  if (rest.length > 0 && rest.every(isNames)) return true
  return rest.length === 0 && isNames(all) && splitUnits(all).length > 1
}

function isNames(text: string): boolean {
  const units = text.split(/[\s\u3000]+/).flatMap(part => splitUnits(part))
  return units.length > 0 && !/[。；]/.test(text) && units.every(({ name }) => unitForm(name) >= 0.5)
}

/** An item with several assignments is one task for each part; with one or none it is one task. */
function partsOf(item: Item, own: readonly Assignment[], text: string): Draft[] {
  const [only] = own
  if (own.length <= 1) return [draftOf(item, only ?? null, text)]
  const drafts: Draft[] = []
  let from = item.lines[0]?.start ?? 0
  const end = item.lines.at(-1)?.end ?? 0
  own.forEach((assignment, i) => {
    const last = i === own.length - 1
    const trailing = last && text.slice(assignment.end, end).trim().length <= 2
    const to = trailing ? end : assignment.end
    drafts.push(
      i === 0
        ? { ...draftOf(item, assignment, text), end: to, ...firstPart(item, assignment, text) }
        : partOf(item, assignment, from, to, text),
    )
    from = assignment.end
  })
  return drafts.map(draft => ({ ...draft, times: [{ start: draft.start, end: draft.end, stated: false }] }))
}

function firstPart(item: Item, assignment: Assignment, text: string): Pick<Draft, 'text'> {
  const { from } = wordsOf(item)
  return { text: tidy(text.slice(from, assignment.start)) }
}

function partOf(item: Item, assignment: Assignment, from: number, to: number, text: string): Draft {
  const raw = text.slice(from, assignment.start)
  const lead = /^[\s。；;，,、）)]*/.exec(raw)?.[0].length ?? 0
  const words = raw.slice(lead)
  const title = words.slice(0, firstSentenceEnd(words)).replace(/[。：:；;，,\s]+$/, '')
  return {
    ...draftOf(item, assignment, text),
    title,
    text: tidy(words),
    start: from + lead,
    end: to,
    titleSure: isLongTitle(title) ? 0.6 : 0.8,
    titleWhy: ['同一项里有几处分工，按分工拆成几条'],
  }
}

function draftOf(item: Item, assignment: Assignment | null, text: string): Draft {
  const { from, ...words } = wordsOf(item)
  const start = item.lines[0]?.start ?? 0
  const end = endOf(item)
  // A bracket that assigns may stand before the full stop of the title.
  const cut = assignment !== null && assignment.start > from && assignment.start < words.titleEnd
  const titleEnd = cut ? assignment.start : words.titleEnd
  const title = cut ? text.slice(from, titleEnd).replace(/[\s。：:；;，,由]+$/, '') : words.title
  const labels = labelledTimes(item)
  const body = withoutAssignment(text, title === '' ? from : titleEnd, end, assignment)
  return {
    no: toldNumber(item.mark),
    heading: pathOf(item),
    title,
    text: body === '' ? withoutAssignment(text, from, end, assignment) : body,
    requirement: null,
    progress: null,
    start,
    end,
    assignment,
    times: [{ start, end, stated: false }, ...labels],
    titleSure: item.gap ? 0.7 : isLongTitle(title) ? 0.7 : 0.95,
    titleWhy: [
      ...(item.gap ? [`编号“${item.mark.printed}”与前一项不连续`] : []),
      ...(isLongTitle(title) ? ['没有单独的标题，取了第一句'] : []),
    ],
    columnsSure: 1,
    why: [],
  }
}

/** 完成时限：…: what stands behind it is a deadline, however it is put. */
function labelledTimes(item: Item): Draft['times'] {
  return item.lines.flatMap(line =>
    labelledParts(line.text)
      .filter(({ role }) => role === 'time')
      .map(part => {
        const value = line.text.slice(part.start, part.end)
        const length = value.search(/[。；;）)]|$/)
        return { start: line.start + part.start, end: line.start + part.start + length, stated: true }
      }),
  )
}

const LABEL_LINE =
  /^(?:(?:牵头|责任|分管|包保|联系|督办|市级|县级)*(?:领导|责任人|负责人|联系人)|完成时限|完成时间|整改时限|办理时限|时间要求|时限要求|时限)\s?[:：].*$/gm

function withoutAssignment(text: string, from: number, end: number, assignment: Assignment | null): string {
  if (!assignment || assignment.start < from) {
    return tidy(assignment && assignment.end > from ? text.slice(assignment.end, end) : text.slice(from, end))
  }
  return tidy(text.slice(from, assignment.start) + text.slice(assignment.end, end))
}

const tidy = (text: string) =>
  text
    .replace(LABEL_LINE, '')
    .replace(/^[\s。；;，,]+|\s+$/g, '')
    .replace(/\n{2,}/g, '\n')
