import type { Task } from '../task.ts'
import { likest } from './likeness.ts'

/** Whether a task goes on with one of an earlier plan, as a person decided it. */
export const verdicts = { same: '是同一项', different: '不是同一项' } as const
export type Verdict = keyof typeof verdicts

export interface TaskMatch {
  taskId: string
  previousId: string
  verdict: Verdict
  decidedBy: string
  decidedAt: Date
}

/** A task of this year beside the one of an earlier year that it goes on with, or may go on with. */
export interface Match {
  task: Task
  previous: Task
  likeness: number
  /** null: only proposed. */
  decision: TaskMatch | null
}

export interface Comparison {
  /** Confirmed by a person. */
  matched: Match[]
  /** Nearly the same words; waits for a person. */
  proposed: Match[]
  /** A person said that they are not the same. */
  denied: Match[]
  /** This year only, as far as is known. */
  added: Task[]
  /** Last year only, as far as is known. */
  gone: Task[]
}

/** Less in common is chance: plans of every year use the same phrases. */
const leastLikeness = 0.4

/**
 * Tasks of two years: first what a person confirmed, then proposals by the likeness of their words, the likest first and each
 * task once. What a person denied is never proposed again.
 */
export function compareTasks(
  tasks: readonly Task[],
  previous: readonly Task[],
  decisions: readonly TaskMatch[] = [],
): Comparison {
  const found = likest(tasks, previous, 0)
  const [taskOf, previousOf] = [byId(tasks), byId(previous)]
  const decided = decisions.flatMap((decision): Match[] => {
    const [task, before] = [taskOf.get(decision.taskId), previousOf.get(decision.previousId)]
    if (!task || !before) return []
    const likeness = found.get(task.id)?.find(one => one.previous.id === before.id)?.likeness ?? 0
    return [{ task, previous: before, likeness, decision }]
  })
  const matched = decided.filter(one => one.decision?.verdict === 'same')
  const denied = decided.filter(one => one.decision?.verdict === 'different')
  const isDenied = new Set(denied.map(one => `${one.task.id} ${one.previous.id}`))
  const taken = new Set(matched.flatMap(one => [one.task.id, one.previous.id]))
  const proposed = tasks
    .flatMap(task => (found.get(task.id) ?? []).map(one => ({ task, ...one, decision: null })))
    .filter(one => one.likeness >= leastLikeness && !isDenied.has(`${one.task.id} ${one.previous.id}`))
    .sort((a, b) => b.likeness - a.likeness || a.task.position - b.task.position)
    .filter(one => {
      if (taken.has(one.task.id) || taken.has(one.previous.id)) return false
      taken.add(one.task.id)
      taken.add(one.previous.id)
      return true
    })
  return {
    matched: matched.toSorted(inOrder),
    proposed: proposed.toSorted(inOrder),
    denied: denied.toSorted(inOrder),
    added: tasks.filter(task => !taken.has(task.id)),
    gone: previous.filter(task => !taken.has(task.id)),
  }
}

const byId = (tasks: readonly Task[]) => new Map(tasks.map(task => [task.id, task]))
const inOrder = (a: Match, b: Match) => a.task.position - b.task.position
