import { diffArrays } from 'diff'

/** A stretch of text that both have, or only one. */
export interface TextPart {
  text: string
  added?: true
  removed?: true
}

export interface TextComparison {
  /** Paragraph by paragraph, both texts laid over each other; what stands in only one is marked whole. */
  paragraphs: TextPart[][]
  /** Whether the texts were too long to compare closely: some changed paragraphs are marked whole. */
  coarse: boolean
}

/** Bounds of effort, not of time: the same two texts always compare the same, on a busy machine too. */
const mostParagraphChanges = 2500
const mostWordChanges = 400
const mostPairs = 4000
const mostLetters = 300_000
/** Paragraphs that have less than this in common are two, not one that was changed. */
const alike = 0.4

/**
 * What changed between two texts: paragraphs are set against each other first, then words inside those that changed.
 * Every paragraph of both texts is there, in order.
 */
export function compareTexts(before: string, after: string): TextComparison {
  const effort = { letters: mostLetters, coarse: false }
  const [old, fresh] = [paragraphsOf(before), paragraphsOf(after)]
  const close = diffArrays(old, fresh, { maxEditLength: mostParagraphChanges })
  effort.coarse = close === undefined
  const changes = close ?? [
    { value: old, removed: true, added: false },
    { value: fresh, removed: false, added: true },
  ]
  const paragraphs: TextPart[][] = []
  for (let at = 0; at < changes.length; at++) {
    const [change, next] = [changes[at], changes[at + 1]]
    if (!change) continue
    if (change.removed && next?.added) {
      paragraphs.push(...compareBlocks(change.value, next.value, effort))
      at++
    } else paragraphs.push(...change.value.map(text => [partOf(text, change)]))
  }
  return { paragraphs, coarse: effort.coarse }
}

const paragraphsOf = (text: string): string[] => text.split('\n').filter(line => line.trim() !== '')

interface Effort {
  letters: number
  coarse: boolean
}

/** A run of paragraphs that was replaced by another: those that are alike are one that changed. */
function compareBlocks(before: readonly string[], after: readonly string[], effort: Effort): TextPart[][] {
  const rows: TextPart[][] = []
  let [left, right] = [0, 0]
  for (const [one, other] of [...pairsOf(before, after, effort), [before.length, after.length] as const]) {
    while (left < one) rows.push([partOf(before[left++] ?? '', { removed: true })])
    while (right < other) rows.push([partOf(after[right++] ?? '', { added: true })])
    if (one === before.length) break
    rows.push(compareWords(before[left++] ?? '', after[right++] ?? '', effort))
  }
  return rows
}

/** Which paragraphs belong together, in order: the choice with the most in common (longest common subsequence by likeness). */
function pairsOf(before: readonly string[], after: readonly string[], effort: Effort): [number, number][] {
  if (before.length * after.length > mostPairs) {
    effort.coarse = true
    return []
  }
  const [old, fresh] = [before.map(pairsOfLetters), after.map(pairsOfLetters)]
  const width = after.length + 1
  const best = new Float64Array((before.length + 1) * width)
  const likeness = new Float64Array((before.length + 1) * width)
  for (let one = before.length - 1; one >= 0; one--)
    for (let other = after.length - 1; other >= 0; other--) {
      const here = one * width + other
      const shared = likenessOf(old[one] ?? new Set(), fresh[other] ?? new Set())
      likeness[here] = shared
      best[here] = Math.max(
        best[here + width] ?? 0,
        best[here + 1] ?? 0,
        shared >= alike ? shared + (best[here + width + 1] ?? 0) : 0,
      )
    }
  const pairs: [number, number][] = []
  for (let one = 0, other = 0; one < before.length && other < after.length; ) {
    const here = one * width + other
    const shared = likeness[here] ?? 0
    if (shared >= alike && best[here] === shared + (best[here + width + 1] ?? 0)) pairs.push([one++, other++])
    else if ((best[here + width] ?? 0) >= (best[here + 1] ?? 0)) one++
    else other++
  }
  return pairs
}

const pairsOfLetters = (text: string): Set<string> => {
  const letters = [...text.slice(0, 600)]
  return new Set(letters.map((letter, at) => letter + (letters[at + 1] ?? '')))
}

function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const pair of one) if (other.has(pair)) shared++
  return (2 * shared) / Math.max(1, one.size + other.size)
}

/** Words that changed inside a paragraph; whole where that would be confetti, or too much work. */
function compareWords(before: string, after: string, effort: Effort): TextPart[] {
  const whole = [partOf(before, { removed: true }), partOf(after, { added: true })]
  effort.letters -= before.length + after.length
  const changes =
    effort.letters > 0
      ? diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostWordChanges })
      : undefined
  if (!changes) {
    effort.coarse = true
    return whole
  }
  const parts = changes.map(change => partOf(change.value.join(''), change))
  const kept = parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.text.length), 0)
  return kept * 3 < Math.max(before.length, after.length) ? whole : withoutCrumbs(parts)
}

/** Chinese has no spaces to part words by; the ones that Unicode's dictionary finds do. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)

/** A single letter that happens to stay between two changes joins them: a changed phrase is read whole. */
function withoutCrumbs(parts: readonly TextPart[]): TextPart[] {
  const joined: TextPart[] = []
  let [removed, added] = ['', '']
  const close = () => {
    if (removed) joined.push(partOf(removed, { removed: true }))
    if (added) joined.push(partOf(added, { added: true }))
    removed = added = ''
  }
  for (const [at, part] of parts.entries()) {
    const isCrumb = part.text.length === 1 && at > 0 && at < parts.length - 1 && /\p{L}/u.test(part.text)
    if (part.removed) removed += part.text
    else if (part.added) added += part.text
    else if (isCrumb) {
      removed += part.text
      added += part.text
    } else {
      close()
      joined.push(part)
    }
  }
  close()
  return joined
}

const partOf = (text: string, how: { added?: boolean; removed?: boolean }): TextPart => ({
  text,
  ...(how.added ? { added: true } : {}),
  ...(how.removed ? { removed: true } : {}),
})
