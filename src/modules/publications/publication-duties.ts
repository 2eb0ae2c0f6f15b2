import { sql } from 'kysely'
import { meetDuties, type NewDuty, openDuties } from '#modules/duties'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { EditionText } from './edition.ts'
import { kindOf } from './kind.ts'

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
  if (meets.length > 0) settled.push(await meetDuties(db, ctx, { ids: meets }, subject))
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
