import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { editionsUsingFile, filesOfEdition, openHeld } from '#modules/files'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { listEditions, lockPublication } from '../draft-queries.ts'
import { mayRelease } from '../policy.ts'
import { publicationTag } from '../tags.ts'

export const releaseAttachmentsInput = z.object({
  publicationId: z.uuid('没有找到这件发布物。请刷新页面再试。'),
  fileIds: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid('附件不对，请刷新页面再试。')).min(1, '请选择核查过的附件。').max(200),
  ),
})
export type ReleaseAttachments = z.output<typeof releaseAttachmentsInput>

/**
 * Somebody has looked through imported attachments and found no personal data in them: they open to the public (S-PII). A file
 * that several items show is checked once for all of them. @returns how many were opened; twice opens nothing more.
 */
export async function releaseAttachments(ctx: Context, input: ReleaseAttachments): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    permit(mayRelease(ctx.actor, publication.organId), 'publications.may-not-release')
    const editions = await listEditions(db, publication.id)
    const files = (await Promise.all(editions.map(edition => filesOfEdition(db, edition.id)))).flat()
    const wanted = new Map(
      files.filter(file => input.fileIds.includes(file.id)).map(file => [file.id, file.title || file.name]),
    )
    if (wanted.size < new Set(input.fileIds).size)
      throw notFound('publications.foreign-file', '有的附件不属于这件发布物。请刷新页面再试。')
    const opened = await openHeld(db, [...wanted.keys()])
    if (opened.length === 0) return 0
    await recordAct(db, ctx, {
      act: 'publications.attachments-released',
      sentence: `核查了个人信息，开放附件${opened.map(id => `“${wanted.get(id)}”`).join('、')}`.slice(0, 500),
      object: { kind: 'publication', id: publication.id, label: editions[0]?.title ?? '' },
      details: { files: opened },
    })
    const shown = (await Promise.all(opened.map(id => editionsUsingFile(db, id)))).flat()
    const others = await db
      .selectFrom('editions')
      .select('publicationId')
      .distinct()
      .where('id', 'in', shown)
      .execute()
    await announceChange(
      db,
      others.map(other => publicationTag(other.publicationId)),
    )
    return opened.length
  })
}
