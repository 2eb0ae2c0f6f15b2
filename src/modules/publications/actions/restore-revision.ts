import { z } from 'zod'
import { notFound } from '#lib/errors'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { textOfEdition } from '../draft-queries.ts'
import { findRevision } from '../draft-revisions.ts'
import type { EditionText } from '../edition.ts'
import { changeText, holdDraft } from './change-text.ts'

export const restoreRevisionInput = z.object({ publicationId: z.uuid(), revisionId: z.uuid() })

/** Makes the text of an older revision the draft's, as a new revision: what stood there until now stays kept before it. */
export async function restoreRevision(
  ctx: Context,
  input: z.output<typeof restoreRevisionInput>,
): Promise<{ number: number }> {
  return inTransaction(ctx.db, async db => {
    const held = await holdDraft(ctx, db, input.publicationId)
    const revision = await findRevision(db, input.publicationId, input.revisionId)
    if (!revision) throw notFound('publications.no-revision', '没有这次修订。请从修订记录里重新选择。')
    const { columnIds: _c, shownUntil: _s, ...fields } = revision.fields
    const text: EditionText = {
      ...textOfEdition(held.draft),
      ...fields,
      title: revision.title,
      bodyHtml: revision.bodyHtml,
    }
    await changeText(ctx, db, held, text, {
      way: 'restored',
      sentence: `把《${text.title}》的稿子恢复到第 ${revision.number} 次修订的文字`,
    })
    return { number: revision.number }
  })
}
