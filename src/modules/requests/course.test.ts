import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  archive,
  decide,
  decideInput,
  returnReply,
  serve,
  serveInput,
  sign,
  signInput,
  submitReply,
} from './actions/answer-request.ts'
import {
  askCorrection,
  correctionInput,
  lapseCorrection,
  receiveCorrection,
  repliedInput,
  withdraw,
} from './actions/ask-applicant.ts'
import { chargeOf, feeInput, notifyFee, paymentInput, recordPayment, revive } from './actions/charge-fee.ts'
import {
  consult,
  consultInput,
  deliveryInput,
  endConsultation,
  opinionInput,
  recordDelivery,
} from './actions/consult-others.ts'
import { askExtension, askExtensionInput, grantExtension, grantInput } from './actions/extend-period.ts'
import { lookUp } from './actions/look-up.ts'
import { renewCode } from './actions/take-in-request.ts'
import {
  answerTask,
  cancelTask,
  recordSearch,
  searchInput,
  split,
  splitInput,
} from './actions/work-on-items.ts'
import { listEvents } from './queries.ts'
import { makeRequests, type RequestsHouse } from './requests-for-tests.ts'

let at: RequestsHouse
beforeAll(async () => {
  at = await makeRequests()
})
afterAll(() => at.leave())
beforeEach(() => at.house.setTime('2026-11-23 10:00'))

const request = async (id: string) => (await at.caseOf(id)).request

/** The day of the request, of its duty, and of the clock reckoned anew: one and the same. */
async function dueOf(id: string): Promise<string | null> {
  const { request, clock } = await at.caseOf(id)
  const { rows } = await sql<{ dueOn: string | null }>`
    select due_on from duties where subject_id = ${id} and rule = 'R-REQ-22'`.execute(at.db)
  expect(request.dueOn).toBe(clock?.due ?? null)
  expect(rows[0]?.dueOn ?? null).toBe(request.dueOn)
  return request.dueOn
}

