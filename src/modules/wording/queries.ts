import { createHash } from 'node:crypto'
import type { Database } from '#platform/db/database'
import { starterWords } from './starter-words.ts'
import type { WordLine } from './word-file.ts'
import type { Severity, WordClass, WrongWord } from './wrong-word.ts'

/** The list as it is used here: the system's, with our own in place of those that say the same word. */
export async function listWords(db: Database): Promise<WordLine[]> {
  const rows = await db.selectFrom('wrongWords').selectAll().orderBy('text').execute()
  const own = rows.map(({ changedBy: _, changedAt: __, ...row }) => ({
    ...row,
    severity: row.severity as Severity,
    class: row.class as WordClass,
  }))
  const texts = new Set(own.map(word => word.text))
  return [
    ...own,
    ...starterWords.filter(word => !texts.has(word.text)).map(word => ({ ...word, used: true })),
  ]
}

/** What is looked for, and a fingerprint by which a text is known to have been read with just this list. */
export interface WordList {
  words: readonly WrongWord[]
  fingerprint: string
}

export async function wordsInUse(db: Database): Promise<WordList> {
  const words = (await listWords(db)).filter(word => word.used)
  const telling = words.map(({ text, replacement, severity, class: kind, exceptions }) => [
    text,
    replacement,
    severity,
    kind,
    exceptions,
  ])
  const hash = createHash('sha256').update(JSON.stringify(telling.toSorted()))
  return { words, fingerprint: hash.digest('hex').slice(0, 16) }
}
