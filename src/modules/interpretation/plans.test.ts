import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { takeDown, takeDownInput } from '../publications/actions/take-down.ts'
import { approvePlan } from './actions/approve-plan.ts'
import { savePlan, savePlanInput } from './actions/save-plan.ts'
import { startMaterial } from './actions/start-material.ts'
import { interpretationPlanOf } from './index.ts'
import { interpretation } from './module.ts'
import { findPlan } from './plan-queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())
beforeEach(() => house.setTime('2026-11-23 10:00'))

let serial = 300
const facts = (title: string, more: object = {}) =>
  documentFacts(title, { docNo: `云政办发〔2026〕${serial++}号`, ...more })
const planned = (more: object = {}) =>
  savePlanInput.parse({
    draftedBy: '县水利局供水股',
    interpreters: '罗建平 局长\n供水股',
    forms: ['text', 'qa'],
    channels: ['site'],
    ...more,
  })
const of = (id: string) => interpretationPlanOf(house.connection.db, house.now(), id)
const stateOf = async (id: string) => (await of(id))?.state
const duties = (id: string, rule: string) =>
  house.connection.db
    .selectFrom('duties')
    .select(['metAt', 'dueOn'])
    .where('subjectId', '=', id)
    .where('rule', '=', rule)
    .executeTakeFirst()
const interpret = (policy: { publicId: string }, more: object = {}) =>
  makeReviewed(house, {
    kind: 'interpretation',
    column: 'interpretation',
    title: '办法解读',
    interprets: `《某办法》 /policies/${policy.publicId}`,
    fields: { form: 'text', interpreter: '供水股' },
    ...more,
  })

describe('the plan of an interpretation (R-INT-01, R-INT-03)', () => {
  it('goes from none over planned and ready to public, with a draft policy, too', async () => {
    const policy = await makeDraft(house.drafter, house.at, facts('供水办法'))
    expect(await stateOf(policy.id)).toBe('none')
    await savePlan(house.drafter, policy.id, planned())
    expect(await of(policy.id)).toMatchObject({ state: 'planned', isSettled: false })
    const publicId = await startMaterial(house.drafter, policy.id, { form: 'qa' })
    const material = (await of(policy.id))?.materials[0]
    expect(material).toMatchObject({
      publicId,
      title: '《供水办法》问答',
      fields: { form: 'qa', interpreter: '罗建平', interpreterPost: '局长' },
    })
    const { connection } = house
    await connection.db
      .updateTable('editions')
      .set({ submittedAt: house.now() })
      .where('publicationId', '=', material?.id ?? '')
      .execute()
    expect(await of(policy.id)).toMatchObject({ state: 'ready', isSettled: true })
  })

  it('needs none where the document says why (R-INT-07)', async () => {
    const policy = await makeDraft(
      house.drafter,
      house.at,
      facts('例行通知', { fields: { interpretationExempt: '其他', interpretationExemptNote: '只改电话' } }),
    )
    expect(await of(policy.id)).toMatchObject({ state: 'exempt', exempt: '其他：只改电话', isSettled: true })
  })

  it('is public by its link when it was written without a plan, and not any more when it is taken down', async () => {
    const policy = await makeReviewed(house, facts('节水办法'))
    const item = await interpret(policy)
    expect(await stateOf(policy.id)).toBe('public')
    expect((await duties(policy.id, 'R-INT-02'))?.metAt).not.toBeNull()
    await takeDown(
      house.as(['openness-office'], '何敏'),
      takeDownInput.parse({ publicationId: item.id, how: 'withdrawn', reason: '数字有误' }),
    )
    expect(await stateOf(policy.id)).toBe('none')
  })

  it('published before its policy meets the duty that begins later (R-INT-01, R-INT-02)', async () => {
    const draft = await makeDraft(house.drafter, house.at, facts('抄表办法'))
    await interpret(draft)
    const { review } = await import('../../../test/make/publishing.ts')
    await review(house, draft)
    expect((await duties(draft.id, 'R-INT-02'))?.metAt).not.toBeNull()
  })

  it('is approved by somebody else than who wrote it, and again after a change', async () => {
    const policy = await makeDraft(house.drafter, house.at, facts('管网办法'))
    await savePlan(house.drafter, policy.id, planned())
    const head = house.as(['department-head'], '崔丽娟')
    await expect(approvePlan(house.drafter, policy.id, { revision: 1 })).rejects.toMatchObject({
      status: 403,
    })
    await approvePlan(head, policy.id, { revision: 1 })
    expect((await findPlan(house.connection.db, policy.id))?.approvedBy).toBe('崔丽娟')
    await savePlan(head, policy.id, planned({ revision: 1, note: '加一场宣讲' }))
    expect((await findPlan(house.connection.db, policy.id))?.approvedBy).toBeNull()
    await expect(approvePlan(head, policy.id, { revision: 2 })).rejects.toMatchObject({ status: 403 })
    await expect(savePlan(house.drafter, policy.id, planned({ revision: 1 }))).rejects.toMatchObject({
      status: 409,
    })
  })

  it('belongs to the organ of the policy', async () => {
    const policy = await makeDraft(house.drafter, house.at, facts('泵站办法'))
    const stranger = house.as(['drafter'], '外人', house.at.government)
    await expect(savePlan(stranger, policy.id, planned())).rejects.toMatchObject({ status: 403 })
  })
})

