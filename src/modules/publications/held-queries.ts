import { sql } from 'kysely'
import type { PageOf } from '#lib/paging'
import type { Database } from '#platform/db/database'

export interface HeldFile {
  fileId: string
  publicId: string
  name: string
  title: string | null
  /** Bytes. */
  size: number
}

/** A publication with attachments that await a look for personal data. */
export interface HeldItem {
  id: string
  publicId: string
  kind: string
  title: string
  organName: string
  files: HeldFile[]
}

/** Of the newest edition of each publication of these organs; the newest publication first. */
export async function listHeld(
  db: Database,
  organIds: readonly string[],
  paging: { page: number; pageSize: number },
): Promise<PageOf<HeldItem>> {
  const held = sql`
    select e.publication_id, e.title, json_agg(json_build_object('fileId', h.file_id, 'publicId', h.public_id, 'name', h.name,
      'title', h.title, 'size', h.size) order by h.name) as files
    from held_files h join editions e on e.id = h.edition_id
    join publications p on p.id = e.publication_id and p.organ_id = any(${[...organIds]}::uuid[]) and p.left_how is null
    where not exists (select from editions newer where newer.publication_id = e.publication_id and newer.number > e.number)
    group by e.publication_id, e.title`
  const [found, counted] = await Promise.all([
    sql<HeldItem>`
      with held as (${held})
      select p.id, p.public_id, p.kind, held.title, o.short_name as organ_name, held.files
      from held join publications p on p.id = held.publication_id join organ_names o on o.id = p.organ_id
      order by p.id desc limit ${paging.pageSize} offset ${(paging.page - 1) * paging.pageSize}`.execute(db),
    sql<{ total: number }>`with held as (${held}) select count(*)::int as total from held`.execute(db),
  ])
  return { rows: found.rows, total: counted.rows[0]?.total ?? 0, ...paging }
}
