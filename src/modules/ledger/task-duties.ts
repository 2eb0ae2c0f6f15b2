import { fromBeijing, type PlainDate } from '#lib/beijing-time'
import { type DutyRow, dutiesOfMany, type NewDuty } from '#modules/duties'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { ledgerKind } from './ledger-kind.ts'
import { type Due, owingUnits, type Step, type TaskUnit } from './owing-queries.ts'
import { periodOn } from './periods.ts'
import type { Plan } from './plan.ts'
import { plainName, type Task } from './task.ts'

/** The office checks what was laid down, and urges (条例 Art. 47). */
const ledgerRule = 'R-SUP-02'
const taskSubject = 'ledger-task'
const planSubject = 'ledger-plan'

type Timed = Pick<Context, 'clock'>

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const base = (plan: Plan, ctx: Timed) => ({
  siteId: plan.siteId,
  rule: ledgerRule,
  article: short(`${ledgerKind(plan.kind).article}：《${plan.title}》`, 160),
  domain: ledgerKind(plan.kind).domain,
  startedAt: ctx.clock.now(),
})

/** What the deadlines of a task ask of each who owes it: by its day, or in the period that runs now. */
export function dutiesOfDues(
  plan: Plan,
  task: Task,
  dues: readonly Due[],
  units: readonly TaskUnit[],
  ctx: Timed,
): NewDuty[] {
  const today = ctx.clock.today()
  return dues.flatMap(due => {
    if (due.endedOn !== null) return []
    const period = due.every === null ? null : periodOn(due.every, today)
    const fixedOn = period?.lastDay ?? due.dueOn
    // What was due before it stood in the ledger is shown there, but nobody is reproached for it
    if (fixedOn === null || fixedOn < today) return []
    return each(units).map(organ => ({
      ...base(plan, ctx),
      organId: organ.organId ?? '',
      title: `${short(plainName(task), 60)}（${period ? `${due.text}，${period.words}` : due.text}）`,
      subject: { kind: taskSubject, id: task.id, label: short(plainName(task), 80) },
      period: `due-${due.position} ${period ? `${period.name} ` : ''}${organ.organKey}`,
      limit: { fixedOn },
      ...(period ? { startedAt: fromBeijing(period.firstDay) ?? ctx.clock.now() } : {}),
    }))
  })
}

export function dutiesOfStep(
  plan: Plan,
  task: Task,
  step: Pick<Step, 'position' | 'organId' | 'text' | 'dueOn'>,
  units: readonly TaskUnit[],
  ctx: Timed,
): NewDuty[] {
  const { dueOn } = step
  if (dueOn === null || dueOn < ctx.clock.today()) return []
  return each(units)
    .filter(organ => step.organId === null || organ.organId === step.organId)
    .map(organ => ({
      ...base(plan, ctx),
      organId: organ.organId ?? '',
      title: `${short(plainName(task), 40)}：${short(step.text, 60)}`,
      subject: { kind: taskSubject, id: task.id, label: short(plainName(task), 80) },
      period: `step-${step.position} ${organ.organKey}`,
      limit: { fixedOn: dueOn },
    }))
}

/** What organs owe for the plan as a whole, by its days: their own plan, and the report on how it goes (S0 六（五）). */
export type PlanPart = 'own-plan' | 'report'

export interface OwedPart {
  part: PlanPart
  organId: string
  organKey: string
  fixedOn: PlainDate | null
}

/** Who owes what for the plan. The report is owed by all who lead a task, and by who keeps the ledger and sums them up. */
export function owedForPlan(
  plan: Plan,
  units: readonly TaskUnit[],
  keeping: { id: string; key: string },
): OwedPart[] {
  const once = (some: readonly TaskUnit[]) =>
    [...new Map(owingUnits(some).map(unit => [unit.organId ?? '', unit.organKey ?? '']))].filter(
      ([id]) => id !== keeping.id,
    )
  const leads = units.filter(unit => unit.role === 'lead')
  return [
    ...once(units).map(([organId, organKey]) => ({
      part: 'own-plan' as const,
      organId,
      organKey,
      fixedOn: plan.ownPlansDueOn,
    })),
    ...[...once(leads), [keeping.id, keeping.key] as const].map(([organId, organKey]) => ({
      part: 'report' as const,
      organId,
      organKey,
      fixedOn: plan.reportDueOn,
    })),
  ]
}

/** `again`: the how-manieth duty of this kind it is, after earlier ones had ended without the deed. */
export function dutyOfPart(
  plan: Plan,
  owed: OwedPart & { fixedOn: PlainDate },
  again: number,
  ctx: Timed,
): NewDuty {
  const title = short(plan.title, 50)
  return {
    ...base(plan, ctx),
    organId: owed.organId,
    title: owed.part === 'own-plan' ? `报备落实《${title}》的本单位方案` : `报告《${title}》落实情况`,
    subject: { kind: planSubject, id: plan.id, label: short(plan.title, 80) },
    period: [owed.part, ...(again > 1 ? [String(again)] : []), owed.organKey].join(' '),
    limit: { fixedOn: owed.fixedOn },
  }
}

/** Duties about the plan as a whole, with what each asks of whom. */
export async function dutiesOfPlan(
  db: Database,
  plan: Pick<Plan, 'id' | 'siteId'>,
): Promise<(DutyRow & { part: PlanPart })[]> {
  const duties = await dutiesOfMany(db, { siteId: plan.siteId, kind: planSubject, ids: [plan.id] })
  return duties.flatMap(duty => {
    const part = duty.period.split(' ')[0] ?? ''
    return part === 'own-plan' || part === 'report' ? [{ ...duty, part }] : []
  })
}

/** Each owing organ once, whatever roles it has. */
const each = (units: readonly TaskUnit[]): TaskUnit[] => [
  ...new Map(owingUnits(units).map(unit => [unit.organId, unit])).values(),
]

/** Duties of tasks, all of them; of each the open ones first. */
export const dutiesOfTasks = (
  db: Database,
  plan: Pick<Plan, 'siteId'>,
  taskIds: readonly string[],
): Promise<DutyRow[]> => dutiesOfMany(db, { siteId: plan.siteId, kind: taskSubject, ids: taskIds })

export const dutiesOfTask = (db: Database, plan: Pick<Plan, 'siteId'>, taskId: string): Promise<DutyRow[]> =>
  dutiesOfTasks(db, plan, [taskId])

/** `due-2 2026-Q4 slj` → which line of the task, and whose. */
export function partOf(duty: Pick<DutyRow, 'period'>): {
  part: 'due' | 'step' | 'other'
  position: number
  organKey: string
} {
  const [name = '', ...rest] = duty.period.split(' ')
  const [, part, position] = /^(due|step)-(\d+)$/.exec(name) ?? []
  return {
    part: part === 'due' || part === 'step' ? part : 'other',
    position: Number(position ?? 0),
    organKey: rest.at(-1) ?? '',
  }
}

export const isOpenDuty = (duty: Pick<DutyRow, 'metAt' | 'waivedAt'>) => !duty.metAt && !duty.waivedAt
