import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dropSubject, dutiesTag } from '#modules/duties'
import { removeEntries } from '#modules/search'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { findPublication, listEditions, lockPublication, wasPublic } from '../draft-queries.ts'
import { logLeaves } from '../log-leaves.ts'
import { mayWithdraw } from '../policy.ts'
import { insertPublishingAct, publishingActs } from '../publishing-acts.ts'
import { tagsOf } from '../tags.ts'
import { refreshValidityDates } from '../validity-dates.ts'
import { isPublic } from '../visibility.ts'

export const takeDownInput = z.object({
  publicationId: z.uuid(),
  how: z.enum(['withdrawn', 'redirected', 'gone', 'superseded'], '请选择怎样撤下。'),
  reason: z.string().trim().min(2, '请写明理由：读者打开旧地址时会看到。').max(500, '理由最多 500 字。'),
  /** Address or short id of what takes its place. */
  to: z.string().trim().default(''),
})
export type TakeDownInput = z.output<typeof takeDownInput>

/** The short id in an address, however it was copied. */
const publicIdIn = (text: string) => /(?:^|\/)([2-9a-hjkmnp-z]{10})(?:$|[/.?#])/.exec(text)?.[1] ?? ''

/**
 * Ends what the public sees. The address stays: withdrawn and gone answer 410 with the reason, redirected answers 301, superseded
 * answers 410 and points to the successor (S-DOM-04). A schedule that has not begun is cancelled with it.
 */
export async function takeDown(ctx: Context, input: TakeDownInput): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, input.publicationId)
    if (!publication) throw notFound('publications.unknown', '没有这件发布物。')
    permit(mayWithdraw(ctx.actor, publication.organId), 'publications.may-not-withdraw')
    if (publication.leftHow) throw conflict('publications.left', '这件发布物已经撤下了。')
    const needsTarget = input.how === 'redirected' || input.how === 'superseded'
    const now = ctx.clock.now()
    if (!wasPublic(publication, now))
      throw conflict(
        'publications.never-public',
        '它还没有公开过，没有可撤的内容。定时的请用“取消定时”，不想要的稿子请用“放弃稿子”。',
      )
    const editions = await listEditions(db, publication.id)
    const latest = editions.find(edition => edition.publicFrom && edition.publicFrom <= now)
    if (!latest) throw conflict('publications.never-public', '它还没有公开过；不想要的稿子请用“放弃稿子”。')
    const target = needsTarget ? await findPublication(db, publicIdIn(input.to)) : undefined
    if (needsTarget && (!target || target.id === publication.id))
      throw invalid('publications.no-target', '请填写取代它的发布物的地址，例如 /policies/7k2m9c4x3p。')
    // A reader must not be sent to a page that is not there
    if (target && !(await isShownOn(db, now, target.id, publication.siteId)))
      throw invalid(
        'publications.target-not-public',
        '您填写的地址现在没有公开，或者不在这个站点上。请先发布它。',
      )

    await sql`update editions set public_until = greatest(public_from, ${now})
      where publication_id = ${publication.id} and sealed_at is not null and (public_until is null or public_until > ${now})`.execute(
      db,
    )
    await db
      .updateTable('publications')
      .set({ leftHow: input.how, leftAt: now, leftReason: input.reason, leftTo: target?.id ?? null })
      .where('id', '=', publication.id)
      .execute()
    await removeEntries(db, [publication.id])
    // What it repealed or amended no longer is
    await refreshValidityDates(db, now, [publication.id])
    await dropSubject(db, ctx, { kind: 'publication', id: publication.id }, '文件已经停止公开')
    const actId = await insertPublishingAct(db, ctx, {
      publication,
      editionId: latest.id,
      act: input.how,
      reason: input.reason,
      publicAt: now,
    })
    await recordAct(db, ctx, {
      act: `publications.${input.how}`,
      sentence: `${publishingActs[input.how]}《${latest.title}》：${input.reason}`,
      object: { kind: 'publication', id: publication.id, label: latest.title },
    })
    await logLeaves(db, ctx, [actId])
    await announceChange(db, [...(await tagsOf(db, publication)), dutiesTag(publication.siteId)])
  })
}

async function isShownOn(db: Database, now: Date, publicationId: string, siteId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from publications p join editions e on e.publication_id = p.id and ${isPublic(now)}
    where p.id = ${publicationId} and (p.site_id = ${siteId} or exists
      (select 1 from placements pl where pl.publication_id = p.id and pl.site_id = ${siteId}))`.execute(db)
  return rows.length > 0
}
