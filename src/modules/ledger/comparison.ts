import type { Task } from './task.ts'

/** A task of this year beside the one of last year that says nearly the same. */
export interface Match {
  task: Task
  previous: Task
  /** 0 nothing in common … 1 the same words. */
  likeness: number
}

export interface Comparison {
  matched: Match[]
  /** This year only. */
  added: Task[]
  /** Last year only. */
  gone: Task[]
}

/** Less in common is chance: plans of every year use the same phrases. */
const leastLikeness = 0.4

/** How sure a match is, in words. */
export const likenessWords = (likeness: number) =>
  likeness >= 0.8 ? '基本相同' : likeness >= 0.6 ? '很像' : '有些像，请核对'

/** Tasks of two years by the likeness of their words; each is matched once, the likest first. */
export function compareTasks(tasks: readonly Task[], previous: readonly Task[]): Comparison {
  const words = new Map([...tasks, ...previous].map(task => [task.id, pairsOf(task)]))
  const found: Match[] = tasks.flatMap(task =>
    previous.flatMap(before => {
      const likeness = likenessOf(words.get(task.id), words.get(before.id))
      return likeness >= leastLikeness ? [{ task, previous: before, likeness }] : []
    }),
  )
  const taken = new Set<string>()
  const matched = found
    .toSorted((a, b) => b.likeness - a.likeness || a.task.position - b.task.position)
    .filter(match => {
      if (taken.has(match.task.id) || taken.has(match.previous.id)) return false
      taken.add(match.task.id)
      taken.add(match.previous.id)
      return true
    })
  return {
    matched: matched.toSorted((a, b) => a.task.position - b.task.position),
    added: tasks.filter(task => !taken.has(task.id)),
    gone: previous.filter(task => !taken.has(task.id)),
  }
}

/** Two signs in a row, without figures and marks: the year and the number change every year. */
function pairsOf(task: Pick<Task, 'title' | 'text'>): Set<string> {
  const text = (task.text.startsWith(task.title) ? task.text : `${task.title}${task.text}`).replace(
    /[^\p{Script=Han}A-Za-z]/gu,
    '',
  )
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))
}

function likenessOf(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): number {
  if (!one || !other || one.size + other.size === 0) return 0
  let shared = 0
  for (const pair of one) if (other.has(pair)) shared++
  return (2 * shared) / (one.size + other.size)
}