describe('the yearly interpretation by the head of an organ (I3)', () => {
  const owe = async (organId: string, period: string, fixedOn: string) => {
    const { openDuties } = await import('#modules/duties')
    await openDuties(house.connection.db, house.system, [
      {
        siteId: house.at.site.id,
        organId,
        rule: 'I3',
        article: '主要负责人每年至少解读一次重要政策',
        title: `主要负责人${period}年解读重要政策`,
        domain: 'interpretation',
        subject: { kind: 'organ', id: organId, label: '单位' },
        period,
        limit: { fixedOn },
        startedAt: new Date(`${period}-01-01T00:00:00+08:00`),
      },
    ])
  }
  const open = async (organId: string) =>
    (
      await house.connection.db
        .selectFrom('duties')
        .select('period')
        .where('rule', '=', 'I3')
        .where('organId', '=', organId)
        .where('metAt', 'is', null)
        .orderBy('period')
        .execute()
    ).map(row => row.period)

  it('is met for this year only, by an interpretation that a leader makes', async () => {
    const { department, government } = house.at
    await owe(department.id, '2025', '2025-12-31')
    await owe(department.id, '2026', '2026-12-31')
    await owe(government.id, '2026', '2026-12-31')
    const policy = await makeReviewed(house, facts('调度办法'))
    await interpret(policy)
    expect(await open(department.id)).toEqual(['2025', '2026'])
    await interpret(policy, {
      fields: { form: 'text', interpreter: '罗建平', interpreterPost: '局长', isLeader: true },
    })
    expect(await open(department.id)).toEqual(['2025'])
    expect(await open(government.id)).toEqual(['2026'])
  })

  it('is met for the organ whose leader speaks, where another organ publishes', async () => {
    const policy = await makeReviewed(house, facts('水源办法'))
    await interpret(policy, {
      fields: {
        form: 'leader',
        interpreter: '周县长',
        interpreterPost: '县长',
        interpreterOrgan: house.at.government.name,
      },
    })
    expect(await open(house.at.government.id)).toEqual([])
  })
})

describe('the desk pages of plans', () => {
  const desk = deskVisit(interpretation.deskRoutes)
  const at = (ctx: Publishing['drafter']) =>
    ({ ...ctx, publicOrigin: 'http://localhost:3000' }) as DeskContext

  it('list what has no plan; the form of the plan keeps what was typed and saves', async () => {
    const policy = await makeDraft(house.drafter, house.at, facts('计量办法'))
    const list = await desk.show(at(house.drafter), 'GET', '/interpretation-plans')
    expect(list.html).toContain('计量办法')
    const path = '/interpretation-plans/:id'
    const params = { id: policy.publicId }
    const empty = await desk.show(at(house.drafter), 'GET', path, params)
    expect(empty.html).toContain('还没有方案')
    const wrong = await desk.show(at(house.drafter), 'POST', path, params, {
      form: { ...formOf(empty.html), draftedBy: '计量股', forms: 'text', channels: 'site' },
    })
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('计量股')
    const saved = await desk.ask(at(house.drafter), 'POST', path, params, {
      form: {
        draftedBy: '计量股',
        interpreters: '罗建平 局长',
        forms: 'text',
        channels: 'site',
        revision: '0',
      },
    })
    expect(saved).toMatchObject({ kind: 'redirect' })
    const shown = await desk.show(at(house.drafter), 'GET', path, params)
    expect(shown.html).toContain('罗建平 局长')
    expect(shown.html).toContain('按方案起草')
  })
})