describe('the clock through the acts (R-REQ-12…26), the same in the case and in its duty', () => {
  it('a correction is asked once, stops the clock, and starts it anew', async () => {
    const { id, code } = await at.until('processing')
    expect(await dueOf(id)).toBe('2026-12-21')
    at.house.setTime('2026-11-25 09:00')
    await askCorrection(
      at.people.officer,
      id,
      correctionInput.parse({ missing: '请写明年份', days: 7, ...at.letter() }),
    )
    expect(await dueOf(id)).toBeNull()
    expect(await request(id)).toMatchObject({ state: 'correcting', correctionDue: '2026-12-04' })
    at.house.setTime('2026-11-30 23:59')
    await receiveCorrection(at.applicant, id, { code }, repliedInput.parse({ words: '2025年' }))
    expect(await dueOf(id)).toBe('2026-12-28')
    await expect(
      askCorrection(
        at.people.officer,
        id,
        correctionInput.parse({ missing: '还要补正年份', days: 7, ...at.letter() }),
      ),
    ).rejects.toThrow('补正只能告知一次')
  })

  it('no notice of correction without the letter, nor before it is served (R-LET-12, R-LET-31)', async () => {
    const { id } = await at.until('processing')
    const ask = (letter: object) =>
      askCorrection(
        at.people.officer,
        id,
        correctionInput.parse({ missing: '请写明年份', days: 7, ...letter }),
      )
    await expect(ask({})).rejects.toMatchObject({ code: 'requests.no-letter' })
    await expect(ask(at.letter(false))).rejects.toMatchObject({ code: 'requests.letter-not-served' })
    expect(await request(id)).toMatchObject({ state: 'processing', correctionAskedOn: null })
  })

  it('not corrected in time is deemed abandoned, row C6.1; a wrong lapse is put right with its reason (R-REQ-14)', async () => {
    const { id } = await at.until('abandoned')
    expect(await request(id)).toMatchObject({ state: 'abandoned', reportRow: 'C6.1' })
    at.house.setTime('2026-12-14 09:00')
    await revive(at.people.head, id, { on: '2026-12-01', reason: '补正材料按时寄到，登记遗漏' })
    expect(await request(id)).toMatchObject({ state: 'processing', reportRow: null, endedOn: null })
    expect(await dueOf(id)).toBe('2026-12-29')
  })

  it('the applicant still has time: no lapse', async () => {
    const { id } = await at.until('correcting')
    await expect(lapseCorrection(at.people.officer, id)).rejects.toThrow('还没有届满')
  })

  it('consultations pause once where they overlap; silence means the opposite for a co-maker (R-REQ-18…25)', async () => {
    const { id } = await at.until('processing')
    const ask = (consultee: string, name: string) =>
      consult(
        at.people.officer,
        id,
        consultInput.parse({ consultee, name, about: '报告中的造价', ...at.letter(false) }),
      )
    at.house.setTime('2026-11-25 09:00')
    await ask('third-party', '某公司')
    expect(await dueOf(id)).toBeNull()
    at.house.setTime('2026-11-26 09:00')
    await ask('co-maker', '县财政局')
    const [third, maker] = (await at.caseOf(id)).consultations
    for (const one of [third, maker])
      await recordDelivery(
        at.people.officer,
        id,
        deliveryInput.parse({ consultationId: one?.id, on: '2026-11-26' }),
      )
    const paused = await dueOf(id)
    // 16 working days after 25 November up to 17 December are not counted
    expect(paused).toBe('2027-01-12')
    await expect(
      endConsultation(
        at.people.officer,
        id,
        opinionInput.parse({ consultationId: maker?.id, answer: 'silent' }),
      ),
    ).rejects.toMatchObject({ code: 'requests.may-still-answer' })
    at.house.setTime('2026-12-02 09:00')
    await endConsultation(
      at.people.officer,
      id,
      opinionInput.parse({
        consultationId: third?.id,
        answer: 'refuses',
        reasons: '涉及商业秘密',
        reasonable: 'yes',
      }),
    )
    expect((await request(id)).state).toBe('consulting')
    expect(await dueOf(id)).toBe(paused)
    at.house.setTime('2026-12-18 09:00')
    await endConsultation(
      at.people.officer,
      id,
      opinionInput.parse({ consultationId: maker?.id, answer: 'silent' }),
    )
    expect((await request(id)).state).toBe('processing')
    expect(await dueOf(id)).toBe(paused)
  })

  it('extended once, by another person, told before the due day, never after it (R-REQ-23)', async () => {
    const { id } = await at.until('processing')
    const ask = askExtensionInput.parse({ days: 20, reason: '需要查阅的档案较多' })
    await askExtension(at.people.head, id, ask)
    const grant = () =>
      grantExtension(at.people.head, id, grantInput.parse({ reason: '同意', ...at.letter() }))
    await expect(grant()).rejects.toThrow('不能自己批准')
    const another = at.house.as(['openness-office'], '副主任')
    await expect(grantExtension(another, id, grantInput.parse({ reason: '同意' }))).rejects.toMatchObject({
      code: 'requests.no-letter',
    })
    await grantExtension(another, id, grantInput.parse({ reason: '同意', ...at.letter() }))
    expect(await dueOf(id)).toBe('2027-01-18')
    // The holidays of 2027 are not published yet (R-CAL-09)
    expect((await request(id)).provisional).toBe(true)
    await expect(askExtension(at.people.officer, id, ask)).rejects.toThrow('只能延长一次')
    const late = await at.until('processing')
    at.house.setTime('2026-12-22 09:00')
    await expect(askExtension(at.people.officer, late.id, ask)).rejects.toThrow('届满以后不能再延长')
  })

  it('a fee is explained, and the payment starts the clock anew (R-FEE-05, R-FEE-08)', async () => {
    const { id } = await at.until('processing')
    await expect(
      notifyFee(at.people.officer, id, feeInput.parse({ basis: 'pages', pages: 30, howToPay: '到代收点' })),
    ).rejects.toThrow('不收费')
    await notifyFee(
      at.people.officer,
      id,
      feeInput.parse({ basis: 'pages', pages: 250, howToPay: '到代收点缴纳', ...at.letter() }),
    )
    expect(await dueOf(id)).toBeNull()
    expect((await listEvents(at.db, id)).at(-1)).toMatchObject({ facts: { amount: 4700 } })
    at.house.setTime('2026-12-01 09:00')
    await recordPayment(at.people.clerk, id, paymentInput.parse({}))
    expect(await dueOf(id)).toBe('2026-12-29')
  })

  it('counts the month of one applicant: a month with 35 requests (R-FEE-04, R-FEE-11)', async () => {
    at.house.setTime('2026-10-12 10:00')
    const person = { idKind: 'passport', idNumber: 'E99000001' }
    let last = ''
    for (let n = 1; n <= 35; n += 1) last = (await at.until('processing', person)).id
    const other = await at.until('processing', { idKind: 'passport', idNumber: 'E99000002' })
    expect((await chargeOf(at.db, await at.caseOf(last), { basis: 'pieces' })).amount).toBe(200)
    expect((await chargeOf(at.db, await at.caseOf(other.id), { basis: 'pieces' })).amount).toBe(0)
  })
})

