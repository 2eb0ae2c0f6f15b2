import { sql } from 'kysely'
import type { Database } from '#platform/db/database'

/** One line of what waits for a person. */
export interface WorkItem {
  publicId: string
  kind: string
  title: string
  organName: string
  /** Since when, or until when, it waits. */
  at: Date
  /** Whose hands it came from. */
  by: string
  opinion: string | null
  /** Not the first edition. */
  isCorrection: boolean
}

/** A list of work is for working off: what does not fit is found by the filters of the whole list. */
const most = 30

const openDraft = sql`
  from editions d
  join publications p on p.id = d.publication_id and p.left_how is null
  join organ_names o on o.id = p.organ_id
  left join lateral (select step, opinion, actor, actor_id, acted_at from review_steps r where r.edition_id = d.id
    order by acted_at desc, id desc limit 1) last on true
  where d.sealed_at is null`

const head = sql`p.public_id, p.kind, d.title, o.short_name as organ_name, d.number > 1 as is_correction`

/** Submitted drafts that this person may review: of these organs, and not last edited by him; the longest waiting first. */
export async function listToReview(
  db: Database,
  organIds: readonly string[],
  staffId: string,
): Promise<WorkItem[]> {
  if (organIds.length === 0) return []
  const { rows } = await sql<WorkItem>`
    select ${head}, d.submitted_at as at, coalesce(last.actor, d.edited_by) as by, null as opinion ${openDraft}
      and d.submitted_at is not null and p.organ_id = any(${[...organIds]}::uuid[])
      and d.edited_by_id is distinct from ${staffId}::uuid
    order by d.submitted_at limit ${most}`.execute(db)
  return rows
}

export interface OwnDrafts {
  returned: WorkItem[]
  drafts: WorkItem[]
  /** In the hands of a reviewer. */
  waiting: WorkItem[]
}

/** Drafts that this person edited last or handed in: returned ones first, since somebody waits for them. */
export async function listOwnDrafts(
  db: Database,
  organIds: readonly string[],
  staffId: string,
): Promise<OwnDrafts> {
  const { rows } = await sql<WorkItem & { stands: keyof OwnDrafts }>`
    select ${head}, case when d.submitted_at is null and last.step = 'returned' then last.opinion end as opinion,
      case when d.submitted_at is not null then d.submitted_at when last.step = 'returned' then last.acted_at else d.edited_at end as at,
      case when d.submitted_at is null and last.step = 'returned' then last.actor else d.edited_by end as by,
      case when d.submitted_at is not null then 'waiting' when last.step = 'returned' then 'returned' else 'drafts' end as stands
    ${openDraft} and p.organ_id = any(${[...organIds]}::uuid[])
      and (d.edited_by_id = ${staffId}::uuid or exists (select 1 from review_steps mine where mine.edition_id = d.id
        and mine.step = 'submitted' and mine.actor_id = ${staffId}::uuid))
    order by d.edited_at desc limit ${most * 3}`.execute(db)
  const standing = (stands: keyof OwnDrafts) => rows.filter(row => row.stands === stands)
  return { returned: standing('returned'), drafts: standing('drafts'), waiting: standing('waiting') }
}

/** What opens by itself within the next days. */
export async function listOpeningSoon(
  db: Database,
  organIds: readonly string[],
  now: Date,
  until: Date,
): Promise<WorkItem[]> {
  const { rows } = await sql<WorkItem>`
    select p.public_id, p.kind, e.title, o.short_name as organ_name, e.public_from as at, e.edited_by as by, null as opinion,
      p.first_public_at < ${now} as is_correction
    from editions e join publications p on p.id = e.publication_id and p.left_how is null
    join organ_names o on o.id = p.organ_id
    where e.public_from > ${now} and e.public_from <= ${until} and (e.public_until is null or e.public_until > e.public_from)
      and p.organ_id = any(${[...organIds]}::uuid[])
    order by e.public_from limit ${most}`.execute(db)
  return rows
}

export interface RecentItem extends WorkItem {
  siteKey: string
  siteIsDefault: boolean
}

/** What these organs last made public; imported archives are not news. */
export async function listRecentlyPublished(
  db: Database,
  organIds: readonly string[],
  now: Date,
  since: Date,
): Promise<RecentItem[]> {
  const { rows } = await sql<RecentItem>`
    select p.public_id, p.kind, e.title, o.short_name as organ_name, p.first_public_at as at, e.edited_by as by, null as opinion,
      false as is_correction, s.key as site_key, s.is_default as site_is_default
    from publications p
    join organ_names o on o.id = p.organ_id
    join site_names s on s.id = p.site_id
    join editions e on e.publication_id = p.id and e.public_from <= ${now} and (e.public_until is null or e.public_until > ${now})
    where p.organ_id = any(${[...organIds]}::uuid[]) and not p.archive and p.sort_at > ${since} and p.sort_at <= ${now}
    order by p.sort_at desc limit 8`.execute(db)
  return rows
}
