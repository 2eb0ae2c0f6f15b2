import { z } from 'zod'
import { invalid, permit } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertDraft } from '../draft-queries.ts'
import { replaceRelations } from '../draft-relations.ts'
import { filing } from '../filing.ts'
import { allKinds } from '../kind.ts'
import { mayDraft } from '../policy.ts'
import { checkColumns, draftInput, draftParts, useFilesOf } from './draft-input.ts'

export const startPublicationInput = draftInput.extend({
  kind: z.string().refine(name => allKinds().some(kind => kind.name === name), '请选择种类。'),
  organId: z.uuid('请选择发布机构。'),
  siteId: z.uuid('请选择站点。'),
  formKey: z.uuid().optional(),
})
export type StartPublicationInput = z.output<typeof startPublicationInput>

/** Imported items bring where they come from. */
export interface Origin {
  archive: boolean
  sourcePublishedOn: string | null
  sourceUrl: string | null
  formerIndexNo: string | null
  importKey: string
}

/** Begins a publication with its first draft. The same form sent twice begins one. @returns ids of the publication. */
export async function startPublication(
  ctx: Context,
  input: StartPublicationInput,
  origin?: Origin,
): Promise<{ id: string; publicId: string; revision: number }> {
  permit(mayDraft(ctx.actor, input.organId), 'publications.may-not-draft')
  const { kind, organId, siteId, formKey, ...draft } = input
  const parts = draftParts(draft)
  return inTransaction(ctx.db, async db => {
    const made = await db
      .insertInto('publications')
      .values({
        id: uuidv7(),
        publicId: publicId(),
        siteId,
        organId,
        kind,
        formKey: formKey ?? null,
        createdBy: actorName(ctx.actor),
        ...origin,
      })
      .onConflict(conflict => conflict.column('formKey').doNothing())
      .returning(['id', 'publicId'])
      .executeTakeFirst()
    if (!made) return alreadyMade(db, formKey)
    await checkColumns(db, siteId, parts.columnIds)
    const now = ctx.clock.now()
    const editionId = await insertDraft(db, {
      publicationId: made.id,
      siteId,
      number: 1,
      text: parts.text,
      columnIds: parts.columnIds,
      shownUntil: parts.shownUntil,
      editedBy: actorName(ctx.actor),
      editedById: actorId(ctx.actor),
      editedAt: now,
    })
    await replaceRelations(db, editionId, parts.relations, parts.text.effectiveFrom ?? ctx.clock.today())
    await useFilesOf(db, editionId, parts)
    if (parts.filedUnder)
      await filing().choose(
        db,
        ctx,
        {
          publication: { id: made.id, siteId, organId },
          edition: { id: editionId, title: parts.text.title },
        },
        parts.filedUnder,
      )
    await recordAct(db, ctx, {
      act: 'publications.started',
      sentence: `起草《${parts.text.title}》`,
      object: { kind: 'publication', id: made.id, label: parts.text.title },
    })
    return { ...made, revision: 1 }
  })
}

/** In the same transaction: a second connection, taken while holding the first, may be one that never comes free. */
async function alreadyMade(db: Database, formKey: string | undefined) {
  const row = await db
    .selectFrom('publications')
    .select(['id', 'publicId'])
    .where('formKey', '=', formKey ?? '')
    .executeTakeFirst()
  if (!row) throw invalid('publications.form-key', '表单重复提交。请返回列表查看是否已经保存。')
  return { ...row, revision: 1 }
}
