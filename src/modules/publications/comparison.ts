import { diffArrays, diffLines } from 'diff'

/** A stretch of text that both have, or only one. */
export interface TextPart {
  text: string
  added?: boolean
  removed?: boolean
}

/** Longer changed passages are shown whole: comparing them letter by letter takes too long and reads like confetti. */
const longest = 4000
const patience = 400

/**
 * What changed between two texts: by line first, and inside changed lines letter by letter, because Chinese has no spaces
 * to part words by.
 */
export function compareTexts(before: string, after: string): TextPart[] {
  if (before === after) return before === '' ? [] : [{ text: before }]
  const lines = diffLines(before, after, { timeout: patience * 5 }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const parts: TextPart[] = []
  for (let at = 0; at < lines.length; at++) {
    const [line, next] = [lines[at], lines[at + 1]]
    if (!line) continue
    if (line.removed && next?.added) {
      parts.push(...compareLetters(line.value, next.value))
      at++
    } else parts.push(partOf(line.value, line))
  }
  return parts
}

function compareLetters(before: string, after: string): TextPart[] {
  const whole = [partOf(before, { removed: true }), partOf(after, { added: true })]
  if (before.length + after.length > longest) return whole
  const changes = diffArrays(lettersOf(before), lettersOf(after), { timeout: patience })
  if (!changes) return whole
  const parts = changes.map(change => partOf(change.value.join(''), change))
  const kept = parts
    .filter(part => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.text.length, 0)
  // Two different sentences share some letters by chance
  return kept * 3 < Math.max(before.length, after.length) ? whole : parts
}

/** A number is one letter: from 80 to 100 nothing stays the same. */
const lettersOf = (text: string): string[] => text.match(/\d+(?:\.\d+)?|[A-Za-z]+|./gsu) ?? []

const partOf = (text: string, how: { added?: boolean; removed?: boolean }): TextPart => ({
  text,
  ...(how.added ? { added: true } : {}),
  ...(how.removed ? { removed: true } : {}),
})
