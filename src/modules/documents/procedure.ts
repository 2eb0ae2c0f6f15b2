import { conflict, invalid } from '#lib/errors'
import type { Procedure } from '#modules/publications'
import { states } from './document.ts'
import { whyNot } from './guards.ts'
import { findDocument, gatherCase } from './queries.ts'
import { refuse } from './take-step.ts'

/** What publications ask before a draft of an official document is changed, thrown away or let out. */
export const documentProcedure: Procedure = {
  async changing(db, { publicationId }, title) {
    const document = await findDocument(db, { publicationId }, { lock: true })
    if (!document) return
    if (document.state !== 'drafting')
      throw conflict(
        'documents.not-on-your-table',
        `这份稿子所属的公文正在“${states[document.state]}”，现在不能修改。还没有人办理的可以撤回，否则请办理人退文；签发以后不能再改。`,
      )
    if (document.title !== title)
      await db.updateTable('documents').set({ title }).where('id', '=', document.id).execute()
  },
  async discarding(db, { publicationId }) {
    const document = await findDocument(db, { publicationId }, { lock: true })
    if (document && document.state !== 'discarded')
      throw conflict('documents.in-hand', '这份稿子属于一件公文，请到“公文办理”里先终止办理。')
  },
  async addressOf(db, { publicationId, publicId }) {
    const document = await findDocument(db, { publicationId })
    return document ? `/documents/${document.id}` : `/documents/new?draft=${publicId}`
  },
  async clearing(db, ctx, { publicationId }, { documentId, opinion }) {
    const document = await findDocument(db, { id: documentId }, { lock: true })
    if (!document || document.publicationId !== publicationId)
      throw conflict('documents.not-its-case', '发布所依据的公文不是这一件。')
    // Whoever calls: the table and every guard of “公开” hold here too (R-SRC-01, R-EXC-09, R-INT-01)
    refuse(whyNot(ctx.actor, 'publish', await gatherCase({ ...ctx, db }, document)))
    if (opinion !== document.secrecyOpinion)
      throw invalid('documents.other-opinion', '保密审查意见和公文里记录的不一致，不能公开（R-EXC-10）。')
  },
}
