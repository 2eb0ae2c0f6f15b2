import { dateInBeijing } from '#lib/beijing-time'
import { getOrgan, type SiteRow } from '#modules/organisations'
import { listColumnFacts, newestOnSite } from '#modules/publications'
import type { Database } from '#platform/db/database'
import { columnFindings } from './column-findings.ts'
import type { Finding } from './finding.ts'

/** How the columns of a site stand at an instant: derived, so that any past day can be asked again (S-CHK-90). */
export async function columnsOf(db: Database, now: Date, site: SiteRow): Promise<Finding[]> {
  const [columns, newestAt, organ] = await Promise.all([
    listColumnFacts(db, now, site.id),
    newestOnSite(db, now, site.id),
    getOrgan(db, site.organId),
  ])
  const { id, name } = site
  return columnFindings({ id, name, organName: organ.name, newestAt, columns }, dateInBeijing(now))
}
