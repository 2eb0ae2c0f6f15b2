import { sql } from 'kysely'
import { dateInBeijing } from '#lib/beijing-time'
import { dutiesTag, meetDuties, type NewDuty, openDuties } from '#modules/duties'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { EditionText } from './edition.ts'
import { kindOf } from './kind.ts'
import { isPublic } from './visibility.ts'

export interface Opened {
  publication: { id: string; siteId: string; organId: string; kind: string }
  edition: { id: string; text: EditionText }
  publicAt: Date
}

/**
 * What becomes due, and what is done, when an edition opens that was reviewed: duties of its kind begin (R-INT-02, R-NOR-12),
 * those it was said to meet end, and so do those about the publications it links to. Called again it changes nothing. The caller announces
 * `dutiesTag`.
 * @returns whether a duty began or ended.
 */
export async function settleDuties(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  opened: Opened,
  meets: readonly string[],
): Promise<boolean> {
  const { publication, edition, publicAt } = opened
  const kind = kindOf(publication.kind)
  const subject = { kind: 'publication', id: publication.id, label: edition.text.title }
  const begun: NewDuty[] = (kind.duties?.(edition.text) ?? []).map(duty => ({
    ...duty,
    siteId: publication.siteId,
    organId: publication.organId,
    subject,
    startedAt: publicAt,
  }))
  const settled = [await openDuties(db, ctx, begun)]
  if (begun.length > 0) settled.push(...(await meetByEarlier(db, ctx, opened)))
  if (meets.length > 0) settled.push(await meetDuties(db, ctx, { ids: meets }, subject))
  const yearly = kind.meetsOfYear?.(edition.text)
  if (yearly && yearly.rules.length > 0) {
    const met = await meetDuties(
      db,
      ctx,
      {
        rules: yearly.rules,
        subject: { kind: 'organ', id: await organNamed(db, yearly.organName, publication.organId) },
        period: dateInBeijing(publicAt).slice(0, 4),
      },
      subject,
    )
    // Organs owe at the site of their government, which may be another one
    if (met.length > 0) {
      const { rows } = await sql<{ id: string }>`select id from site_names`.execute(db)
      await announceChange(
        db,
        rows.map(row => dutiesTag(row.id)),
      )
    }
    settled.push(met)
  }
  for (const [type, rules] of Object.entries(kind.meets ?? {})) {
    const { rows } = await sql<{ id: string; siteId: string }>`
      select p.id, p.site_id from links l join works w on w.id = l.work_id join publications p on p.id = w.publication_id
      where l.edition_id = ${edition.id} and l.type = ${type}`.execute(db)
    for (const { id, siteId } of rows)
      settled.push(
        await meetDuties(db, ctx, { siteId, rules, subject: { kind: 'publication', id } }, subject),
      )
  }
  return settled.flat().length > 0
}

/** What speaks of it may have been public before it: published together, in whatever order, the duty is met (R-INT-01). */
async function meetByEarlier(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  { publication }: Opened,
): Promise<string[][]> {
  const { rows } = await sql<{ id: string; kind: string; title: string; type: string }>`
    select p.id, p.kind, e.title, l.type from works w join links l on l.work_id = w.id
    join editions e on e.id = l.edition_id join publications p on p.id = e.publication_id
    where w.publication_id = ${publication.id} and not p.archive and ${isPublic(ctx.clock.now())}
    order by p.sort_at limit 20`.execute(db)
  const met: string[][] = []
  for (const { id, kind, title, type } of rows)
    met.push(
      await meetDuties(
        db,
        ctx,
        {
          siteId: publication.siteId,
          rules: kindOf(kind).meets?.[type] ?? [],
          subject: { kind: 'publication', id: publication.id },
        },
        { kind: 'publication', id, label: title },
      ),
    )
  return met
}

/** The organ of a name, full or short; else the one that publishes. */
async function organNamed(db: Database, name: string | undefined, otherwise: string): Promise<string> {
  if (!name) return otherwise
  const { rows } = await sql<{ id: string }>`
    select id from organ_names where name = ${name} or short_name = ${name} order by abolished_on nulls first, key limit 1`.execute(
    db,
  )
  return rows[0]?.id ?? otherwise
}
