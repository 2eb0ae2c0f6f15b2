import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'

export interface Extension {
  id: string
  taskId: string
  organId: string
  organName: string
  duePosition: number
  dueBefore: PlainDate
  askedFor: PlainDate
  reason: string
  askedBy: string
  askedById: string | null
  askedAt: Date
  decision: 'granted' | 'refused' | null
  decidedWords: string | null
  decidedBy: string | null
  decidedAt: Date | null
}

/** The oldest first. */
export async function listExtensions(db: Database, taskIds: readonly string[]): Promise<Extension[]> {
  if (taskIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerExtensions as x')
    .innerJoin('organNames as o', 'o.id', 'x.organId')
    .selectAll('x')
    .select('o.shortName as organName')
    .where('x.taskId', 'in', [...taskIds])
    .orderBy('x.askedAt')
    .orderBy('x.id')
    .execute()
  return rows.map(row => ({
    ...row,
    organName: row.organName ?? '',
    decision: row.decision as Extension['decision'],
  }))
}

export async function findExtension(db: Database, id: string): Promise<Omit<Extension, 'organName'> | null> {
  const row = await db.selectFrom('ledgerExtensions').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { ...row, decision: row.decision as Extension['decision'] } : null
}
