import { saveDraft, saveDraftInput } from '../../src/modules/publications/actions/save-draft.ts'
import { startEdition } from '../../src/modules/publications/actions/start-edition.ts'
import { findDraft } from '../../src/modules/publications/draft-queries.ts'
import { type Publishing, review } from './publishing.ts'

/** A corrected edition of a public item, reviewed and published at once or at `publishAt` (Beijing time). */
export async function correctPublic(
  house: Pick<Publishing, 'connection' | 'drafter' | 'reviewer'>,
  publicationId: string,
  changes: object,
  publishAt = '',
): Promise<void> {
  await startEdition(house.drafter, publicationId)
  const draft = await findDraft(house.connection.db, publicationId)
  if (!draft) throw new Error('no draft')
  const form = saveDraftInput.parse({ ...draft, changeNote: '更正', publicationId, ...changes })
  const { revision } = await saveDraft(house.drafter, form)
  await review(house, { id: publicationId, revision }, publishAt)
}
