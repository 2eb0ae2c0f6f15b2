import { conflict } from '#lib/errors'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { textOfEdition } from '../draft-queries.ts'
import type { EditionText } from '../edition.ts'
import { changeText, holdDraft } from './change-text.ts'
import { startEdition } from './start-edition.ts'

/** What an act of another module says anew of a publication; everything else stays as readers see it. */
export type Revision = Partial<Pick<EditionText, 'validUntil' | 'changeNote' | 'fields'>>

/** Begins a corrected edition that differs in these facts alone; it is reviewed as any other. */
export async function reviseEdition(
  ctx: Context,
  publicationId: string,
  { fields, ...facts }: Revision,
): Promise<{ revision: number }> {
  return inTransaction(ctx.db, async db => {
    const within = { ...ctx, db }
    const { revision } = await startEdition(within, publicationId)
    const held = await holdDraft(within, db, publicationId)
    if (revision !== 1)
      throw conflict(
        'publications.edition-open',
        `《${held.draft.title}》已经有一份没有发布的更正稿。请先把它发布或者放弃。`,
      )
    const before = textOfEdition(held.draft)
    const text = { ...before, ...facts, fields: { ...before.fields, ...fields } }
    const saved = await changeText(within, db, held, text, {
      way: 'typed',
      sentence: `更正稿《${before.title}》：${facts.changeNote ?? ''}`,
    })
    return { revision: saved }
  })
}
