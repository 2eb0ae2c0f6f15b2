import { uuidv7 } from '#lib/ids'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

/** Something that happened to a plan or a task. */
export interface LedgerAct {
  id: string
  planId: string
  taskId: string | null
  act: string
  organId: string | null
  reason: string | null
  before: unknown
  after: unknown
  undoes: string | null
  actedBy: string
  actedById: string | null
  actedAt: Date
}

export interface NewAct {
  planId: string
  taskId?: string | null
  act: string
  organId?: string | null
  reason?: string | null
  before?: unknown
  after?: unknown
  undoes?: string | null
}

/** @returns id of the act. */
export async function insertAct(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  act: NewAct,
): Promise<string> {
  const now = ctx.clock.now()
  const id = uuidv7()
  await db
    .insertInto('ledgerActs')
    .values({
      id,
      planId: act.planId,
      taskId: act.taskId ?? null,
      act: act.act,
      organId: act.organId ?? null,
      reason: act.reason ?? null,
      before: act.before === undefined ? null : JSON.stringify(act.before),
      after: act.after === undefined ? null : JSON.stringify(act.after),
      undoes: act.undoes ?? null,
      actedBy: actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: now,
    })
    .execute()
  return id
}

/** The newest first. */
export async function listActs(
  db: Database,
  where: { taskId: string } | { planId: string },
  limit = 200,
): Promise<LedgerAct[]> {
  let query = db.selectFrom('ledgerActs').selectAll()
  if ('taskId' in where) query = query.where('taskId', '=', where.taskId)
  else query = query.where('planId', '=', where.planId)
  return query.orderBy('actedAt', 'desc').orderBy('id', 'desc').limit(limit).execute() as Promise<LedgerAct[]>
}

/** The last step of a review that can be taken back; null when there is none. */
export async function lastUndoable(db: Database, planId: string): Promise<LedgerAct | null> {
  const row = await db
    .selectFrom('ledgerActs as a')
    .selectAll('a')
    .where('a.planId', '=', planId)
    .where('a.before', 'is not', null)
    .where('a.undoes', 'is', null)
    .where(where =>
      where.not(
        where.exists(where.selectFrom('ledgerActs as u').select('u.id').whereRef('u.undoes', '=', 'a.id')),
      ),
    )
    .orderBy('a.actedAt', 'desc')
    .orderBy('a.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (row as LedgerAct) : null
}
