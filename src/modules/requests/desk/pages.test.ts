import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../../test/make/desk-visit.ts'
import { requests } from '../module.ts'
import { makeRequests, type RequestsHouse } from '../requests-for-tests.ts'

let at: RequestsHouse
const desk = deskVisit(requests.deskRoutes)
beforeAll(async () => {
  at = await makeRequests()
})
afterAll(() => at.leave())

function staff({ actor, ...ctx }: Context): DeskContext {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor, publicOrigin: '' }
}
const who = (name: keyof RequestsHouse['people']) => staff(at.people[name])

describe('the queue', () => {
  it('is empty with a way on, then by the clock, what waits for confirmation first', async () => {
    expect((await desk.show(who('officer'), 'GET', '/requests')).html).toContain('没有符合条件的申请')
    const processing = await at.until('processing')
    const submitted = await at.until('submitted')
    const served = await at.until('served')
    const { html } = await desk.show(who('officer'), 'GET', '/requests')
    expect(html.indexOf(submitted.id)).toBeLessThan(html.indexOf(processing.id))
    expect(html).not.toContain(served.id)
    const ended = await desk.show(who('officer'), 'GET', '/requests', {}, { query: { show: 'ended' } })
    expect(ended.html).toContain(served.id)
    at.house.setTime('2026-12-22 09:00')
    const late = await desk.show(who('officer'), 'GET', '/requests', {}, { query: { show: 'late' } })
    expect(late.html).toContain(processing.id)
    expect(late.html).toContain('逾期')
    expect(late.html).not.toContain(submitted.id)
    at.house.setTime('2026-11-23 10:00')
  })

  it('shows another organ nothing of it', async () => {
    const { id } = await at.until('processing')
    expect(
      (await desk.show(who('stranger'), 'GET', '/requests', {}, { query: { show: 'all' } })).html,
    ).not.toContain(id)
    await expect(desk.ask(who('stranger'), 'GET', '/requests/:id', { id })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('the case', () => {
  it('shows the clock with its arithmetic; who asks stands on a page of its own, and each look is on the trail', async () => {
    const { id } = await at.until('processing')
    const { html } = await desk.show(who('officer'), 'GET', '/requests/:id', { id })
    expect(html).toContain('2026年12月21日')
    expect(html).toContain('第 20 个工作日')
    expect(html).not.toContain('赵一凡')
    const applicant = await desk.show(who('officer'), 'GET', '/requests/:id/applicant', { id })
    expect(applicant.html).toContain('990105199003070870')
    const { rows } =
      await sql`select 1 from audit_entries where object_id = ${id} and reads_personal_data`.execute(at.db)
    expect(rows).toHaveLength(1)
  })

  it('a unit sees its part, and neither the rest nor the applicant', async () => {
    const { id } = await at.until('processing')
    await at.give(id)
    const { html } = await desk.show(who('unit'), 'GET', '/requests/:id', { id })
    expect(html).toContain('请查找验收报告')
    expect(html).not.toContain('2025年农村饮水安全工程的验收报告')
    await expect(desk.ask(who('unit'), 'GET', '/requests/:id/applicant', { id })).rejects.toThrow(
      'may not open',
    )
    await expect(desk.ask(who('stranger'), 'GET', '/requests/:id/applicant', { id })).rejects.toMatchObject({
      status: 404,
    })
    expect((await desk.show(who('unit'), 'GET', '/requests')).html).toContain('交给本单位的子任务')
  })

  it('a form that lacks something comes back as it was filled', async () => {
    const { id } = await at.until('processing')
    const reply = await desk.show(
      who('officer'),
      'POST',
      '/requests/:id',
      { id },
      { form: { act: 'ask-correction', missing: '缺', days: '15' } },
    )
    expect(reply.page.status).toBe(422)
    expect(formOf(reply.html)).toMatchObject({ missing: '缺' })
  })
})

describe('writing down what came in (R-REQ-02)', () => {
  it('from the form to number and code; sent twice it is one request', async () => {
    const { html } = await desk.show(who('clerk'), 'GET', '/requests/new')
    const form = {
      ...formOf(html),
      channel: 'counter',
      organId: at.house.at.department.id,
      purpose: 'information',
      description: '水库移民补助标准',
      way: 'collect',
      carrier: 'paper',
      kind: 'citizen',
      name: '钱二',
    }
    const [one, two] = [
      await desk.show(who('clerk'), 'POST', '/requests/new', {}, { form }),
      await desk.show(who('clerk'), 'POST', '/requests/new', {}, { form }),
    ]
    expect(one.html).toContain('2026-12-21')
    expect(one.page.title).toBe(two.page.title)
  })
})
