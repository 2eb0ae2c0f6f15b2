import type { Task } from '../task.ts'

/** A task of an earlier year, and how like it is. */
export interface Likeness {
  previous: Task
  /** 0 nothing in common … 1 the same words. */
  likeness: number
}

/** How sure a likeness is, in words. */
export const likenessWords = (likeness: number) =>
  likeness >= surelyLike
    ? '基本相同'
    : likeness >= 0.6
      ? '很像'
      : likeness >= 0.4
        ? '有些像，请核对'
        : '不太像'

/** From here on, two tasks say nearly the same words. */
export const surelyLike = 0.8

/** Beyond these nobody looks for the one that is meant. */
const mostKept = 20

/**
 * For each task those of an earlier year that share words with it, the likest first. Plans have up to a thousand tasks: where a
 * pair of signs stands is looked up, not every task compared with every other.
 */
export function likest(
  tasks: readonly Task[],
  previous: readonly Task[],
  least: number,
): Map<string, Likeness[]> {
  const sizes: number[] = []
  const places = new Map<string, number[]>()
  for (const [at, task] of previous.entries()) {
    const pairs = pairsOf(task)
    sizes.push(pairs.size)
    for (const pair of pairs) {
      const known = places.get(pair)
      if (known) known.push(at)
      else places.set(pair, [at])
    }
  }
  return new Map(
    tasks.map(task => {
      const pairs = pairsOf(task)
      const shared = new Uint32Array(previous.length)
      for (const pair of pairs) for (const at of places.get(pair) ?? []) shared[at] = (shared[at] ?? 0) + 1
      const found = previous.flatMap((one, at) => {
        const whole = pairs.size + (sizes[at] ?? 0)
        const likeness = whole === 0 ? 0 : (2 * (shared[at] ?? 0)) / whole
        return likeness > 0 && likeness >= least ? [{ previous: one, likeness }] : []
      })
      return [task.id, found.sort((a, b) => b.likeness - a.likeness).slice(0, mostKept)]
    }),
  )
}

/** Two signs in a row, without figures and marks: the year and the number change every year. */
function pairsOf(task: Pick<Task, 'title' | 'text'>): Set<string> {
  const text = (task.text.startsWith(task.title) ? task.text : `${task.title}${task.text}`).replace(
    /[^\p{Script=Han}A-Za-z]/gu,
    '',
  )
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))
}
