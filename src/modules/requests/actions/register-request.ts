import type { PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { dutiesTag, workingCalendar } from '#modules/duties'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { SubmitRequest } from '../application.ts'
import { answerDue, receiptRules } from '../clock.ts'
import { requestNumber } from '../numbers.ts'
import { insertEvent, recordRequest } from '../on-request.ts'
import { nextSerial, settingsOf } from '../queries.ts'
import type { Channel, Request } from '../request.ts'
import { openAnswer, openConfirmation } from '../request-duties.ts'
import { codeDigest, codeOfForm, formDigest, personDigest, seal } from '../secrets.ts'
import { tellThem, whoseTurn } from '../tell.ts'

/** How it came in, beside what it says. */
export interface Arrival {
  siteId: string
  channel: Channel
  arrivedOn: PlainDate
  /** 收到申请之日 where the way of coming in says it; null: it has to be confirmed first. */
  receivedOn: PlainDate | null
  undoUntil: Date | null
}

/**
 * Writes a request down, within the caller's transaction, which holds the lock of its form key: number, applicant, item, event, duty
 * and trail, all or nothing. The number is taken as late as may be: others wait for it until this one is through.
 */
export async function registerRequest(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  { siteId, channel, arrivedOn, receivedOn, undoUntil }: Arrival,
  input: SubmitRequest,
): Promise<Request> {
  const id = uuidv7()
  const now = ctx.clock.now()
  const isOwn = ctx.actor.kind === 'visitor'
  const settings = await settingsOf(db, siteId)
  const clock = receivedOn
    ? answerDue({ ...untouched, receivedOn, consultations: [] }, await workingCalendar(db, input.organId))
    : null
  const applicants = await applicantsOf(id, input)
  const code = await codeDigest(await codeOfForm(input.formKey))
  const to = await whoseTurn(db, ctx, { organId: input.organId, officerId: null }, 'officer')
  const day = ctx.clock.today()
  const number = requestNumber(day, await nextSerial(db, siteId, day))
  const request: Request = {
    ...untouched,
    id,
    siteId,
    organId: input.organId,
    number,
    codeDigest: code,
    state: receivedOn ? 'processing' : 'submitted',
    purpose: input.purpose,
    channel,
    applicantKind: input.kind,
    way: input.way,
    carrier: input.carrier,
    help: input.help,
    submittedAt: now,
    undoUntil,
    arrivedOn,
    receivedOn,
    dueOn: clock?.due ?? null,
    provisional: clock?.provisional ?? true,
    filedBy: isOwn ? null : actorName(ctx.actor),
  }
  await db
    .insertInto('requests')
    .values({ ...request, formDigest: formDigest(input.formKey), filedById: actorId(ctx.actor) })
    .execute()
  await db.insertInto('requestApplicants').values(applicants).execute()
  await db
    .insertInto('requestItems')
    .values({ id: uuidv7(), requestId: id, position: 1, description: input.description })
    .execute()
  const act = isOwn ? 'submit' : 'file'
  await insertEvent(db, ctx, {
    requestId: id,
    act,
    onDay: arrivedOn,
    stateBefore: null,
    stateAfter: request.state,
    reason: receiptRules[channel].words,
    facts: { channel, receivedOn },
    letterId: null,
    formDigest: null,
    actedAs: isOwn ? '申请人' : '窗口人员',
  })
  await (receivedOn
    ? openAnswer(db, ctx, request)
    : openConfirmation(db, ctx, request, settings.confirmWithin))
  await recordRequest(db, ctx, request, act, null)
  await tellThem(
    db,
    ctx,
    request,
    act,
    {
      title: receivedOn ? '新的依申请公开' : '新的依申请公开，请与申请人确认收到',
      sentence: receivedOn ? '已经收到，请办理。' : '请在期限内与申请人确认收到，确认之日起计算答复期限。',
    },
    to,
  )
  await announceChange(db, [dutiesTag(siteId)])
  return request
}

/** What a request is before anything has happened to it. */
const untouched = {
  correctionAskedOn: null,
  correctionDue: null,
  correctedOn: null,
  reasonsAskedOn: null,
  reasonsDue: null,
  feeNotifiedOn: null,
  paymentDue: null,
  paidOn: null,
  extensionAskedById: null,
  extensionAskedFor: null,
  extendedBy: 0,
  officerId: null,
  submittedById: null,
  reportRow: null,
  endedOn: null,
  endedAt: null,
} as const

/** The applicant and, where there is one, who acts for them; numbers of papers are encrypted (S-SEC-12). */
async function applicantsOf(requestId: string, input: SubmitRequest) {
  const applicantId = uuidv7()
  const idKind = input.kind === 'citizen' ? input.idKind : 'uscc'
  const applicant = {
    id: applicantId,
    requestId,
    position: 1,
    role: 'applicant',
    kind: input.kind,
    name: input.name,
    idKind,
    idSealed: input.idNumber === '' ? null : await seal(input.idNumber, applicantId),
    idDigest: input.idNumber === '' ? '' : await personDigest(idKind ?? '', input.idNumber),
    representative: input.representative,
    contact: input.contact,
    phone: input.phone,
    email: input.email,
    address: input.address,
    postcode: input.postcode,
  }
  if (input.agentName === '') return [applicant]
  const agentId = uuidv7()
  return [
    applicant,
    {
      ...applicant,
      id: agentId,
      position: 2,
      role: 'agent',
      kind: 'citizen',
      name: input.agentName,
      idKind: input.agentIdKind,
      idSealed: input.agentIdNumber === '' ? null : await seal(input.agentIdNumber, agentId),
      idDigest: '',
      representative: '',
      contact: '',
      phone: input.agentPhone,
      email: '',
      address: '',
      postcode: '',
    },
  ]
}
