import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { cleanBody, usePicturesOfBody } from '#modules/files'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import {
  type EditionRow,
  findDraft,
  lockPublication,
  type PublicationRow,
  updateDraft,
} from '../draft-queries.ts'
import type { RevisionWay } from '../draft-revisions.ts'
import type { EditionText } from '../edition.ts'
import { mayDraft } from '../policy.ts'
import { procedureOf } from '../procedure.ts'
import { insertReviewStep } from '../review-steps.ts'

/** The draft, held until the act commits, when this person may change it. */
export async function holdDraft(
  ctx: Context,
  db: Database,
  publicationId: string,
): Promise<{ publication: PublicationRow; draft: EditionRow }> {
  const publication = await lockPublication(db, publicationId)
  const draft = publication && (await findDraft(db, publicationId))
  if (!publication || !draft)
    throw notFound('publications.no-draft', '没有可以修改的稿子：也许同事刚刚已经发布或者放弃了它。')
  permit(mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
  if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下，稿子不能再改。')
  return { publication, draft }
}

/** Puts another text into a held draft, with everything that follows from it; columns, links and attachments stay. */
export async function changeText(
  ctx: Context,
  db: Database,
  held: { publication: PublicationRow; draft: EditionRow },
  text: EditionText,
  how: { way: RevisionWay; sentence: string },
): Promise<number> {
  const { publication, draft } = held
  await procedureOf(publication, ctx.clock.now())?.changing(db, text.title)
  const clean = { ...text, bodyHtml: cleanBody(text.bodyHtml) }
  await updateDraft(
    db,
    draft.id,
    draft.revision,
    {
      text: clean,
      columnIds: draft.columnIds,
      shownUntil: draft.shownUntil,
      editedBy: actorName(ctx.actor),
      editedById: actorId(ctx.actor),
      editedAt: ctx.clock.now(),
    },
    how.way,
  )
  if (draft.submittedAt) {
    await db.updateTable('editions').set({ submittedAt: null }).where('id', '=', draft.id).execute()
    await insertReviewStep(db, ctx, draft, 'taken-back')
  }
  await usePicturesOfBody(db, draft.id, clean.bodyHtml)
  await recordAct(db, ctx, {
    act: `publications.draft-${how.way}`,
    sentence: how.sentence,
    object: { kind: 'publication', id: publication.id, label: clean.title },
  })
  return draft.revision + 1
}
