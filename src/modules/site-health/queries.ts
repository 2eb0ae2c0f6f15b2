import { sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { asJsonRows } from '#platform/db/insert-many'
import type { Finding, RuleId } from './finding.ts'

/** A fault in a public text, as it was seen tonight. */
export interface SeenFault {
  rule: RuleId
  severity: 'block' | 'warn'
  publicationId: string
  organId: string
  title: string
  address: string
  subject: string
  evidence: string
  remedy: string
}

/**
 * Puts what was seen beside what stood there: new faults begin, old ones are seen again, and what is no longer there has ended.
 * @param within the rules and the publications that were looked at; `all` of the site when none are named.
 */
export async function reconcile(
  db: Database,
  now: Date,
  within: { siteId: string; rules: readonly RuleId[]; publicationIds: readonly string[] | null },
  faults: readonly SeenFault[],
): Promise<void> {
  const json = asJsonRows(faults.map(one => ({ ...one, id: uuidv7(), siteId: within.siteId })))
  const seen = sql`json_to_recordset(${json}::json) as seen(id uuid, site_id uuid, rule text, severity text, publication_id uuid,
    organ_id uuid, title text, address text, subject text, evidence text, remedy text)`
  await sql`
    insert into site_findings (id, site_id, rule, severity, publication_id, organ_id, title, address, subject, evidence, remedy,
      first_seen_at, last_seen_at)
    select distinct on (publication_id, rule, subject) id, site_id, rule, severity, publication_id, organ_id, title, address, subject,
      evidence, remedy, ${now}::timestamptz, ${now}::timestamptz from ${seen}
    on conflict (publication_id, rule, subject) where resolved_at is null do update set
      last_seen_at = excluded.last_seen_at, evidence = excluded.evidence, remedy = excluded.remedy, severity = excluded.severity,
      title = excluded.title, address = excluded.address, organ_id = excluded.organ_id`.execute(db)
  await sql`
    update site_findings f set resolved_at = ${now}
    where f.resolved_at is null and f.site_id = ${within.siteId} and f.rule = any(${[...within.rules]})
      and (${within.publicationIds === null} or f.publication_id = any(${[...(within.publicationIds ?? [])]}::uuid[]))
      and not exists (select from ${seen}
        where seen.publication_id = f.publication_id and seen.rule = f.rule and seen.subject = f.subject)`.execute(
    db,
  )
}

/** Ends what was found in publications that are no longer shown. */
export async function resolveGone(
  db: Database,
  now: Date,
  siteId: string,
  isShown: (publicationId: string) => boolean,
): Promise<void> {
  const rows = await db
    .selectFrom('siteFindings')
    .select('publicationId')
    .distinct()
    .where('siteId', '=', siteId)
    .where('resolvedAt', 'is', null)
    .execute()
  const gone = rows.map(row => row.publicationId).filter(id => !isShown(id))
  if (gone.length === 0) return
  await db
    .updateTable('siteFindings')
    .set({ resolvedAt: now })
    .where('publicationId', 'in', gone)
    .where('resolvedAt', 'is', null)
    .execute()
}

export interface StoredFilter {
  siteIds: readonly string[]
  rule?: RuleId | undefined
  state: 'open' | 'resolved'
}

/** A stored finding; `resolvedOn` when it has ended. */
export type StoredFinding = Finding & { resolvedOn: PlainDate | null }

const stored = (db: Database, { siteIds, rule, state }: StoredFilter) => {
  let query = db
    .selectFrom('siteFindings as f')
    .innerJoin('organNames as o', 'o.id', 'f.organId')
    .where('f.siteId', 'in', siteIds.length > 0 ? [...siteIds] : [nobody])
    .where('f.resolvedAt', state === 'open' ? 'is' : 'is not', null)
  if (rule) query = query.where('f.rule', '=', rule)
  return query
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Those that must not stay first, then the newest. */
export async function listStored(
  db: Database,
  filter: StoredFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<StoredFinding[]> {
  const rows = await stored(db, filter)
    .selectAll('f')
    .select('o.name as organName')
    .orderBy('f.severity')
    .orderBy('f.firstSeenAt', 'desc')
    .orderBy('f.id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(
    (row): StoredFinding => ({
      key: row.id,
      siteId: row.siteId,
      rule: row.rule as RuleId,
      stage: 'finding',
      severity: row.severity as Finding['severity'],
      place: { label: row.title, address: row.address, desk: `/publications/${row.publicationId}` },
      evidence: row.evidence,
      remedy: row.remedy,
      since: dateInBeijing(row.firstSeenAt),
      who: row.organName ?? '',
      resolvedOn: row.resolvedAt && dateInBeijing(row.resolvedAt),
    }),
  )
}

export async function countStored(db: Database, filter: StoredFilter): Promise<Map<RuleId, number>> {
  const rows = await stored(db, filter)
    .select(['f.rule', sql<number>`count(*)::int`.as('count')])
    .groupBy('f.rule')
    .execute()
  return new Map(rows.map(row => [row.rule as RuleId, row.count]))
}

export interface Acknowledgement {
  siteId: string
  finding: string
  since: string
  reason: string
  acknowledgedBy: string
  acknowledgedAt: Date
}

export async function listAcknowledgements(
  db: Database,
  findings: readonly string[],
): Promise<Acknowledgement[]> {
  if (findings.length === 0) return []
  return db
    .selectFrom('findingAcknowledgements')
    .select(['siteId', 'finding', 'since', 'reason', 'acknowledgedBy', 'acknowledgedAt'])
    .where('finding', 'in', [...findings])
    .execute()
}

export async function lastRun(db: Database, siteId: string) {
  return db.selectFrom('siteHealthRuns').selectAll().where('siteId', '=', siteId).executeTakeFirst()
}

export interface Settings {
  outside: boolean
  nightlyLimit: number
  changedBy: string | null
}

/** Other sites are not asked until somebody says so. */
export async function settingsOf(db: Database, siteId: string): Promise<Settings> {
  const row = await db
    .selectFrom('siteHealthSettings')
    .select(['outside', 'nightlyLimit', 'changedBy'])
    .where('siteId', '=', siteId)
    .executeTakeFirst()
  return row ?? { outside: false, nightlyLimit: 500, changedBy: null }
}
