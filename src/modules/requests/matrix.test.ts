import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import { createStaff } from '#modules/people'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { readerOf } from '../../../test/make/public-visit.ts'
import { type Act, actNames, acts, type Party } from './acts.ts'
import { requests } from './module.ts'
import type { Case } from './queries.ts'
import { type State, states } from './request.ts'
import { makeRequests, type RequestsHouse } from './requests-for-tests.ts'

process.env.LOGIN_KEY ??= 'a key for tests, long enough to be taken for one'

let at: RequestsHouse
interface Held {
  id: string
  code: string
  facts: Case
}
let officerId = ''
const cases = new Map<State, Held>()
const desk = deskVisit(requests.deskRoutes)
const stateNames = Object.keys(states) as State[]

beforeAll(async () => {
  at = await makeRequests()
  for (const state of stateNames) {
    const held = await at.until(state)
    cases.set(state, { ...held, facts: await at.caseOf(held.id) })
  }
  const made = await createStaff(at.house.system, {
    username: 'another-officer',
    name: '李办',
    organId: at.house.at.department.id,
    formKey: null,
    mustChangePassword: false,
  })
  officerId = made.staffId
}, 120_000)
afterAll(() => at.leave())

/** Who tries, and as what by the rules of the house; written here, not asked of the code. */
const as: Record<string, readonly Party[]> = {
  clerk: ['clerk'],
  officer: ['officer'],
  head: ['officer', 'head'],
  signer: ['signer'],
  unit: [],
  stranger: [],
  administrator: [],
}

const day = '2026-11-23'
const letter = {
  letterNumber: '云水公开告〔2026〕900号',
  letterSignedOn: day,
  serviceWay: 'post',
  servedOn: day,
  serviceProof: '挂号信',
}

/** A whole form for each act. */
function formOf(act: Act, facts: Case): Record<string, string> {
  const { items, consultations, tasks, outcomes } = facts
  const itemId = items[0]?.id ?? ''
  const forms: Record<Act, Record<string, string>> = {
    'take-back': {},
    'confirm-receipt': { how: '电话确认' },
    'note-contact': { how: '打过电话，没有人接' },
    assign: { officerId },
    'ask-correction': { missing: '请写明年份', days: '15', ...letter },
    'receive-correction': { words: '2025年' },
    'lapse-correction': {},
    'ask-reasons': { facts: '本月四十件', days: '15', ...letter },
    'receive-reasons': { words: '需要核对' },
    'notify-fee': { basis: 'pages', pages: '250', howToPay: '到财政代收点缴纳', ...letter },
    'record-payment': {},
    'lapse-payment': {},
    revive: { reason: '申请人按时补正，误判' },
    consult: { consultee: 'third-party', name: '某公司', about: '合同价款', ...letter },
    'record-delivery': { consultationId: consultations[0]?.id ?? '' },
    'end-consultation': { consultationId: consultations[0]?.id ?? '', answer: 'agrees' },
    split: { itemId, parts: '甲事项\n乙事项' },
    'give-task': { organId: at.house.at.government.id, task: '请查找报告' },
    'answer-task': { taskId: tasks[0]?.id ?? '', answer: '没有找到' },
    'cancel-task': { taskId: tasks[0]?.id ?? '', reason: '不需要了' },
    'record-search': {
      itemId,
      searchedIn: '档案室',
      words: '验收',
      searchedOn: day,
      searchedBy: '王某',
      found: '没有',
    },
    'ask-extension': { days: '10', reason: '需要查阅的档案较多' },
    'grant-extension': { reason: '同意', ...letter },
    'refuse-extension': { reason: '不同意' },
    decide: { itemId, kind: 'provide', channel: '网上下载' },
    'submit-reply': {},
    'return-reply': { reason: '请补充理由' },
    sign: { ...letter, serviceWay: '', servedOn: '', serviceProof: '' },
    serve: { ...letter, letterNumber: '' },
    withdraw: {},
    archive: {},
    'record-outcome': { procedure: 'reconsideration', body: '云溪县人民政府', filedOn: day },
    'end-outcome': { outcomeId: outcomes[0]?.id ?? '', result: 'upheld' },
    'renew-code': { checked: 'yes', formKey: crypto.randomUUID() },
  }
  return { formKey: crypto.randomUUID(), ...forms[act] }
}

