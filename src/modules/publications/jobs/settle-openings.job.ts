import { sql } from 'kysely'
import { z } from 'zod'
import type { PlainDate } from '#lib/beijing-time'
import { dutiesTag } from '#modules/duties'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Job } from '#platform/module'
import { type EditionRow, lockPublication, textOfEdition } from '../draft-queries.ts'
import { filing } from '../filing.ts'
import { logLeaves } from '../log-leaves.ts'
import { replacePlacements } from '../placement-queries.ts'
import { settleDuties } from '../publication-duties.ts'
import { insertPublishingAct } from '../publishing-acts.ts'
import { tagsOf } from '../tags.ts'
import { refreshValidityDates } from '../validity-dates.ts'
import { isPublic } from '../visibility.ts'

/** After a longer stop of the workers somebody has looked after it by hand. */
const lookBack = 30 * 24 * 3600 * 1000

/**
 * Every minute: a scheduled correction that has opened takes its columns, and what was shown only until a day gets that
 * written into its history. Readers need neither to see the right text: the visibility gate asks the clock.
 */
export const settleOpenings: Job = {
  name: 'publications.settle-openings',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    const settled = await settle(ctx)
    if (settled.opened + settled.expired > 0) ctx.log.info(settled, 'schedules settled')
  },
}

export async function settle(ctx: Context): Promise<{ opened: number; expired: number }> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - lookBack)
  await settleEffects(ctx, since, now)
  const opened = await sql<{ id: string }>`
    select e.publication_id as id from editions e
    where e.public_from > ${since} and e.public_from <= ${now} and e.sealed_at < e.public_from and ${isPublic(now)}
      and ${misplaced}`.execute(ctx.db)
  for (const { id } of opened.rows) await placeOpened(ctx, id)
  await settleOpenedDuties(ctx, since, now)
  const expired = await sql<{ id: string; editionId: string; publicUntil: Date; shownUntil: PlainDate }>`
    select p.id, e.id as edition_id, e.public_until, e.shown_until from editions e
      join publications p on p.id = e.publication_id
    where e.public_until > ${since} and e.public_until <= ${now} and e.public_until > e.public_from
      and e.shown_until is not null and p.left_how is null
      and not exists (select 1 from editions later where later.publication_id = p.id and later.public_from >= e.public_until
        and (later.public_until is null or later.public_until > later.public_from))
      and not exists (select 1 from publishing_acts a where a.edition_id = e.id and a.act = 'expired')`.execute(
    ctx.db,
  )
  for (const { id, editionId, publicUntil } of expired.rows)
    await noteExpired(ctx, id, editionId, publicUntil)
  return { opened: opened.rows.length, expired: expired.rows.length }
}

/** What a schedule has opened owes and meets from its opening on. */
async function settleOpenedDuties(ctx: Context, since: Date, now: Date): Promise<void> {
  const { rows } = await sql<EditionRow & { siteId: string; organId: string; kind: string; meets: string[] }>`
    select e.*, p.organ_id, p.kind, a.meets
    from editions e join publications p on p.id = e.publication_id
    join clearances c on c.id = e.clearance_id and c.kind in ('review', 'document')
    join publishing_acts a on a.edition_id = e.id and a.act = 'scheduled'
    where e.public_from > ${since} and e.public_from <= ${now} and e.sealed_at < e.public_from
      and (e.public_until is null or e.public_until > e.public_from)`.execute(ctx.db)
  for (const row of rows)
    await inTransaction(ctx.db, async db => {
      const publication = { ...row, id: row.publicationId }
      const edition = { id: row.id, text: textOfEdition(row) }
      const opened = { publication, edition, publicAt: row.publicFrom ?? now }
      const changed = await settleDuties(db, ctx, opened, row.meets)
      const filed = await filing().opened(db, ctx, { publication, edition: row })
      if (changed || filed.length > 0) await announceChange(db, [dutiesTag(row.siteId)])
    })
}

/** Effects that a schedule has opened or ended since: the copies by which lists filter follow the minute. */
async function settleEffects(ctx: Context, since: Date, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct e.publication_id as id from editions e
    where exists (select from effects f where f.edition_id = e.id) and (
      (e.public_from > ${since} and e.public_from <= ${now} and e.sealed_at < e.public_from)
      or (e.public_until > ${since} and e.public_until <= ${now} and e.public_until > e.public_from))`.execute(
    ctx.db,
  )
  if (rows.length === 0) return
  const ids = rows.map(row => row.id)
  await inTransaction(ctx.db, db => refreshValidityDates(db, now, ids))
}

/** The placements are not the columns that the edition (`e`) asks for, or their main one is another. */
const misplaced = sql`(
  (select coalesce(array_agg(pl.column_id order by pl.column_id), '{}') from placements pl where pl.publication_id = e.publication_id)
    is distinct from (select coalesce(array_agg(c.id order by c.id), '{}') from columns c where c.id = any(e.column_ids))
  or (select pl.column_id from placements pl where pl.publication_id = e.publication_id and pl.main)
    is distinct from e.column_ids[1])`

async function placeOpened(ctx: Context, publicationId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    const { rows } = await sql<{ columnIds: string[]; sortAt: Date }>`
      select e.column_ids, p.sort_at from editions e join publications p on p.id = e.publication_id
      where p.id = ${publicationId} and ${isPublic(ctx.clock.now())}`.execute(db)
    const open = rows[0]
    if (!publication || !open) return
    const before = await tagsOf(db, publication)
    await replacePlacements(db, publicationId, open.columnIds, open.sortAt)
    await announceChange(db, [...before, ...(await tagsOf(db, publication))])
  })
}

async function noteExpired(
  ctx: Context,
  publicationId: string,
  editionId: string,
  publicAt: Date,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const publication = await lockPublication(db, publicationId)
    // Another worker may have been here while this one waited for the lock
    const noted = await db
      .selectFrom('publishingActs')
      .select('id')
      .where('editionId', '=', editionId)
      .where('act', '=', 'expired')
      .executeTakeFirst()
    if (!publication || noted) return
    const actId = await insertPublishingAct(db, ctx, { publication, editionId, act: 'expired', publicAt })
    await logLeaves(db, ctx, [actId])
    await announceChange(db, await tagsOf(db, publication))
  })
}
