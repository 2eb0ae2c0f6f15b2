import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import type { Every, UnitRole } from './task.ts'

/** Who owes a task from a day to a day. */
export interface TaskUnit {
  id: string
  taskId: string
  role: UnitRole
  position: number
  printed: string
  /** Null: outside this government. */
  organId: string | null
  organName: string | null
  organKey: string | null
  fromOn: PlainDate
  /** Null: still. */
  untilOn: PlainDate | null
  reason: string | null
}

/** All rows of some tasks, also those that have ended. */
export async function listTaskUnits(db: Database, taskIds: readonly string[]): Promise<TaskUnit[]> {
  if (taskIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerTaskUnits as u')
    .leftJoin('organNames as o', 'o.id', 'u.organId')
    .selectAll('u')
    .select(['o.shortName as organName', 'o.key as organKey'])
    .where('u.taskId', 'in', [...taskIds])
    .orderBy('u.taskId')
    .orderBy('u.position')
    .orderBy('u.id')
    .execute()
  return rows.map(row => ({ ...row, role: row.role as UnitRole }))
}

export const isStill = (unit: Pick<TaskUnit, 'untilOn'>) => unit.untilOn === null

/** Who has to do it: lead and responsible units; supporting ones help. */
export const owingUnits = (units: readonly TaskUnit[]): TaskUnit[] =>
  units.filter(unit => isStill(unit) && unit.role !== 'supporting' && unit.organId !== null)

export type NewTaskUnit = Omit<TaskUnit, 'organName' | 'organKey' | 'untilOn'>
export const insertTaskUnits = (db: Database, units: readonly NewTaskUnit[]): Promise<void> =>
  insertMany(db, 'ledgerTaskUnits', units)

export async function endTaskUnits(
  db: Database,
  ids: readonly string[],
  untilOn: PlainDate,
  reason: string,
): Promise<void> {
  if (ids.length > 0)
    await db
      .updateTable('ledgerTaskUnits')
      .set({ untilOn, reason })
      .where('id', 'in', [...ids])
      .execute()
}

export interface Due {
  id: string
  taskId: string
  position: number
  text: string
  dueOn: PlainDate | null
  every: Every | null
  endedOn: PlainDate | null
}

export async function listDues(db: Database, taskIds: readonly string[]): Promise<Due[]> {
  if (taskIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerDues')
    .selectAll()
    .where('taskId', 'in', [...taskIds])
    .orderBy('taskId')
    .orderBy('position')
    .execute()
  return rows.map(row => ({ ...row, every: row.every as Every | null }))
}

export const insertDues = (db: Database, dues: readonly Due[]): Promise<void> =>
  insertMany(db, 'ledgerDues', dues)

export async function changeDue(
  db: Database,
  id: string,
  values: Partial<Pick<Due, 'dueOn' | 'every' | 'endedOn' | 'text'>>,
): Promise<void> {
  await db.updateTable('ledgerDues').set(values).where('id', '=', id).execute()
}

/** A measure or milestone of a task. */
export interface Step {
  id: string
  taskId: string
  position: number
  kind: 'measure' | 'milestone'
  organId: string | null
  organName: string | null
  text: string
  dueOn: PlainDate | null
  doneAt: Date | null
  doneBy: string | null
  droppedAt: Date | null
  droppedReason: string | null
}

export async function listSteps(db: Database, taskIds: readonly string[]): Promise<Step[]> {
  if (taskIds.length === 0) return []
  const rows = await db
    .selectFrom('ledgerSteps as s')
    .leftJoin('organNames as o', 'o.id', 's.organId')
    .selectAll('s')
    .select('o.shortName as organName')
    .where('s.taskId', 'in', [...taskIds])
    .orderBy('s.taskId')
    .orderBy('s.position')
    .execute()
  return rows.map(row => ({ ...row, kind: row.kind as Step['kind'] }))
}

export async function insertStep(db: Database, step: Omit<Step, 'organName'>): Promise<void> {
  await db.insertInto('ledgerSteps').values(step).execute()
}

export async function changeStep(
  db: Database,
  id: string,
  values: Partial<Pick<Step, 'doneAt' | 'doneBy' | 'droppedAt' | 'droppedReason'>>,
): Promise<void> {
  await db.updateTable('ledgerSteps').set(values).where('id', '=', id).execute()
}

/** Whom a printed name means in a plan, decided by a person. */
export interface NameDecision {
  printed: string
  means: 'organs' | 'outside'
  organIds: string[]
  decidedBy: string
  decidedAt: Date
}

export async function listNameDecisions(db: Database, planId: string): Promise<NameDecision[]> {
  const rows = await db.selectFrom('ledgerNames').selectAll().where('planId', '=', planId).execute()
  return rows.map(({ planId: _, ...row }) => ({ ...row, means: row.means as NameDecision['means'] }))
}

export async function saveNameDecision(db: Database, planId: string, name: NameDecision): Promise<void> {
  await db
    .insertInto('ledgerNames')
    .values({ planId, ...name })
    .onConflict(conflict => conflict.columns(['planId', 'printed']).doUpdateSet({ ...name }))
    .execute()
}

export async function deleteNameDecision(db: Database, planId: string, printed: string): Promise<void> {
  await db.deleteFrom('ledgerNames').where('planId', '=', planId).where('printed', '=', printed).execute()
}
