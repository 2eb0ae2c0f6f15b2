import { findOrgan, listOrgans, listOrgansAbove, type Organ } from '#modules/organisations'
import type { Database } from '#platform/db/database'
import { type Settings, usualSettings } from './settings.ts'

/** The government to whose register the documents of an organ belong: itself, or the nearest one above. */
export async function governmentOf(db: Database, organId: string): Promise<Organ> {
  for (const id of [organId, ...(await listOrgansAbove(db, organId))]) {
    const organ = await findOrgan(db, id)
    if (organ?.type === 'government') return organ
  }
  const own = await findOrgan(db, organId)
  if (!own) throw new Error(`no organ ${organId}`)
  return own
}

/** What holds for an organ: its own settings, those of the nearest organ above that has some, or the usual ones. */
export async function settingsFor(db: Database, organId: string): Promise<Settings> {
  const line = [organId, ...(await listOrgansAbove(db, organId))]
  const rows = await db.selectFrom('normativeSettings').selectAll().where('organId', 'in', line).execute()
  const [nearest] = rows.sort((a, b) => line.indexOf(a.organId) - line.indexOf(b.organId))
  if (!nearest) return usualSettings
  const { organId: _, changedBy: __, changedAt: ___, ...settings } = nearest
  return settings
}

/** Who reviews for a government: as it is set, or the department of the usual name; where there is none, its office. */
export async function reviewersOf(
  db: Database,
  government: Pick<Organ, 'id'>,
): Promise<{ legality: string | null; competition: string | null }> {
  const [settings, organs] = await Promise.all([settingsFor(db, government.id), listOrgans(db)])
  const office = organs.find(organ => organ.parentId === government.id && organ.type === 'office')
  const named = (ending: RegExp) =>
    organs.find(organ => organ.parentId === government.id && ending.test(organ.name.replace(/（.*$/, '')))?.id
  return {
    legality: settings.legalityOrganId ?? named(/司法局$|司法厅$/) ?? office?.id ?? null,
    competition: settings.competitionOrganId ?? named(/市场监督管理局$|市场监管局$/) ?? null,
  }
}
