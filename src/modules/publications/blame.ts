import { diffArrays } from 'diff'
import { plainText } from '#lib/plain-text'

/** A paragraph of a text and whose hand it is by. */
interface WrittenBy {
  text: string
  by: string
  at: Date
  /** Those who changed it before, the newest first. */
  before: string[]
}

const mostChanges = 2500

/**
 * 谁写的: every paragraph of the last text with the person who last changed it. A changed paragraph passes to who changed it and
 * remembers whose it was; one that only moved on down stays with its writer.
 */
export function whoWrote(
  texts: readonly { bodyHtml: string; savedBy: string; savedAt: Date }[],
): WrittenBy[] {
  let written: WrittenBy[] = []
  for (const { bodyHtml, savedBy, savedAt } of texts) {
    const fresh = plainText(bodyHtml)
      .split('\n')
      .filter(line => line.trim() !== '')
    written = next(written, fresh, savedBy, savedAt)
  }
  return written
}

function next(before: readonly WrittenBy[], fresh: readonly string[], by: string, at: Date): WrittenBy[] {
  const mine = (text: string): WrittenBy => ({ text, by, at, before: [] })
  const changes = diffArrays(
    before.map(one => one.text),
    [...fresh],
    { maxEditLength: mostChanges },
  )
  if (!changes) return fresh.map(mine)
  const made: WrittenBy[] = []
  let from = 0
  let removed: readonly WrittenBy[] = []
  for (const { value, added, removed: isGone } of changes) {
    if (added) {
      made.push(...value.map((text, index) => changed(mine(text), removed[index])))
      removed = []
      continue
    }
    const those = before.slice(from, from + value.length)
    from += value.length
    removed = isGone ? those : []
    if (!isGone) made.push(...those)
  }
  return made
}

const changed = (now: WrittenBy, was: WrittenBy | undefined): WrittenBy => ({
  ...now,
  before: was ? [...new Set([was.by, ...was.before])].filter(name => name !== now.by) : [],
})
