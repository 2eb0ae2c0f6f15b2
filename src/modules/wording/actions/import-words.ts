import { sql } from 'kysely'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { mayKeepWords } from '../policy.ts'
import { listWords } from '../queries.ts'
import type { WordLine } from '../word-file.ts'

/** What an import would change: entries that are new, and those that would read otherwise. */
export async function wordChanges(
  db: Context['db'],
  words: readonly WordLine[],
): Promise<{ added: WordLine[]; changed: WordLine[] }> {
  const now = new Map((await listWords(db)).map(word => [word.text, word]))
  return {
    added: words.filter(word => !now.has(word.text)),
    changed: words.filter(word => {
      const known = now.get(word.text)
      // A file without dates changes nothing by that
      return known && telling({ ...word, sourceDate: word.sourceDate || known.sourceDate }) !== telling(known)
    }),
  }
}

const telling = (word: WordLine) =>
  JSON.stringify([
    word.text,
    word.replacement,
    word.severity,
    word.class,
    word.exceptions,
    word.source,
    word.sourceDate,
    word.used,
  ])

/** Takes in the entries of a file that differ from the list; the stock is read anew by the next job. @returns how many. */
export async function importWords(ctx: Context, words: readonly WordLine[]): Promise<number> {
  permit(mayKeepWords(ctx.actor), 'site-health.may-not-keep-words')
  return inTransaction(ctx.db, async db => {
    const { added, changed } = await wordChanges(db, words)
    const rows = [...added, ...changed].map(word => ({
      ...word,
      sourceDate: word.sourceDate || ctx.clock.today(),
      changedBy: actorName(ctx.actor),
      changedAt: ctx.clock.now(),
    }))
    if (rows.length === 0) return 0
    await insertMany(
      db,
      'wrongWords',
      rows,
      sql`on conflict (text) do update set replacement = excluded.replacement, severity = excluded.severity, class = excluded.class,
        exceptions = excluded.exceptions, source = excluded.source, source_date = excluded.source_date, used = excluded.used,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    )
    await recordAct(db, ctx, {
      act: 'site-health.words-imported',
      sentence: `导入词表：新增 ${added.length} 条，更改 ${changed.length} 条`,
      details: { words: rows.slice(0, 200).map(row => row.text) },
    })
    return rows.length
  })
}
