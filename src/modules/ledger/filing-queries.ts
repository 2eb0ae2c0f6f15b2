import type { Database } from '#platform/db/database'
import type { KeptFile } from './plan.ts'

/** The own plan of an organ, as it was filed. */
export interface Filing {
  id: string
  planId: string
  organId: string
  organName: string
  title: string
  note: string
  file: KeptFile | null
  publicationId: string | null
  filedBy: string
  filedAt: Date
}

/** Own plans that were filed for a plan, the newest first: an organ may file again. */
export async function listFilings(
  db: Database,
  where: { planId: string } | { id: string },
): Promise<Filing[]> {
  let query = db
    .selectFrom('ledgerFilings as f')
    .innerJoin('organNames as o', 'o.id', 'f.organId')
    .selectAll('f')
    .select('o.shortName as organName')
  query = 'id' in where ? query.where('f.id', '=', where.id) : query.where('f.planId', '=', where.planId)
  const rows = await query.orderBy('f.filedAt', 'desc').orderBy('f.id').execute()
  return rows.map(row => ({ ...row, organName: row.organName ?? '', file: row.file as KeptFile | null }))
}
