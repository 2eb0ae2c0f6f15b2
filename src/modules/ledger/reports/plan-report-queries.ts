import type { Database } from '#platform/db/database'
import type { KeptFile } from '../plan.ts'

/** Reports on the whole plan, the newest first. */
export async function listPlanReports(db: Database, planId: string) {
  const rows = await db
    .selectFrom('ledgerPlanReports as r')
    .innerJoin('organNames as o', 'o.id', 'r.organId')
    .selectAll('r')
    .select('o.shortName as organName')
    .where('r.planId', '=', planId)
    .orderBy('r.reportedAt', 'desc')
    .execute()
  return rows.map(row => ({ ...row, file: row.file as KeptFile | null }))
}
