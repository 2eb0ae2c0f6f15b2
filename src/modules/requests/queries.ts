import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { WorkingCalendar } from '#lib/working-days/calendar'
import type { DueDay } from '#lib/working-days/clock'
import { workingCalendar } from '#modules/duties'
import type { Database } from '#platform/db/database'
import { answerDue, type ClockFacts } from './clock.ts'
import type { Letter, LetterKind, ServiceWay } from './letters/letter.ts'
import {
  type Applicant,
  type AskedOpinion,
  type Item,
  type Outcome,
  type Request,
  type RequestEvent,
  type Search,
  type Settings,
  type Task,
  usualSettings,
} from './request.ts'

const requestColumns = [
  'id',
  'siteId',
  'organId',
  'number',
  'codeDigest',
  'state',
  'purpose',
  'channel',
  'applicantKind',
  'way',
  'carrier',
  'help',
  'submittedAt',
  'undoUntil',
  'arrivedOn',
  'receivedOn',
  'dueOn',
  'provisional',
  'correctionAskedOn',
  'correctionDue',
  'correctedOn',
  'reasonsAskedOn',
  'reasonsDue',
  'feeNotifiedOn',
  'paymentDue',
  'paidOn',
  'extensionAskedById',
  'extensionAskedFor',
  'extendedBy',
  'officerId',
  'submittedById',
  'filedBy',
  'reportRow',
  'endedOn',
  'endedAt',
] as const

/** @param options.lock holds the row until the transaction ends, so that acts on one request come one after the other. */
export async function findRequest(
  db: Database,
  by: { id: string } | { siteId: string; number: string } | { siteId: string; formDigest: string },
  options: { lock?: boolean } = {},
): Promise<Request | null> {
  let query = db.selectFrom('requests').select(requestColumns)
  if ('id' in by) query = query.where('id', '=', by.id)
  else {
    query = query.where('siteId', '=', by.siteId)
    query =
      'number' in by ? query.where('number', '=', by.number) : query.where('formDigest', '=', by.formDigest)
  }
  const row = await (options.lock ? query.forUpdate() : query).executeTakeFirst()
  return row ? (row as Request) : null
}

/** Personal data: only for who handles the request. */
export async function listApplicants(db: Database, requestId: string): Promise<Applicant[]> {
  const rows = await db
    .selectFrom('requestApplicants')
    .selectAll()
    .where('requestId', '=', requestId)
    .orderBy('position')
    .execute()
  return rows as ((typeof rows)[number] & Applicant)[]
}

/** Personal data: what the applicant wrote in the course of it. */
export const listWords = (db: Database, requestId: string) =>
  db
    .selectFrom('requestWords')
    .select(['id', 'about', 'words', 'writtenAt'])
    .where('requestId', '=', requestId)
    .orderBy('id')
    .execute()

export async function listEvents(db: Database, requestId: string): Promise<RequestEvent[]> {
  const rows = await db
    .selectFrom('requestEvents')
    .select([
      'id',
      'act',
      'onDay',
      'stateBefore',
      'stateAfter',
      'reason',
      'facts',
      'letterId',
      'actedAs',
      'actedBy',
      'actedAt',
    ])
    .where('requestId', '=', requestId)
    .orderBy('id')
    .execute()
  return rows as unknown as RequestEvent[]
}

export async function listLetters(db: Database, requestId: string): Promise<Letter[]> {
  const rows = await db
    .selectFrom('requestLetters')
    .select(['id', 'requestId', 'kind', 'number', 'signedOn', 'serviceWay', 'servedOn', 'proof'])
    .where('requestId', '=', requestId)
    .orderBy('id')
    .execute()
  return rows.map(({ serviceWay, servedOn, proof, kind, ...letter }) => ({
    ...letter,
    kind: kind as LetterKind,
    service: serviceWay && servedOn ? { way: serviceWay as ServiceWay, on: servedOn, proof } : null,
  }))
}

