import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Role } from '#platform/actor'
import type { Database } from '#platform/db/database'

export interface Holder {
  staffId: string
  role: Role
  organId: string
}

/** Who holds one of the roles in one of the organs on that day and is at work: by an own post, or as a deputy. */
export async function holdersOf(
  db: Database,
  where: { organIds: readonly string[]; roles: readonly Role[] },
  on: PlainDate,
): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    with held as (
      select p.id, p.staff_id, p.role, p.organ_id
      from staff_posts p join staff s on s.id = p.staff_id
      where p.organ_id = any(${[...where.organIds]}::uuid[]) and p.role = any(${[...where.roles]}::text[])
        and p.ended_at is null and p.from_on <= ${on} and (p.until_on is null or p.until_on >= ${on}) and s.state = 'active')
    select staff_id, role, organ_id from held
    union
    select d.deputy_id, held.role, held.organ_id
    from held join deputies d on d.absent_id = held.staff_id and held.id = any(d.post_ids) join staff s on s.id = d.deputy_id
    where d.ended_at is null and d.from_on <= ${on} and d.until_on >= ${on} and s.state = 'active'
    order by organ_id, role, staff_id`.execute(db)
  return rows
}

/** Who stands in for these people on that day, in whatever post. */
export async function standInsOf(
  db: Database,
  absentIds: readonly string[],
  on: PlainDate,
): Promise<{ absentId: string; deputyId: string }[]> {
  if (absentIds.length === 0) return []
  return db
    .selectFrom('deputies as d')
    .innerJoin('staff as s', 's.id', 'd.deputyId')
    .select(['d.absentId', 'd.deputyId'])
    .distinct()
    .where('d.absentId', 'in', [...absentIds])
    .where('d.endedAt', 'is', null)
    .where('d.fromOn', '<=', on)
    .where('d.untilOn', '>=', on)
    .where('s.state', '=', 'active')
    .execute()
}