describe('from the items to the archive', () => {
  it('split, given to a unit, decided, sent up, signed, served, archived; on time is the day of the post (R-LET-31)', async () => {
    const { id } = await at.until('processing')
    const [item] = (await at.caseOf(id)).items
    await split(at.people.officer, id, splitInput.parse({ itemId: item?.id, parts: '验收报告\n\n监理日志' }))
    await at.give(id)
    const [task] = (await at.caseOf(id)).tasks
    expect(task?.dueOn).toBe('2026-11-30')
    await at.decideAll(id)
    await expect(submitReply(at.people.officer, id, { reason: '' })).rejects.toThrow('子任务没有办结')
    await expect(
      answerTask(at.people.stranger, id, { taskId: crypto.randomUUID(), answer: '没有' }),
    ).rejects.toThrow()
    await answerTask(at.people.unit, id, { taskId: task?.id ?? '', answer: '找到了验收报告' })
    await submitReply(at.people.officer, id, { reason: '' })
    await returnReply(at.people.signer, id, { reason: '请补充获取方式' })
    await submitReply(at.people.officer, id, { reason: '' })
    await expect(sign(at.people.signer, id, signInput.parse({}))).rejects.toMatchObject({
      code: 'requests.no-letter',
    })
    await sign(at.people.signer, id, signInput.parse(at.letter(false)))
    at.house.setTime('2026-12-23 09:00')
    await expect(serve(at.people.clerk, id, serveInput.parse({}))).rejects.toMatchObject({
      code: 'requests.letter-not-served',
    })
    await serve(
      at.people.clerk,
      id,
      serveInput.parse({ serviceWay: 'post', servedOn: '2026-12-21', serviceProof: '挂号信 XA1' }),
    )
    expect(await request(id)).toMatchObject({ state: 'served', reportRow: 'C1', endedOn: '2026-12-21' })
    const { rows } = await sql<{ inTime: boolean }>`
      select met_at < due_at as in_time from duties where subject_id = ${id} and rule = 'R-REQ-22'`.execute(
      at.db,
    )
    expect(rows).toEqual([{ inTime: true }])
    await archive(at.people.officer, id)
    expect((await request(id)).state).toBe('archived')
    expect((await listEvents(at.db, id)).map(event => event.act)).toEqual([
      'submit',
      'confirm-receipt',
      'split',
      'give-task',
      'decide',
      'decide',
      'answer-task',
      'submit-reply',
      'return-reply',
      'submit-reply',
      'sign',
      'serve',
      'archive',
    ])
  })

  it('a decision brings with it what its kind needs (R-REQ-33, R-REQ-34, R-REQ-39, R-REQ-48)', async () => {
    const { id } = await at.until('processing')
    const [item] = (await at.caseOf(id)).items
    const say = (more: object) =>
      decide(at.people.officer, id, decideInput.parse({ itemId: item?.id, reasons: '理由', ...more }))
    await expect(say({ kind: 'refuse' })).rejects.toThrow('依据')
    await expect(say({ kind: 'not-exist' })).rejects.toThrow('检索')
    await expect(say({ kind: 'still-unclear' })).rejects.toThrow('补正以后')
    await expect(say({ kind: 'needs-making', reasons: '' })).rejects.toThrow('事实和理由')
    await recordSearch(
      at.people.officer,
      id,
      searchInput.parse({
        itemId: item?.id,
        searchedIn: '档案室',
        words: '验收',
        searchedOn: '2026-11-23',
        searchedBy: '王某',
        found: '没有',
      }),
    )
    await say({ kind: 'not-exist' })
    expect((await at.caseOf(id)).items[0]).toMatchObject({ replyKind: 'not-exist', ground: null })
  })

  it('withdrawn by the applicant counts in row C6.3 and ends its duties (R-REQ-46)', async () => {
    const { id, code } = await at.until('consulting')
    await at.give(id)
    await withdraw(at.applicant, id, { code }, { words: '不需要了' })
    expect(await request(id)).toMatchObject({ state: 'withdrawn', reportRow: 'C6.3' })
    const { rows } = await sql`select 1 from duties where subject_id = ${id} and met_at is null`.execute(
      at.db,
    )
    expect(rows).toEqual([])
  })

  it('one who sent it up does not sign it', async () => {
    const { id } = await at.until('processing')
    await at.decideAll(id)
    const both = at.house.as(['openness-office', 'signer'], '兼任')
    await submitReply(both, id, { reason: '' })
    await expect(sign(both, id, signInput.parse(at.letter(false)))).rejects.toThrow('不能自己签发')
  })

  it('the same form sent twice does its act once', async () => {
    const { id } = await at.until('processing')
    const once = { formKey: 'a form that is sent twice' }
    for (const _ of [1, 2]) await cancelTwice(id, once)
    expect((await listEvents(at.db, id)).filter(event => event.act === 'cancel-task')).toHaveLength(1)
  })

  async function cancelTwice(id: string, once: { formKey: string }) {
    if ((await at.caseOf(id)).tasks.length === 0) await at.give(id)
    const [task] = (await at.caseOf(id)).tasks
    await cancelTask(at.people.officer, id, { taskId: task?.id ?? '', reason: '不需要了' }, once)
  }

  it('the course of a case is never rewritten', async () => {
    await expect(sql`update request_events set reason = ''`.execute(at.db)).rejects.toThrow()
    await expect(sql`delete from request_searches`.execute(at.db)).rejects.toThrow()
  })
})

