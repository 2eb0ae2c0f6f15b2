import { sql } from 'kysely'
import { publicId, uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'

/** The bare rows that files hang on: an organ with its site. */
export async function siteRow(db: Database): Promise<{ organId: string; siteId: string }> {
  const [organId, siteId] = [uuidv7(), uuidv7()]
  await sql`insert into organs (id, key, name, short_name, type, level)
    values (${organId}, ${`organ-${publicId(6)}`}, '云溪县人民政府', '县政府', 'government', 'county')`.execute(
    db,
  )
  await sql`insert into sites (id, key, organ_id, name, short_name, domain, site_code)
    values (${siteId}, ${`site-${publicId(6)}`}, ${organId}, '云溪县人民政府', '云溪', 'www.yunxi.example', '3300000000')`.execute(
    db,
  )
  return { organId, siteId }
}

/** A publication with one draft edition. */
export async function draftRow(db: Database, at: { organId: string; siteId: string }): Promise<string> {
  const [publication, edition] = [uuidv7(), uuidv7()]
  await sql`insert into publications (id, site_id, organ_id, kind, public_id, created_by)
    values (${publication}, ${at.siteId}, ${at.organId}, 'policy', ${publicId()}, '林晓')`.execute(db)
  await sql`insert into editions (id, publication_id, site_id, number, title, edited_by, edited_at)
    values (${edition}, ${publication}, ${at.siteId}, 1, '关于做好防汛工作的通知', '林晓', now())`.execute(db)
  return edition
}

/** Closes an edition for good, as publishing does. */
export async function sealRow(db: Database, editionId: string): Promise<void> {
  const clearance = uuidv7()
  await sql`insert into clearances (id, kind, opinion, given_by, given_at)
    values (${clearance}, 'sample', '示例', '示例', now())`.execute(db)
  await sql`update editions set sealed_at = now(), public_from = now(), digest = 'sha256:0', clearance_id = ${clearance}
    where id = ${editionId}`.execute(db)
}
