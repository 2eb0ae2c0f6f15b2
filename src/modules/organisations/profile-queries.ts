import { type Selectable, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import type { DB } from '#platform/db/tables'
import type { Leader, OpennessOffice, OrganProfile, ProfileContent, Section } from './profile.ts'
import { emptyOpennessOffice } from './profile.ts'
import type { Changed } from './queries.ts'

function profileOf(row: Selectable<DB['organProfiles']>): OrganProfile {
  return {
    ...row,
    leaders: row.leaders as unknown as Leader[],
    sections: row.sections as unknown as Section[],
    opennessOffice: { ...emptyOpennessOffice, ...(row.opennessOffice as unknown as Partial<OpennessOffice>) },
  }
}

/** What the organ says of itself on that day; null when it had not said anything yet. */
export async function currentProfile(
  db: Database,
  organId: string,
  on: PlainDate,
): Promise<OrganProfile | null> {
  const row = await db
    .selectFrom('organProfiles')
    .selectAll()
    .where('organId', '=', organId)
    .where('validFrom', '<=', on)
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? profileOf(row) : null
}

/** All dated rows, the newest first. */
export async function profileHistory(db: Database, organId: string): Promise<OrganProfile[]> {
  const rows = await db
    .selectFrom('organProfiles')
    .selectAll()
    .where('organId', '=', organId)
    .orderBy('validFrom', 'desc')
    .execute()
  return rows.map(profileOf)
}

/** Writes the row of the day, or replaces it: one row a day. */
export async function writeProfile(
  db: Database,
  profile: ProfileContent & { id: string; organId: string; validFrom: PlainDate },
  changed: Changed,
): Promise<void> {
  const values = {
    ...profile,
    leaders: JSON.stringify(profile.leaders),
    sections: JSON.stringify(profile.sections),
    opennessOffice: JSON.stringify(profile.opennessOffice),
    changedBy: changed.by,
    changedAt: changed.at,
  }
  const { id: _, ...replacing } = values
  await db
    .insertInto('organProfiles')
    .values(values)
    .onConflict(conflict =>
      conflict.columns(['organId', 'validFrom']).doUpdateSet(set => ({
        ...replacing,
        revision: sql<number>`${set.ref('organProfiles.revision')} + 1`,
      })),
    )
    .execute()
}

export interface ProfileCorrection {
  id: string
  organId: string
  validFrom: PlainDate
  before: ProfileContent | null
  reason: string
  correctedBy: string
  correctedAt: Date
}

export async function insertCorrection(db: Database, correction: ProfileCorrection): Promise<void> {
  await db
    .insertInto('organProfileCorrections')
    .values({ ...correction, before: correction.before === null ? null : JSON.stringify(correction.before) })
    .execute()
}

/** The newest first. */
export async function listCorrections(db: Database, organId: string): Promise<ProfileCorrection[]> {
  const rows = await db
    .selectFrom('organProfileCorrections')
    .selectAll()
    .where('organId', '=', organId)
    .orderBy('correctedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(row => ({ ...row, before: row.before as unknown as ProfileContent | null }))
}
