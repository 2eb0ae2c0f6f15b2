import { conflict, notFound } from '#lib/errors'
import { listSites, type SiteRow } from '#modules/organisations'
import type { Database } from '#platform/db/database'
import { type Entry, entryStates } from '../queries.ts'

export async function siteOf(db: Database, siteId: string): Promise<SiteRow> {
  const site = (await listSites(db)).find(one => one.id === siteId)
  if (!site) throw notFound('reposts.unknown-site', '没有这个站点。请从转载列表重新选择。')
  return site
}

export const unknownEntry = () => notFound('reposts.unknown', '没有这条转载提议。请从列表中重新选择。')

/** The second of two officers is told what the first decided. */
export function mustBeOpen(entry: Entry): void {
  if (entry.state !== 'open')
    throw conflict(
      'reposts.decided',
      `《${entry.title}》已由${entry.decidedBy ?? '系统'}办理：${entryStates[entry.state]}。`,
    )
}
