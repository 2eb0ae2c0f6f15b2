import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { choosePeriodic } from '../actions/choose-periodic.ts'
import { duties } from '../module.ts'
import { openPeriodicDuties } from './open-periodic.job.ts'

const { ask, show } = deskVisit(duties.deskRoutes)
let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

function person(
  name: string,
  roles: readonly Role[],
  organ: { id: string },
  reach = [organ.id],
): DeskContext {
  const { actor, ...rest } = house.as(roles, name, organ)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  const posts = actor.posts.map(post => ({ ...post, reach }))
  return { ...rest, actor: { ...actor, posts }, publicOrigin: 'http://localhost:3000' }
}
const everywhere = () => [house.at.government.id, house.at.department.id]
const openness = () => person('何敏', ['openness-office'], house.at.government, everywhere())
const titles = async () => {
  const rows = await house.connection.db
    .selectFrom('duties')
    .select(['title', 'organId', 'dueOn'])
    .orderBy('dueOn')
    .orderBy('title')
    .execute()
  return rows.map(row => `${row.organId === house.at.government.id ? '县' : '局'} ${row.dueOn} ${row.title}`)
}

describe('duties that come round', () => {
  it('are opened for everybody who owes them, once (A4, I3)', async () => {
    house.setTime('2026-11-23 00:10')
    expect(await openPeriodicDuties(house.system)).toBe(4)
    expect(await openPeriodicDuties(house.system)).toBe(0)
    expect(await titles()).toContain('局 2026-12-31 负责人听取2026年政务公开工作汇报')
  })

  it('annual reports come in January (R-SUP-04, R-SUP-05)', async () => {
    house.setTime('2027-01-01 00:10')
    await openPeriodicDuties(house.system)
    const all = await titles()
    expect(all).toContain('局 2027-01-31 公布2026年政府信息公开工作年度报告')
    expect(all).toContain('县 2027-03-31 公布2026年本级政府信息公开工作年度报告')
  })

  it('what is chosen here counts from the next night (R-GAZ-01)', async () => {
    await choosePeriodic(openness(), { siteId: house.at.site.id, rule: 'R-GAZ-01', owed: true })
    await openPeriodicDuties(house.system)
    expect(await titles()).toContain('县 2027-03-31 出版2027年第1季度政府公报')
    const drafter = person('林晓', ['drafter'], house.at.department)
    const choice = { siteId: house.at.site.id, rule: 'J3', owed: true }
    await expect(choosePeriodic(drafter, choice)).rejects.toThrow('权限')
  })
})

describe('督办', () => {
  it('shows what is late, urges it, and the course of the duty tells so', async () => {
    house.setTime('2027-02-03 09:00')
    const leader = person('周县长', ['leader'], house.at.government, everywhere())
    const { html } = await show(leader, 'GET', '/supervision')
    expect(html).toContain('公布2026年政府信息公开工作年度报告')
    const ids = [...html.matchAll(/name="ids" value="([^"]+)"/g)].map(([, id]) => id ?? '')
    const blank = await show(leader, 'POST', '/supervision', {}, { form: { words: '请三日内完成' } })
    expect(blank.page.status).toBe(422)
    expect(blank.html).toContain('请先勾选')
    const done = await ask(leader, 'POST', '/supervision', {}, { form: { ids, words: '请三日内完成' } })
    expect(done).toMatchObject({ kind: 'redirect', to: `/supervision?urged=${ids.length}` })
    const duty = await show(leader, 'GET', '/duties/:duty', { duty: ids[0] ?? '' })
    expect(duty.html).toContain('请三日内完成')
    expect((await show(leader, 'GET', '/supervision')).html).toContain('2027-02-03')
  })

  it('an organ says what it did elsewhere; nobody outside it may', async () => {
    const drafter = person('林晓', ['drafter'], house.at.department)
    const list = await show(drafter, 'GET', '/duties')
    expect(list.html).toContain('逾期')
    const id = /\/duties\/([0-9a-f-]{36})">公布2026年政府信息公开工作年度报告/.exec(list.html)?.[1] ?? ''
    const short = await show(drafter, 'POST', '/duties/:duty/done', { duty: id }, { form: { fact: '好了' } })
    expect(short.html).toContain('至少 5 个字')
    const form = { fact: '2027年1月30日在县政府网站公布' }
    const done = await ask(drafter, 'POST', '/duties/:duty/done', { duty: id }, { form })
    expect(done).toMatchObject({ kind: 'redirect', to: `/duties/${id}?done=met` })
    expect((await show(drafter, 'GET', '/duties/:duty', { duty: id })).html).toContain('在县政府网站公布')
    const stranger = person('别局的人', ['drafter'], house.at.government)
    const seen = await show(stranger, 'GET', '/duties/:duty', { duty: id })
    expect(seen.html).not.toContain('method="post" action="/duties')
    await expect(ask(stranger, 'POST', '/duties/:duty/done', { duty: id }, { form })).rejects.toThrow('权限')
  })

  it('what comes round is shown with its choice', async () => {
    const { html } = await show(openness(), 'GET', '/periodic-duties')
    expect(html).toContain('政府公报按季出版')
    expect(html).toContain('何敏')
  })
})
