import { dateInBeijing, fromBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import { meetDuties, moveDuties, openDuties, reopenDuties } from '#modules/duties'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type Act, acts } from './acts.ts'
import { clockEvents, limits } from './clock.ts'
import { type Case, clockFacts } from './queries.ts'
import { type Request, titleOf } from './request.ts'

type Doer = Pick<Context, 'actor' | 'clock'>

/** The duty to answer, and the duty to confirm that something came in. */
const answerRule = limits.answer.rule
const confirmRules = ['R-REQ-08', 'R-REQ-09', 'R-REQ-11']
const taskRule = 'R-LET-20'

const subjectOf = (request: Pick<Request, 'id' | 'number'>) => ({
  kind: 'request',
  id: request.id,
  label: titleOf(request),
})
const dutyOf = (request: Request) => ({
  siteId: request.siteId,
  organId: request.organId,
  officerId: request.officerId,
  domain: 'requests' as const,
  subject: subjectOf(request),
})
const about = (request: Request, rules: readonly string[], period?: string) => ({
  siteId: request.siteId,
  rules,
  subject: { kind: 'request', id: request.id },
  period,
})

/** What the office owes as soon as something came in that has to be confirmed (R-REQ-08…11). */
export async function openConfirmation(
  db: Database,
  ctx: Doer,
  request: Request,
  confirmWithin: number,
): Promise<void> {
  const onTheDay = request.channel === 'ordinary-mail'
  await openDuties(db, ctx, [
    {
      ...dutyOf(request),
      rule: onTheDay ? 'R-REQ-08' : 'R-REQ-11',
      article: onTheDay
        ? '条例第三十一条：平常信函，收到当日与申请人确认'
        : '条例第三十一条：互联网渠道、传真，双方确认收到',
      title: '与申请人确认收到申请',
      limit: onTheDay ? { fixedOn: request.arrivedOn } : { amount: confirmWithin, unit: 'working-days' },
      startedAt: request.submittedAt,
    },
  ])
}

/** The clock of the answer begins: 收到申请之日 is known (R-REQ-22). */
export async function openAnswer(db: Database, ctx: Doer, request: Request): Promise<void> {
  await openDuties(db, ctx, [
    {
      ...dutyOf(request),
      rule: answerRule,
      article: '条例第三十三条：自收到申请之日起20个工作日内答复',
      title: '答复申请',
      limit: { amount: limits.answer.amount, unit: limits.answer.unit },
      startedAt: (request.receivedOn && fromBeijing(request.receivedOn)) || ctx.clock.now(),
    },
  ])
}

const eventsOf = ({ request, consultations, calendar }: Case) => {
  const facts = clockFacts(request, consultations)
  return facts ? clockEvents(facts, calendar) : {}
}

/** Duties follow the request: they open, move with its clock, and end with it. */
export async function settleDuties(
  db: Database,
  ctx: Doer,
  { before, after, act, on }: { before: Case; after: Case; act: Act; on: PlainDate },
): Promise<void> {
  const { request } = after
  const fact = { ...subjectOf(request), label: acts[act].label }
  // In time is what was done in time, though it be entered later (R-LET-31)
  const then = { ...ctx, clock: clockAt(() => instantOn(on, ctx.clock.now())) }
  if (before.request.receivedOn === null && request.receivedOn !== null) {
    await meetDuties(db, ctx, about(request, confirmRules), fact)
    await openAnswer(db, ctx, request)
  }
  if (before.request.endedOn !== null && request.endedOn === null)
    await reopenDuties(db, ctx, about(request, [answerRule]), acts[act].label)
  const events = eventsOf(after)
  if (JSON.stringify(events) !== JSON.stringify(eventsOf(before)))
    await moveDuties(db, ctx, about(request, [answerRule]), { events }, acts[act].label)
  await settleTasks(db, ctx, before, after, fact)
  if (before.request.endedOn === null && request.endedOn !== null) {
    await meetDuties(db, then, about(request, [answerRule, ...confirmRules]), fact)
    await meetDuties(db, ctx, about(request, [taskRule]), fact)
  }
}

/** A part of the work is a duty of the unit that it was given to (R-LET-20). */
async function settleTasks(
  db: Database,
  ctx: Doer,
  before: Case,
  { request, tasks }: Case,
  fact: { kind: string; id: string; label: string },
): Promise<void> {
  for (const task of tasks) {
    const old = before.tasks.find(one => one.id === task.id)
    if (!old)
      await openDuties(db, ctx, [
        {
          ...dutyOf(request),
          organId: task.organId,
          officerId: null,
          rule: taskRule,
          article: '协助办理依申请公开：在交办的期限内答复承办单位',
          title: '答复交办的子任务',
          period: task.id,
          limit: { fixedOn: task.dueOn },
          startedAt: ctx.clock.now(),
        },
      ])
    else if (old.endedAt === null && task.endedAt !== null)
      await meetDuties(db, ctx, about(request, [taskRule], task.id), fact)
  }
}

/** The instant at which something counts that was done on a day: the end of that day, or now where it is today. */
function instantOn(on: PlainDate, now: Date): Date {
  if (on >= dateInBeijing(now)) return now
  const start = fromBeijing(on)
  return start ? new Date(nextMidnight(start).getTime() - 1000) : now
}
