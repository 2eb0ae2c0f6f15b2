import type { GoldDue, GoldPlan, GoldTask } from './gold.ts'
import type { Deadline, PlanReading, ReadTask } from './plan-reading.ts'

/** How many values were expected, how many read, and how many of these are right. */
export type Tally = { expected: number; read: number; right: number }

export type PlanScore = {
  document: string
  tasks: Tally
  lead: Tally
  responsible: Tally
  /** Whole paths. */
  heading: Tally
  /** Texts of deadlines. */
  due: Tally
  /** Texts with the right date. */
  dueDate: Tally
}

const FIELDS = ['tasks', 'lead', 'responsible', 'heading', 'due', 'dueDate'] as const

/** What a reading got right. @throws when the reading is of another text than the expected offsets point into. */
export function scorePlan(
  gold: GoldPlan,
  text: string,
  reading: Pick<PlanReading, 'tasks' | 'text'>,
): PlanScore {
  if (reading.text !== text)
    throw new Error(`${gold.document}: the reading's text is not the normalised document`)
  const score: PlanScore = {
    document: gold.document,
    tasks: none(),
    lead: none(),
    responsible: none(),
    heading: none(),
    due: none(),
    dueDate: none(),
  }
  for (const [expected, read] of align(gold.tasks, reading.tasks)) {
    count(score.tasks, expected ? 1 : 0, read ? 1 : 0, expected && read ? 1 : 0)
    for (const role of ['lead', 'responsible'] as const) {
      const wanted = (expected?.[role] ?? []).map(unitKey)
      const found = (read?.[role] ?? []).map(unitKey)
      count(score[role], wanted.length, found.length, common(wanted, found))
    }
    scoreHeading(score.heading, text, expected, read)
    scoreDue(score, text, expected, read)
  }
  return score
}

export function sumScores(document: string, scores: readonly PlanScore[]): PlanScore {
  const sum = Object.fromEntries(FIELDS.map(field => [field, none()])) as Omit<PlanScore, 'document'>
  for (const score of scores)
    for (const field of FIELDS)
      count(sum[field], score[field].expected, score[field].read, score[field].right)
  return { document, ...sum }
}

/** 1 where nothing was expected and nothing read. */
export const precision = ({ read, right, expected }: Tally) =>
  read === 0 ? (expected === 0 ? 1 : 0) : right / read
export const recall = ({ expected, right }: Tally) => (expected === 0 ? 1 : right / expected)
export const f1 = ({ expected, read, right }: Tally) =>
  expected + read === 0 ? 1 : (2 * right) / (expected + read)

const none = (): Tally => ({ expected: 0, read: 0, right: 0 })

function count(tally: Tally, expected: number, read: number, right: number): void {
  tally.expected += expected
  tally.read += read
  tally.right += right
}

type Pair = [expected: GoldTask | null, read: ReadTask | null]

/**
 * Pairs in printed order, chosen so that sources overlap most in sum (share of the shorter in the longer); what overlaps nothing
 * stays alone.
 */
function align(expected: readonly GoldTask[], read: readonly ReadTask[]): Pair[] {
  const width = read.length + 1
  const best = new Float64Array((expected.length + 1) * width)
  for (let i = expected.length - 1; i >= 0; i--)
    for (let j = read.length - 1; j >= 0; j--)
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j] ?? 0,
        best[i * width + j + 1] ?? 0,
        (best[(i + 1) * width + j + 1] ?? 0) + overlap(expected[i], read[j]),
      )
  const pairs: Pair[] = []
  let i = 0
  let j = 0
  while (i < expected.length || j < read.length) {
    const [wanted, found] = [expected[i], read[j]]
    const here = best[i * width + j] ?? 0
    if (wanted && found && overlap(wanted, found) > 0 && here === diagonal(i, j)) {
      pairs.push([wanted, found])
      i++
      j++
    } else if (wanted && (!found || here === best[(i + 1) * width + j])) {
      pairs.push([wanted, null])
      i++
    } else if (found) {
      pairs.push([null, found])
      j++
    }
  }
  return pairs

  function diagonal(row: number, column: number): number {
    return (best[(row + 1) * width + column + 1] ?? 0) + overlap(expected[row], read[column])
  }
}

function overlap(expected: GoldTask | undefined, read: ReadTask | undefined): number {
  if (!expected || !read) return 0
  const [start, end] = expected.source
  const both = Math.min(end, read.source.end) - Math.max(start, read.source.start)
  return both <= 0 ? 0 : both / (Math.max(end, read.source.end) - Math.min(start, read.source.start))
}

// Full width or not, an unclosed bracket or a space inside do not make another unit.
const unitKey = (name: string) => name.replace(/[\s()（）\u200B]/g, '').replace(/[。，、；：,;:]+$/, '')

function common<Value>(wanted: readonly Value[], found: readonly Value[]): number {
  const left = [...found]
  return wanted.filter(value => {
    const at = left.indexOf(value)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }).length
}

const NUMBER =
  /^(?:第[一二三四五六七八九十百]+[章节部分]+|[（(]?[一二三四五六七八九十百]+[）)]?[、.．]?|[（(]?\d+[）)]?(?:[.．、]\d+)*[、.．]?)/

const headingKey = (printed: string) =>
  printed
    .replace(/\s/g, '')
    .replace(NUMBER, '')
    .replace(/[。．：:；;]+$/, '')

function scoreHeading(tally: Tally, text: string, expected: GoldTask | null, read: ReadTask | null): void {
  const wanted = (expected?.heading ?? []).map(([start, end]) => headingKey(text.slice(start, end)))
  const found = (read?.heading ?? []).map(headingKey)
  const same = expected !== null && read !== null && wanted.join('\n') === found.join('\n')
  // A chapter that is a paragraph: its first words, or none, are as good as the whole.
  const allowed =
    expected?.headingOptional &&
    found.every((part, level) => part.length > 3 && wanted[level]?.startsWith(part))
  if (allowed) return
  count(tally, wanted.length > 0 ? 1 : 0, found.length > 0 ? 1 : 0, same && wanted.length > 0 ? 1 : 0)
}

const dueKey = (printed: string) => printed.replace(/[\s“”"，,。；;]/g, '')

function scoreDue(score: PlanScore, text: string, expected: GoldTask | null, read: ReadTask | null): void {
  const left = [...(read?.due ?? [])]
  for (const wanted of expected?.due ?? []) {
    const printed = dueKey(text.slice(...wanted.at))
    const at = left.findIndex(found => sameTerm(printed, dueKey(found.text)))
    const [found] = at < 0 ? [] : left.splice(at, 1)
    if (wanted.optional) continue
    count(score.due, 1, found ? 1 : 0, found ? 1 : 0)
    count(score.dueDate, 1, found ? 1 : 0, found && sameDate(wanted, found) ? 1 : 0)
  }
  count(score.due, 0, left.length, 0)
  count(score.dueDate, 0, left.length, 0)
}

/** One within the other: "6月底前" and "于2017年6月底前" are the same term. */
const sameTerm = (wanted: string, found: string) =>
  found.length > 1 && (wanted.includes(found) || found.includes(wanted))

const sameDate = ({ date, orDate = [] }: GoldDue, found: Deadline) => [date, ...orDate].includes(found.date)
