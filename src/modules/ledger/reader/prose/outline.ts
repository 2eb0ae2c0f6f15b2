import type { Mark, MarkKind } from '../numbering.ts'
import { markKinds } from '../numbering.ts'
import type { ProseLine } from './inline-marks.ts'

/** A numbered item with what stands under it. */
export type Item = {
  mark: Mark
  /** Its own lines, without those of the items below it; the first carries the number. */
  lines: ProseLine[]
  children: Item[]
  parent: Item | null
  /** The number does not follow the one before it in its list. */
  gap: boolean
}

/** Lines of one document (null ends what stands open, as a signature does) → its items as a tree. */
export function outlineOf(lines: readonly (ProseLine | null)[]): Item[] {
  const roots: Item[] = []
  let open: Item[] = []
  for (const line of lines) {
    if (line === null) {
      open = []
      continue
    }
    const { mark } = line
    if (!mark) {
      open.at(-1)?.lines.push(line)
      continue
    }
    open = open.slice(0, depthFor(mark, open))
    const parent = open.at(-1) ?? null
    const siblings = parent ? parent.children : roots
    const before = siblings.findLast(item => item.mark.kind === mark.kind)
    const item: Item = {
      mark,
      lines: [line],
      children: [],
      parent,
      gap: before ? mark.value !== before.mark.value + 1 && mark.value !== 1 : false,
    }
    siblings.push(item)
    open.push(item)
  }
  return roots
}

/**
 * How many of the open items stay open above a new one. A kind that is open goes on; a list that begins at 1 opens below
 * whatever is open; otherwise the usual order of kinds decides, so that levels may be left out.
 */
function depthFor(mark: Mark, open: readonly Item[]): number {
  const same = open.findIndex(item => item.mark.kind === mark.kind)
  if (same !== -1) return same
  const rank = rankOf(mark.kind)
  const above = open.findIndex(item => rankOf(item.mark.kind) >= rank)
  if (above === -1) return open.length
  return mark.value === 1 && rank > rankOf('section') ? open.length : above
}

const rankOf = (kind: MarkKind) => markKinds.indexOf(kind)

export function* itemsBelow(items: readonly Item[]): Generator<Item> {
  for (const item of items) {
    yield item
    yield* itemsBelow(item.children)
  }
}

/** Everything that stands under an item, itself included. */
export function endOf(item: Item): number {
  let last: Item = item
  let end = item.lines.at(-1)?.end ?? 0
  for (;;) {
    const next = last.children.at(-1)
    if (!next) return end
    last = next
    end = Math.max(end, last.lines.at(-1)?.end ?? 0)
  }
}