describe('looking up', () => {
  const where = () => ({ siteId: at.where.siteId, ip: '192.0.2.50' })
  it('by number and code, however they are typed; a renewed code closes the old one', async () => {
    const { id, code } = await at.until('processing')
    const { number } = await request(id)
    const typed = number.replace('-', '－')
    expect((await lookUp(at.applicant, where(), { number: typed, code: code.toUpperCase() })).id).toBe(id)
    const renewed = await renewCode(at.people.clerk, id, { checked: 'yes', reason: '' }, crypto.randomUUID())
    await expect(lookUp(at.applicant, where(), { number, code })).rejects.toMatchObject({ status: 404 })
    expect((await lookUp(at.applicant, where(), { number, code: renewed })).id).toBe(id)
  })

  it('failures are counted; a wrong number reads like a wrong code', async () => {
    const { id, code } = await at.until('processing')
    const { number } = await request(id)
    const asked = { siteId: at.where.siteId, ip: '192.0.2.51' }
    const said = new Set<string>()
    for (let n = 0; n < 10; n += 1)
      await lookUp(at.applicant, asked, { number: n % 2 ? '20200101-001' : 'nothing', code: 'aaaa' }).catch(
        error => said.add(error.message),
      )
    expect(said.size).toBe(1)
    await expect(lookUp(at.applicant, asked, { number, code })).rejects.toMatchObject({ status: 429 })
    at.house.setTime('2026-11-23 10:16')
    expect((await lookUp(at.applicant, asked, { number, code })).id).toBe(id)
  })
})
