import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { filesOfEdition } from '#modules/files'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { listEditions, lockPublication, textOfEdition } from '../draft-queries.ts'
import { type ErasureGround, erasureGrounds, isSameText, withoutPassages } from '../erasure.ts'
import { mayErase } from '../policy.ts'

export const askErasureInput = z.object({
  publicationId: z.uuid(),
  /** One a line, exactly as they stand there. */
  passages: z
    .string()
    .default('')
    .transform(text => [...new Set(text.split(/\r?\n/).map(line => line.trim()))].filter(line => line !== ''))
    .pipe(
      z
        .array(z.string().min(2, '要删除的文字每处至少两个字。').max(500, '一处最多 500 字。'))
        .max(50, '一次最多 50 处。'),
    ),
  fileIds: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).max(50),
  ),
  ground: z.enum(Object.keys(erasureGrounds) as [ErasureGround], '请选择依据。'),
  reason: z.string().trim().min(2, '请写明理由。').max(500, '理由最多 500 字。'),
})

/** The openness office asks that personal words, or whole attachments, leave everything that was published; somebody else confirms. */
export function askErasure(ctx: Context, input: z.output<typeof askErasureInput>): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    permit(mayErase(ctx.actor, publication.organId), 'publications.may-not-erase')
    const askedById = actorId(ctx.actor)
    if (askedById === null)
      throw invalid('publications.erasure-by-person', '依法删除由两个人办理，系统不能代办。')
    const editions = (await listEditions(db, publication.id)).filter(edition => edition.sealedAt)
    const files = (await Promise.all(editions.map(edition => filesOfEdition(db, edition.id)))).flat()
    const texts = editions.map(textOfEdition)
    const missing = input.passages.find(
      words =>
        texts.every(text => isSameText(text, withoutPassages(text, [words]))) &&
        !files.some(file => file.title.includes(words)),
    )
    if (missing !== undefined)
      throw invalid(
        'publications.passage-not-found',
        `第 ${input.passages.indexOf(missing) + 1} 处文字在已公开的版本里找不到，请从页面上原样复制。`,
      )
    if (input.passages.length + input.fileIds.length === 0)
      throw invalid('publications.nothing-to-erase', '请填写要删除的文字，或者勾选要删除的附件。')
    if (input.fileIds.some(id => !files.some(file => file.id === id)))
      throw invalid('publications.file-not-found', '勾选的附件不是这件发布物的。')
    const open = await db
      .selectFrom('erasures')
      .select('id')
      .where('publicationId', '=', publication.id)
      .where('entry', 'is', null)
      .where('declinedAt', 'is', null)
      .executeTakeFirst()
    if (open) throw conflict('publications.erasure-open', '这件发布物已经有一项依法删除在等确认，请先办完。')
    const id = uuidv7()
    await db
      .insertInto('erasures')
      .values({
        id,
        publicationId: publication.id,
        siteId: publication.siteId,
        ground: input.ground,
        reason: input.reason,
        passages: input.passages,
        fileIds: input.fileIds,
        askedBy: actorName(ctx.actor),
        askedById,
        askedAt: ctx.clock.now(),
      })
      .execute()
    await recordAct(db, ctx, {
      act: 'publications.erasure-asked',
      sentence: `提出依法删除个人信息（${erasureGrounds[input.ground]}）：文字 ${input.passages.length} 处，附件 ${input.fileIds.length} 个`,
      object: { kind: 'publication', id: publication.id, label: publication.publicId },
    })
    return id
  })
}
