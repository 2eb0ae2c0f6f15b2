import { conflict } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag } from '#modules/duties'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { insertAct } from '../act-queries.ts'
import { countNames, organsOf } from '../names.ts'
import {
  type Due,
  insertDues,
  insertTaskUnits,
  listDues,
  listNameDecisions,
  listTaskUnits,
  type NameDecision,
  type NewTaskUnit,
} from '../owing-queries.ts'
import type { Plan } from '../plan.ts'
import { changePlan, listTasks } from '../queries.ts'
import { ledgerTag } from '../tags.ts'
import { isUndecided, type Task, taskName, type UnitRole } from '../task.ts'
import { dutiesOfDues } from '../task-duties.ts'
import { lockPlan } from './lock-plan.ts'
import { openInBatches } from './open-in-batches.ts'
import { settlePlanDuties } from './settle-plan-duties.ts'

/** What still keeps a plan out of the ledger: everything is decided by a person first. */
export interface Missing {
  tasks: Task[]
  names: string[]
  isEmpty: boolean
}

export function whatIsMissing(tasks: readonly Task[], decisions: readonly NameDecision[]): Missing {
  const decided = new Set(decisions.map(one => one.printed))
  return {
    tasks: tasks.filter(isUndecided),
    names: [...countNames(tasks).keys()].filter(name => !decided.has(name)),
    isEmpty: tasks.every(task => task.droppedAt !== null),
  }
}

const some = (names: readonly string[]) =>
  `${names.slice(0, 5).join('、')}${names.length > 5 ? `等 ${names.length} 个` : ''}`

/** The plan becomes a ledger: who owes each task is written down, deadlines begin, duties open. */
export async function putInForce(ctx: Context, planId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const plan = await lockPlan(db, ctx, planId, 'put-in-force')
    const [all, decisions] = await Promise.all([listTasks(db, plan.id), listNameDecisions(db, plan.id)])
    const missing = whatIsMissing(all, decisions)
    if (missing.isEmpty) throw conflict('ledger.empty', '一项任务也没有确认，不能列入台账。')
    if (missing.tasks.length > 0)
      throw conflict(
        'ledger.undecided-tasks',
        `还有 ${missing.tasks.length} 项没有确认：${some(missing.tasks.map(taskName))}。请逐项确认，或者写明理由不列入。`,
      )
    if (missing.names.length > 0)
      throw conflict(
        'ledger.undecided-names',
        `还有 ${missing.names.length} 个单位名称没有认定：${some(missing.names)}。请到“认定单位”里逐个决定。`,
      )
    const now = ctx.clock.now()
    const tasks = all.filter(task => task.droppedAt === null)
    await openUnitsAndDues(db, ctx, plan, tasks, decisions)
    const inForceBy = actorName(ctx.actor)
    await changePlan(db, plan, { inForceAt: now, inForceBy })
    await openAllDuties(db, ctx, plan, tasks)
    await insertAct(db, ctx, { planId: plan.id, act: 'put-in-force' })
    await recordAct(db, ctx, {
      act: 'ledger.put-in-force',
      sentence: `“${plan.title}”列入台账，${tasks.length} 项任务开始执行`,
      object: { kind: 'ledger-plan', id: plan.id, label: plan.title },
    })
    await announceChange(db, [dutiesTag(plan.siteId), ledgerTag(plan.siteId)])
  })
}

async function openUnitsAndDues(
  db: Database,
  ctx: Context,
  plan: Plan,
  tasks: readonly Task[],
  decisions: readonly NameDecision[],
): Promise<void> {
  const fromOn = ctx.clock.today()
  const standing = new Set((await organsOf(db, plan)).map(organ => organ.id))
  const meaning = new Map(decisions.map(one => [one.printed, one]))
  const gone = decisions.find(one => one.organIds.some(id => !standing.has(id)))
  if (gone)
    throw conflict('ledger.organ-gone', `“${gone.printed}”认定的机构已经撤销。请到“认定单位”里重新认定。`)
  const units: NewTaskUnit[] = tasks.flatMap(task => {
    let position = 0
    const roles: [UnitRole, readonly string[]][] = [
      ['lead', task.lead],
      ['responsible', task.responsible],
      ['supporting', task.supporting],
    ]
    const owed = new Set<string>()
    return roles.flatMap(([role, names]) =>
      names.flatMap(printed => {
        const organIds = meaning.get(printed)?.organIds ?? []
        const meant: (string | null)[] = organIds.length > 0 ? organIds : [null]
        return (
          meant
            // Who leads is not named again among 各部门
            .filter(organId => organId === null || !owed.has(organId))
            .map(organId => {
              if (organId !== null) owed.add(organId)
              position += 1
              return { id: uuidv7(), taskId: task.id, role, position, printed, organId, fromOn, reason: null }
            })
        )
      }),
    )
  })
  const dues: Due[] = tasks.flatMap(task =>
    task.due.map((due, at) => ({
      id: uuidv7(),
      taskId: task.id,
      position: at + 1,
      text: due.text,
      dueOn: due.date ?? null,
      every: due.date ? null : (due.every ?? null),
      endedOn: null,
    })),
  )
  await insertTaskUnits(db, units)
  await insertDues(db, dues)
}

async function openAllDuties(db: Database, ctx: Context, plan: Plan, tasks: readonly Task[]): Promise<void> {
  const ids = tasks.map(task => task.id)
  const [units, dues] = await Promise.all([listTaskUnits(db, ids), listDues(db, ids)])
  const unitsOf = Map.groupBy(units, unit => unit.taskId)
  const duesOf = Map.groupBy(dues, due => due.taskId)
  await openInBatches(
    db,
    ctx,
    tasks.flatMap(task =>
      dutiesOfDues(plan, task, duesOf.get(task.id) ?? [], unitsOf.get(task.id) ?? [], ctx),
    ),
  )
  await settlePlanDuties(db, ctx, plan, '列入台账')
}