/** What the table leaves to a guard; these cases have nothing to do it on, or no time has passed. */
const guardedEverywhere: readonly Act[] = [
  'lapse-correction',
  'lapse-payment',
  'answer-task',
  'cancel-task',
  'grant-extension',
  'refuse-extension',
  'submit-reply',
  'end-outcome',
]
const isDone = (act: Act, state: State, parties: readonly Party[]) =>
  acts[act].in.includes(state) &&
  acts[act].by.some(party => parties.includes(party)) &&
  !guardedEverywhere.includes(act)

class TakenBack extends Error {}

async function undone(work: (db: Context['db']) => Promise<string>): Promise<string> {
  let said = ''
  await at.db
    .transaction()
    .execute(async db => {
      said = await work(db).catch(error => (error instanceof Refused ? error.code : `no door: ${error}`))
      throw new TakenBack()
    })
    .catch(error => {
      if (!(error instanceof TakenBack)) throw error
    })
  return said
}

function staff({ actor, ...ctx }: Context): DeskContext {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: '' }
}

const byDesk = (act: Act, { id, facts }: Held, ctx: Context) =>
  undone(async db => {
    const form = { ...formOf(act, facts), act }
    const reply = await desk.ask({ ...staff(ctx), db }, 'POST', '/requests/:id', { id }, { form })
    if (reply.kind === 'redirect') return 'done'
    return reply.kind === 'page' && reply.status === 200 ? 'done' : `refused ${reply.kind}`
  })

const byApplicant = (act: Act, { id, code, facts }: Held) =>
  undone(async db => {
    const { request } = facts
    const route = requests.publicRoutes?.find(one => one.path === '/requests/track' && one.method === 'POST')
    const reply = await route?.handle(readerOf({ ...at.house.system, db }, at.house.at.site), {
      method: 'POST',
      url: '/requests/track',
      params: {},
      query: {},
      form: { ...formOf(act, facts), act, number: request.number, code },
      uploads: [],
      headers: {},
      cookies: {},
      ip: '192.0.2.1',
    })
    const last = await db
      .selectFrom('requestEvents')
      .select('act')
      .where('requestId', '=', id)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    return reply?.status === 200 && last?.act === act && reply.kind === 'page'
      ? 'done'
      : `refused ${reply?.status}`
  })

describe('party × state × act, through the page and its act (R-REQ-60)', () => {
  it.each(actNames)('%s is done where the table says so, and refused elsewhere', async act => {
    const wrong: string[] = []
    for (const [state, held] of cases) {
      for (const [name, parties] of Object.entries(as)) {
        const said = await byDesk(act, held, at.people[name as keyof typeof at.people])
        const expected = act !== 'take-back' && isDone(act, state, parties)
        if ((said === 'done') !== expected) wrong.push(`${act} ${state} ${name}: ${said}`)
      }
      const said = await byApplicant(act, held)
      if ((said === 'done') !== isDone(act, state, ['applicant']))
        wrong.push(`${act} ${state} applicant: ${said}`)
    }
    expect(wrong).toEqual([])
  })

  it('the screen offers exactly what is allowed', async () => {
    const wrong: string[] = []
    for (const [state, { id }] of cases)
      for (const [name, parties] of Object.entries(as)) {
        const html = await desk
          .show(staff(at.people[name as keyof typeof at.people]), 'GET', '/requests/:id', { id })
          .then(
            one => one.html,
            () => '',
          )
        for (const act of actNames)
          if (html.includes(`name="act" value="${act}"`) !== isDone(act, state, parties))
            wrong.push(`${act} ${state} ${name}`)
      }
    expect(wrong).toEqual([])
  })
})
