import { blankTask } from './proposals.ts'
import { type Doubtable, doubtable, type PrintedDue, type Task, type TaskContent } from './task.ts'

type Changed = { changedBy: string; changedAt: Date }

const once = (names: readonly string[]) => [...new Set(names)]
const undecided = {
  confirmedAt: null,
  confirmedBy: null,
  droppedAt: null,
  droppedBy: null,
  droppedReason: null,
}

/** Two tasks that are one: the words of both, one after the other; it has to be confirmed anew. */
export function mergeTasks(first: Task, second: Task, changed: Changed): Task {
  const isPlaced = first.sourceStart !== null && second.sourceStart !== null
  const dues = [...first.due, ...second.due]
  return {
    ...first,
    ...undecided,
    ...changed,
    text: [first.text, withTitle(second)].filter(text => text !== '').join('\n'),
    requirement: [first.requirement, second.requirement].filter(text => text !== '').join('\n'),
    progress: [first.progress, second.progress].filter(text => text !== '').join('\n'),
    lead: once([...first.lead, ...second.lead]),
    responsible: once([...first.responsible, ...second.responsible]),
    supporting: once([...first.supporting, ...second.supporting]),
    due: dues.filter((due, at) => dues.findIndex(one => sameDue(one, due)) === at),
    sourceStart: isPlaced ? Math.min(first.sourceStart ?? 0, second.sourceStart ?? 0) : first.sourceStart,
    sourceEnd: isPlaced ? Math.max(first.sourceEnd ?? 0, second.sourceEnd ?? 0) : first.sourceEnd,
    revision: first.revision + 1,
  }
}

/** The title of a task that becomes part of another one is part of what it asks. */
const withTitle = ({ title, text }: Task) =>
  title === '' || text.startsWith(title) ? text : `${title}。${text}`

const sameDue = (one: PrintedDue, other: PrintedDue) =>
  one.text === other.text && one.date === other.date && one.every === other.every

/**
 * One task that is two, parted at a place of the plan's text. Units and deadlines go with the part that prints them; what
 * neither prints, or both, stays with both and is to be looked at. Where only one part prints units, they are those of the
 * whole item: nobody is left without.
 * @returns null when one part would be empty.
 */
export function splitTask(task: Task, planText: string, at: number, changed: Changed): [Task, Task] | null {
  if (task.sourceStart === null || task.sourceEnd === null) return null
  const spans = [
    [task.sourceStart, at],
    [at, task.sourceEnd],
  ] as const
  const texts = spans.map(([from, to]) => planText.slice(from, to).trim())
  const [head = '', tail = ''] = texts
  if (at <= task.sourceStart || at >= task.sourceEnd || head === '' || tail === '') return null
  const units = [...task.lead, ...task.responsible, ...task.supporting]
  const eachPrintsUnits = texts.every(text => units.some(unit => text.includes(unit)))
  const words = partedAsRead(task.text, tail) ?? texts
  const part = (index: 0 | 1): Task => {
    const own = texts[index] ?? ''
    const other = texts[1 - index] ?? ''
    const stays = (printed: string) => own.includes(printed) || !other.includes(printed)
    const isOf = (unit: string) => !eachPrintsUnits || stays(unit)
    const [sourceStart, sourceEnd] = spans[index]
    const base =
      index === 0 ? task : { ...blankTask({ id: task.planId, ...changed }), origin: 'split' as const }
    return {
      ...base,
      ...undecided,
      ...changed,
      position: task.position,
      no: index === 0 ? task.no : '',
      heading: task.heading,
      title: index === 0 ? task.title : '',
      text: words[index] ?? own,
      requirement: index === 0 ? task.requirement : '',
      progress: index === 0 ? task.progress : '',
      fields: task.fields,
      lead: task.lead.filter(isOf),
      responsible: task.responsible.filter(isOf),
      supporting: task.supporting.filter(isOf),
      due: task.due.filter(due => stays(due.text)),
      sourceStart,
      sourceEnd,
      confidence: afterSplit(task),
      revision: index === 0 ? task.revision + 1 : 1,
    }
  }
  return [part(0), part(1)]
}

/** The words as the reader had taken them, without number, title and assignment, parted at the same sentence. */
function partedAsRead(text: string, tail: string): [string, string] | null {
  const opening = /^[^。；;（(\n]{2,20}/.exec(tail)?.[0]
  const at = opening === undefined ? -1 : text.indexOf(opening)
  if (opening === undefined || at < 1 || text.indexOf(opening, at + 1) > 0) return null
  const head = text.slice(0, at).trim()
  return head === '' ? null : [head, text.slice(at).trim()]
}

const afterSplit = (task: Task): Task['confidence'] => ({
  ...task.confidence,
  lead: { sure: false, why: '刚分开，请核对哪些单位属于这一项' },
  responsible: { sure: false, why: '刚分开，请核对哪些单位属于这一项' },
})

/** What a person wrote is sure; what was left as it was stays as sure as it was. */
export function mendTask(task: Task, content: TaskContent, changed: Changed): Task {
  const confidence = { ...task.confidence }
  for (const field of Object.keys(doubtable) as Doubtable[])
    if (JSON.stringify(task[field]) !== JSON.stringify(content[field]))
      confidence[field] = { sure: true, why: `由${changed.changedBy}改过` }
  return { ...task, ...content, ...changed, confidence, revision: task.revision + 1 }
}

/** Where sentences of a text begin, counted from its start: the places at which a task can be parted. */
export function sentencesOf(text: string): { start: number; text: string }[] {
  return [...text.matchAll(/[^。；;\n]+[。；;]*[）)”"]*\n*/g)].flatMap(found =>
    found[0].trim() === '' ? [] : [{ start: found.index, text: found[0].trim() }],
  )
}

/** Tasks in a new order: as `tasks` stand, numbered from 1. Only those whose place changed. */
export const renumbered = (tasks: readonly Task[]): Task[] =>
  tasks.flatMap((task, at) => (task.position === at + 1 ? [] : [{ ...task, position: at + 1 }]))