export async function settingsOf(db: Database, siteId: string): Promise<Settings> {
  const row = await db
    .selectFrom('requestSettings')
    .selectAll()
    .where('siteId', '=', siteId)
    .executeTakeFirst()
  if (!row) return usualSettings
  const { siteId: _, ...settings } = row
  return settings
}

/** Everything that the acts on a request and its page depend on, but for who the applicant is. */
export interface Case {
  request: Request
  items: Item[]
  consultations: AskedOpinion[]
  tasks: Task[]
  searches: Search[]
  letters: Letter[]
  /** Letters that an earlier act was already saved with. */
  usedLetterIds: string[]
  outcomes: Outcome[]
  settings: Settings
  calendar: WorkingCalendar
  /** The clock, reckoned now; null while the request is not received. */
  clock: DueDay | null
}

export async function gatherCase(db: Database, request: Request): Promise<Case> {
  const { id } = request
  const items = (await db
    .selectFrom('requestItems')
    .select([
      'id',
      'position',
      'description',
      'replyKind',
      'ground',
      'reasons',
      'details',
      'decidedBy',
      'decidedAt',
    ])
    .where('requestId', '=', id)
    .orderBy('position')
    .execute()) as unknown as Item[]
  const consultations = (await db
    .selectFrom('requestConsultations')
    .select([
      'id',
      'consultee',
      'name',
      'about',
      'letterId',
      'sentOn',
      'receivedOn',
      'endsOn',
      'endedOn',
      'answer',
      'reasons',
      'reasonable',
    ])
    .where('requestId', '=', id)
    .orderBy('id')
    .execute()) as AskedOpinion[]
  const tasks = (await db
    .selectFrom('requestTasks')
    .select([
      'id',
      'itemId',
      'organId',
      'task',
      'givenOn',
      'dueOn',
      'claimedBy',
      'claimedById',
      'answer',
      'endedAt',
      'endedBy',
      'howEnded',
    ])
    .where('requestId', '=', id)
    .orderBy('id')
    .execute()) as Task[]
  const searches = await db
    .selectFrom('requestSearches')
    .select([
      'id',
      'itemId',
      'searchedIn',
      'words',
      'searchedOn',
      'searchedBy',
      'found',
      'recordedBy',
      'recordedAt',
    ])
    .where('requestId', '=', id)
    .orderBy('id')
    .execute()
  const outcomes = (await db
    .selectFrom('requestOutcomes')
    .select(['id', 'procedure', 'body', 'caseNumber', 'filedOn', 'result', 'decidedOn', 'note'])
    .where('requestId', '=', id)
    .orderBy('id')
    .execute()) as Outcome[]
  const { rows: used } = await sql<{ letterId: string }>`
    select distinct letter_id from request_events where request_id = ${id} and letter_id is not null`.execute(
    db,
  )
  const calendar = await workingCalendar(db, request.organId)
  const facts = clockFacts(request, consultations)
  return {
    request,
    items,
    consultations,
    tasks,
    searches,
    letters: await listLetters(db, id),
    usedLetterIds: used.map(row => row.letterId),
    outcomes,
    settings: await settingsOf(db, request.siteId),
    calendar,
    clock: facts && answerDue(facts, calendar),
  }
}

/** What bears on the clock; null while the request is not received. */
export function clockFacts(request: Request, consultations: readonly AskedOpinion[]): ClockFacts | null {
  const { receivedOn, correctionAskedOn, correctedOn, feeNotifiedOn, paidOn, extendedBy } = request
  if (receivedOn === null) return null
  return { receivedOn, correctionAskedOn, correctedOn, feeNotifiedOn, paidOn, extendedBy, consultations }
}

/** The next number of the day, within the transaction that uses it: an undone one is given again, so that none is lost (R-LET-02). */
export async function nextSerial(db: Database, siteId: string, day: PlainDate): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into request_serials as s (site_id, day, last) values (${siteId}, ${day}, 1)
    on conflict (site_id, day) do update set last = s.last + 1 returning last`.execute(db)
  return rows[0]?.last ?? 1
}
