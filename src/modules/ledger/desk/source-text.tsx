import type { Plan } from '../plan.ts'
import type { Task } from '../task.ts'

type Placed = Pick<Task, 'id' | 'sourceStart' | 'sourceEnd' | 'droppedAt'>

/** A document of 200 pages is not sent with every step: so much around the task that is looked at. */
const whole = 60_000
const around = 12_000

interface Piece {
  start: number
  text: string
  taskId: string | null
}

/** The document with the sentence of one task lit up; the other tasks are links to themselves. */
export function SourceText(props: {
  plan: Pick<Plan, 'text'>
  tasks: readonly Placed[]
  chosen: Placed | null
  hrefOf: (taskId: string) => string
}) {
  const { plan, tasks, chosen, hrefOf } = props
  const length = plan.text.length
  const middle = chosen?.sourceStart ?? 0
  const from = length <= whole ? 0 : lineStart(plan.text, Math.max(0, middle - around))
  const to = length <= whole ? length : Math.min(length, (chosen?.sourceEnd ?? middle) + around)
  const pieces = piecesOf(plan.text, tasks, chosen, from, to)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, and the keyboard must reach that
    <section class="source-text font-song" data-source aria-label="原文" tabIndex={0}>
      {from > 0 ? <p class="text-soft">……前面 {from} 字没有列出</p> : null}
      {pieces.map(piece =>
        piece.taskId === null ? (
          <span key={piece.start} data-offset={piece.start}>
            {piece.text}
          </span>
        ) : piece.taskId === chosen?.id ? (
          <mark key={piece.start} data-offset={piece.start} data-lit id="lit">
            {piece.text}
          </mark>
        ) : (
          <a key={piece.start} data-offset={piece.start} class="source-task" href={hrefOf(piece.taskId)}>
            {piece.text}
          </a>
        ),
      )}
      {to < length ? <p class="text-soft">……后面 {length - to} 字没有列出</p> : null}
    </section>
  )
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at) + 1

/** The text parted at the bounds of tasks; where tasks share a sentence, the chosen one is lit, else the first has it. */
function piecesOf(
  text: string,
  tasks: readonly Placed[],
  chosen: Placed | null,
  from: number,
  to: number,
): Piece[] {
  const spans = tasks
    .filter(task => task.droppedAt === null || task.id === chosen?.id)
    .flatMap(({ id, sourceStart, sourceEnd }) =>
      sourceStart === null || sourceEnd === null || sourceEnd <= from || sourceStart >= to
        ? []
        : [{ id, start: Math.max(from, sourceStart), end: Math.min(to, sourceEnd) }],
    )
  const bounds = [...new Set([from, to, ...spans.flatMap(span => [span.start, span.end])])].sort(
    (a, b) => a - b,
  )
  const pieces: Piece[] = []
  for (const [index, start] of bounds.entries()) {
    const end = bounds[index + 1]
    if (end === undefined || end <= start) continue
    const covering = spans.filter(span => span.start <= start && span.end >= end)
    const taskId = (covering.find(span => span.id === chosen?.id) ?? covering[0])?.id ?? null
    pieces.push({ start, text: text.slice(start, end), taskId })
  }
  return pieces
}
