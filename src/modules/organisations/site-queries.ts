import { type Selectable, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { DB } from '#platform/db/tables'
import type { Changed } from './queries.ts'
import { emptyFooter, type SiteFooter, type SiteRow } from './site.ts'

function siteOf({ createdAt: _, ...row }: Selectable<DB['sites']>): SiteRow {
  return { ...row, footer: { ...emptyFooter, ...(row.footer as unknown as Partial<SiteFooter>) } }
}

/** The default site first. */
export async function listSites(db: Database): Promise<SiteRow[]> {
  const rows = await db.selectFrom('sites').selectAll().orderBy('isDefault', 'desc').orderBy('key').execute()
  return rows.map(siteOf)
}

/** Key → site, for lines that name their site by its key. */
export const sitesByKey = async (db: Database): Promise<ReadonlyMap<string, SiteRow>> =>
  new Map((await listSites(db)).map(site => [site.key, site]))

/** By key where one is given (`/s/{key}`), else by the host name of the request. */
export async function findSite(
  db: Database,
  by: { host?: string | undefined; key?: string | undefined },
): Promise<SiteRow | null> {
  const sites = db.selectFrom('sites').selectAll()
  if (by.key !== undefined) {
    const row = await sites.where('key', '=', by.key).executeTakeFirst()
    return row ? siteOf(row) : null
  }
  if (by.host === undefined) return null
  const host = by.host.toLowerCase().replace(/:\d+$/, '')
  const row = await sites.where(sql<boolean>`${host} = any(hosts)`).executeTakeFirst()
  return row ? siteOf(row) : null
}

/** Null before the first site is set up. */
export async function defaultSite(db: Database): Promise<SiteRow | null> {
  const row = await db.selectFrom('sites').selectAll().where('isDefault', '=', true).executeTakeFirst()
  return row ? siteOf(row) : null
}

type SiteValues = Omit<SiteRow, 'id' | 'key' | 'revision' | 'changedBy' | 'changedAt'>

export async function insertSite(
  db: Database,
  site: SiteValues & { id: string; key: string },
  changed: Changed,
): Promise<void> {
  await db
    .insertInto('sites')
    .values({ ...site, footer: JSON.stringify(site.footer), changedBy: changed.by, changedAt: changed.at })
    .execute()
}

export async function changeSite(
  db: Database,
  id: string,
  values: Partial<SiteValues>,
  changed: Changed,
): Promise<void> {
  const { footer, ...plain } = values
  await db
    .updateTable('sites')
    .set(set => ({
      ...plain,
      ...(footer === undefined ? {} : { footer: JSON.stringify(footer) }),
      revision: set('revision', '+', 1),
      changedBy: changed.by,
      changedAt: changed.at,
    }))
    .where('id', '=', id)
    .execute()
}

/** No site is the default any more; the caller names the next one in the same transaction. */
export async function clearDefaultSite(db: Database): Promise<void> {
  await db.updateTable('sites').set({ isDefault: false }).where('isDefault', '=', true).execute()
}
