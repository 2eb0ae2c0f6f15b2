import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import type { Domain } from './duty.ts'

/** What a reminder says of an open duty. */
export interface RemindableDuty {
  id: string
  siteId: string
  organId: string
  organName: string
  officerId: string | null
  rule: string
  article: string
  title: string
  domain: Domain
  subjectLabel: string
  dueOn: PlainDate
  dueAt: Date
  provisional: boolean
  openedAt: Date
}

/** Where a walk over the clock has come to. */
export type ClockPlace = Pick<RemindableDuty, 'dueAt' | 'id'>

const columns = sql`d.id, d.site_id, d.organ_id, o.short_name as organ_name, d.officer_id, d.rule, d.article, d.title, d.domain,
  d.subject_label, d.due_on, d.due_at, d.provisional, d.opened_at`

/** Open duties due by an instant, all sites, the earliest first: one page of a walk along an index. */
export async function listRemindable(
  db: Database,
  walk: { dueBy: Date; begunBy: Date; after: ClockPlace | null; limit: number },
): Promise<RemindableDuty[]> {
  const { after } = walk
  const { rows } = await sql<RemindableDuty>`
    select ${columns} from duties d join organ_names o on o.id = d.organ_id
    where d.met_at is null and d.waived_at is null and d.due_at is not null and d.due_at <= ${walk.dueBy}
      and d.started_at <= ${walk.begunBy}
      ${after ? sql`and (d.due_at, d.id) > (${after.dueAt}, ${after.id}::uuid)` : sql``}
    order by d.due_at, d.id limit ${walk.limit}`.execute(db)
  return rows
}

/** Of these duties the ones that are still open, by id. */
export async function listStillOpen(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, RemindableDuty>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<RemindableDuty>`
    select ${columns} from duties d join organ_names o on o.id = d.organ_id
    where d.id = any(${[...ids]}::uuid[]) and d.met_at is null and d.waived_at is null`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}
