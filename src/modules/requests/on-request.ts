import type { PlainDate } from '#lib/beijing-time'
import { conflict, notAllowed, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { dutiesTag } from '#modules/duties'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { actFacts } from './act-facts.ts'
import { type Act, acts, type Party, parties, whyNot } from './acts.ts'
import { mustHaveLetter } from './letters/letter-for.ts'
import { partiesOf } from './policy.ts'
import { type Case, findRequest, gatherCase } from './queries.ts'
import { type ReportRow, reportRowOf } from './reply-kinds.ts'
import { type Request, type RequestChanges, type State, states, titleOf } from './request.ts'
import { settleDuties } from './request-duties.ts'
import { codeDigest, formDigest } from './secrets.ts'
import { type Telling, tell } from './tell.ts'

/** As what somebody acts: by the post on the desk, or as the applicant, who proves it by the code. */
export type By = 'desk' | { code: string }

/** What an act does to the request, and what of it stays on record. */
export interface Done {
  /** Where the table of acts does not say it. */
  to?: State
  /** The day on which it counts; today where nothing is said. */
  on?: PlainDate
  changes?: RequestChanges
  /** No personal data: boards and lists read it. */
  reason?: string
  facts?: Record<string, unknown>
  letterId?: string | null
  tell?: Telling
}

/** Without doing anything a second time: what the form key has done already. */
export interface Once {
  formKey?: string | null | undefined
}

/** States in which nobody owes an answer any more; from the first of them on it counts as ended. */
const endings: Partial<Record<State, (facts: Case) => ReportRow | null>> = {
  served: facts =>
    reportRowOf(
      facts.items.flatMap(({ replyKind, ground }) => (replyKind ? [{ kind: replyKind, ground }] : [])),
    ),
  abandoned: () => 'C6.1',
  unpaid: () => 'C6.2',
  withdrawn: () => 'C6.3',
  'taken-back': () => null,
}

/**
 * Every act on a request goes through here: the row is locked, the table and the guards are asked, the work is done, state and clock
 * are saved, and with them the event, the duties, the trail and whoever is told. One transaction, or nothing.
 */
export async function onRequest(
  ctx: Context,
  id: string,
  act: Act,
  by: By,
  work: (db: Database, facts: Case) => Promise<Done>,
  { formKey }: Once = {},
): Promise<State> {
  return inTransaction(ctx.db, async db => {
    const request = await findRequest(db, { id }, { lock: true })
    if (!request) throw notFound('requests.unknown', '没有这件申请。请从列表重新选择。')
    const digest = formKey ? formDigest(formKey) : null
    if (digest && (await isDone(db, id, digest))) return request.state
    const before = await gatherCase(db, request)
    const party = await mustBeAllowed(ctx, act, by, before)
    const done = await work(db, before)
    const after = await saveRequest(db, ctx, before, act, done)
    const letter = mustHaveLetter(after, act)
    const letterId = done.letterId ?? letter?.id ?? null
    const on = done.on ?? ctx.clock.today()
    await insertEvent(db, ctx, {
      requestId: id,
      act,
      onDay: on,
      stateBefore: request.state,
      stateAfter: after.request.state,
      reason: done.reason ?? '',
      facts: done.facts ?? {},
      letterId,
      formDigest: digest,
      actedAs: parties[party],
    })
    await settleDuties(db, ctx, { before, after, act, on })
    await recordRequest(db, ctx, after.request, act, request.state)
    if (done.tell) await tell(db, ctx, after.request, act, done.tell)
    await announceChange(db, [dutiesTag(request.siteId)])
    return after.request.state
  })
}

const isDone = async (db: Database, requestId: string, digest: string): Promise<boolean> =>
  (await db
    .selectFrom('requestEvents')
    .select('id')
    .where('requestId', '=', requestId)
    .where('formDigest', '=', digest)
    .executeTakeFirst()) !== undefined

/** @returns as what it is done, for the record. */
async function mustBeAllowed(ctx: Context, act: Act, by: By, facts: Case): Promise<Party> {
  const as = await actsAs(ctx, by, facts)
  const party = acts[act].by.find(one => as.includes(one))
  const why = whyNot(act, as, facts.request.state, actFacts(facts, ctx.actor, ctx.clock))
  if (!party) throw notAllowed('requests.not-your-part', why ?? '这一步不由您办理。')
  if (why) throw conflict('requests.not-now', why)
  return party
}

export const concernedIn = ({ request, tasks }: Pick<Case, 'request' | 'tasks'>) => ({
  organId: request.organId,
  taskOrganIds: tasks.filter(task => task.endedAt === null).map(task => task.organId),
})

async function actsAs(ctx: Context, by: By, facts: Case): Promise<readonly Party[]> {
  if (by !== 'desk') {
    if ((await codeDigest(by.code)) !== facts.request.codeDigest)
      throw notFound('requests.no-such-case', '没有找到：登记编号或者查询码不对。')
    return ['applicant']
  }
  const as = partiesOf(ctx.actor, concernedIn(facts))
  permit(as.length > 0, 'requests.not-yours')
  return as
}

/** Writes what the act changed, the state, and the clock as it is reckoned afterwards. */
async function saveRequest(
  db: Database,
  ctx: Context,
  before: Case,
  act: Act,
  { to, on, changes = {} }: Done,
): Promise<Case> {
  const state = to ?? acts[act].to ?? before.request.state
  const wasOpen = before.request.endedOn === null
  const ending = wasOpen ? endings[state] : undefined
  const ended: RequestChanges = ending
    ? {
        endedOn: on ?? ctx.clock.today(),
        endedAt: ctx.clock.now(),
        reportRow: ending(await gatherCase(db, { ...before.request, ...changes })),
      }
    : {}
  const request: Request = { ...before.request, ...changes, ...ended, state }
  const after = await gatherCase(db, request)
  const clock = { dueOn: after.clock?.due ?? null, provisional: after.clock?.provisional ?? true }
  // Ended: the day that it had is kept, whatever the calendar says later
  const kept = request.endedOn === null || wasOpen ? clock : {}
  await db
    .updateTable('requests')
    .set({ ...changes, ...ended, ...kept, state })
    .where('id', '=', request.id)
    .execute()
  return { ...after, request: { ...request, ...kept } }
}

export interface NewEvent {
  requestId: string
  act: Act | 'submit' | 'file'
  onDay: PlainDate
  stateBefore: State | null
  stateAfter: State
  reason: string
  facts: Record<string, unknown>
  letterId: string | null
  formDigest: string | null
  actedAs: string
}

export async function insertEvent(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  { facts, ...event }: NewEvent,
): Promise<void> {
  await db
    .insertInto('requestEvents')
    .values({
      ...event,
      id: uuidv7(),
      facts: JSON.stringify(facts),
      // The trail names nobody who asked
      actedBy: ctx.actor.kind === 'visitor' ? parties.applicant : actorName(ctx.actor),
      actedById: actorId(ctx.actor),
      actedAt: ctx.clock.now(),
    })
    .execute()
}

/** The trail says the number and the step; never who asked, nor for what. */
export const recordRequest = (
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock' | 'ip'>,
  request: Pick<Request, 'id' | 'number' | 'state'>,
  act: Act | 'submit' | 'file',
  from: State | null,
): Promise<void> =>
  recordAct(db, ctx.actor.kind === 'visitor' ? { actor: ctx.actor, clock: ctx.clock } : ctx, {
    act: `requests.${act}`,
    sentence: `依申请公开“${act === 'submit' ? '提交申请' : act === 'file' ? '登记申请' : acts[act].label}”：${from ? `${states[from]}→` : ''}${states[request.state]}`,
    object: { kind: 'request', id: request.id, label: titleOf(request) },
  })
