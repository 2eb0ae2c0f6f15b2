import { filesOfEdition } from '#modules/files'
import { FindingsNotice, lookThrough } from '#modules/personal-data'
import type { DeskContext } from '#platform/context'
import type { EditionRow } from '../draft-queries.ts'
import { subjectOf } from '../personal-data-subject.ts'
import type { LoadedItem } from './load-item.ts'

/** What was found in a draft, as its reviewer sees it: open places first, then every decision with its reason (X5). */
export async function findingsOfDraft(ctx: DeskContext, { item }: LoadedItem, draft: EditionRow) {
  const looked = await lookThrough(ctx, subjectOf(item, draft, await filesOfEdition(ctx.db, draft.id)))
  return <FindingsNotice editionId={draft.id} {...looked} />
}
