import { randomUUID } from 'node:crypto'
import { type Role, visitor } from '#platform/actor'
import type { Context } from '#platform/context'
import { makePublishing } from '../../../test/make/publishing.ts'
import {
  archive,
  decide,
  decideInput,
  serve,
  serveInput,
  sign,
  signInput,
  submitReply,
} from './actions/answer-request.ts'
import {
  askCorrection,
  askReasons,
  correctionInput,
  lapseCorrection,
  reasonsInput,
  withdraw,
} from './actions/ask-applicant.ts'
import { feeInput, lapsePayment, notifyFee } from './actions/charge-fee.ts'
import { consult, consultInput } from './actions/consult-others.ts'
import { submitRequest, submitRequestInput } from './actions/submit-request.ts'
import { confirmInput, confirmReceipt, takeBack } from './actions/take-in-request.ts'
import { giveTask, taskInput } from './actions/work-on-items.ts'
import { type Case, findRequest, gatherCase } from './queries.ts'
import type { State } from './request.ts'

process.env.REQUESTS_KEY ??= 'a key for tests, long enough to be taken for one'

/** People of an organ that takes requests, an applicant, and a way to bring a case to where a test needs it. */
export async function makeRequests() {
  const house = await makePublishing()
  const { db } = house.connection
  const who = (name: string, role: Role, organ?: { id: string }) => house.as([role], name, organ)
  // Everything comes from one address here; the limit itself has a test of its own
  await db.insertInto('requestSettings').values({ siteId: house.at.site.id, sentAnHour: 100_000 }).execute()
  const people = {
    clerk: who('窗口', 'window-clerk'),
    officer: who('承办', 'case-officer'),
    head: who('主任', 'openness-office'),
    signer: who('局长', 'signer'),
    unit: who('科员', 'drafter', house.at.government),
    stranger: who('外人', 'case-officer', house.at.government),
    administrator: who('管理', 'system-administrator'),
  }
  const applicant: Context = { ...house.system, actor: visitor }
  const where = { siteId: house.at.site.id, siteOrganId: house.at.government.id, ip: '192.0.2.7' }
  const application = (more: object = {}) =>
    submitRequestInput.parse({
      organId: house.at.department.id,
      description: '2025年农村饮水安全工程的验收报告',
      way: 'online',
      carrier: 'electronic',
      kind: 'citizen',
      name: '赵一凡',
      idKind: 'resident-id',
      idNumber: '990105199003070870',
      phone: '13800001234',
      formKey: randomUUID(),
      ...more,
    })
  const submit = (more: object = {}, ctx = applicant) => submitRequest(ctx, where, application(more))
  const caseOf = async (id: string): Promise<Case> => {
    const request = await findRequest(db, { id })
    if (!request) throw new Error('no request')
    return gatherCase(db, request)
  }
  let serial = 0
  const letter = (served = true, on = house.system.clock.today()) => ({
    letterNumber: `云水公开告〔2026〕${++serial}号`,
    letterSignedOn: on,
    ...(served && { serviceWay: 'electronic', servedOn: on, serviceProof: '系统发送' }),
  })
  const confirm = (id: string) => confirmReceipt(people.officer, id, confirmInput.parse({ how: '电话确认' }))
  const decideAll = async (id: string, more: object = {}) => {
    for (const item of (await caseOf(id)).items)
      await decide(
        people.officer,
        id,
        decideInput.parse({ itemId: item.id, kind: 'provide', channel: '网上下载', ...more }),
      )
  }

  /** A case in this state, by the acts that lead there. @returns its id and the applicant's code. */
  async function until(state: State, more: object = {}): Promise<{ id: string; code: string }> {
    const { request, code } = await submit(more)
    const { id } = request
    const at = { id, code }
    if (state === 'submitted') return at
    if (state === 'taken-back') {
      await takeBack(applicant, id, { code })
      return at
    }
    await confirm(id)
    switch (state) {
      case 'correcting':
      case 'abandoned':
        await askCorrection(
          people.officer,
          id,
          correctionInput.parse({ missing: '请写明是哪个乡镇的工程。', days: 7, ...letter() }),
        )
        if (state === 'abandoned') await later(20, () => lapseCorrection(people.officer, id))
        return at
      case 'consulting':
        await consult(
          people.officer,
          id,
          consultInput.parse({
            consultee: 'third-party',
            name: '某公司',
            about: '报告中的造价',
            ...letter(false),
          }),
        )
        return at
      case 'reasoning':
        await askReasons(
          people.officer,
          id,
          reasonsInput.parse({ facts: '本月提出了很多件', days: 7, ...letter() }),
        )
        return at
      case 'charged':
      case 'unpaid':
        await notifyFee(
          people.officer,
          id,
          feeInput.parse({ basis: 'pages', pages: 250, howToPay: '到财政代收点缴纳', ...letter() }),
        )
        if (state === 'unpaid') await later(40, () => lapsePayment(people.officer, id))
        return at
      case 'withdrawn':
        await withdraw(applicant, id, { code }, { words: '' })
        return at
    }
    if (state === 'processing') return at
    await decideAll(id)
    await submitReply(people.officer, id, { reason: '' })
    if (state === 'review') return at
    await sign(people.signer, id, signInput.parse(letter(false)))
    if (state === 'signed') return at
    await serve(people.clerk, id, serveInput.parse({ ...letter(), letterNumber: '', letterSignedOn: '' }))
    if (state === 'archived') await archive(people.officer, id)
    return at
  }

  /** Something done so many days later; afterwards the clock is set back. */
  async function later<T>(days: number, work: () => Promise<T>): Promise<T> {
    const now = house.now()
    house.setTime(beijing(new Date(now.getTime() + days * 86_400_000)))
    try {
      return await work()
    } finally {
      house.setTime(beijing(now))
    }
  }

  const give = (id: string, organId = house.at.government.id) =>
    giveTask(people.officer, id, taskInput.parse({ organId, task: '请查找验收报告' }))

  return {
    house,
    db,
    people,
    applicant,
    where,
    application,
    submit,
    caseOf,
    letter,
    confirm,
    decideAll,
    until,
    later,
    give,
    leave: house.leave,
  }
}
export type RequestsHouse = Awaited<ReturnType<typeof makeRequests>>

const beijing = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
