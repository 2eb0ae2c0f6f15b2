import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { makePeopledCounty, type PeopledCounty, type Person } from '../../../test/make/desk-people.ts'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { people } from './module.ts'

let made: PeopledCounty
let system: DeskContext
let security: DeskContext
let auditor: DeskContext
let drafter: Person
const visit = deskVisit(people.deskRoutes)

beforeAll(async () => {
  made = await makePeopledCounty()
  system = await made.at(await made.person('guoxin', '郭鑫', made.county, ['system-administrator']))
  security = await made.at(await made.person('yaojing', '姚静', made.county, ['security-administrator']))
  auditor = await made.at(await made.person('zhaizhen', '翟振', made.county, ['audit-administrator']))
  drafter = await made.person('shenxiaolan', '沈晓岚', made.slj, ['drafter'])
})
afterAll(() => made.leave())

describe('the pages of people', () => {
  it('open to the two who keep people, and the own account to everybody', async () => {
    const desk = await made.at(drafter)
    for (const route of people.deskRoutes ?? []) {
      const own = route.path.startsWith('/account')
      expect([route.path, route.may(desk.actor)]).toEqual([route.path, own])
      expect([route.path, route.may(auditor.actor)]).toEqual([route.path, own])
      if (route.method === 'GET') expect(route.may(security.actor)).toBe(!route.path.endsWith('/new'))
    }
    expect(people.menu?.filter(entry => entry.may(desk.actor)).map(entry => entry.label)).toEqual([])
  })

  it('make an account and show its password once', async () => {
    const asked = await visit.show(system, 'GET', '/people/new')
    const form = { ...formOf(asked.html), name: '新同', username: 'xintong', organId: made.slj.id }
    const wrong = await visit.show(
      system,
      'POST',
      '/people/new',
      {},
      { form: { ...form, username: 'X 1', name: '' } },
    )
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('请填写姓名')
    expect(wrong.html).toContain('value="X 1"')
    const shown = await visit.show(system, 'POST', '/people/new', {}, { form })
    expect(shown.html).toMatch(/一次性密码.*<code>[\w-]{19}<\/code>/s)
    const twice = await visit.show(system, 'POST', '/people/new', {}, { form })
    expect(twice.html).toContain('已经提交过')
  })

  it('list and filter, and page', async () => {
    const all = await visit.show(security, 'GET', '/people')
    expect(all.html).toContain('沈晓岚')
    expect(all.html).not.toContain('新建账号')
    const filtered = await visit.show(
      system,
      'GET',
      '/people',
      {},
      { query: { role: 'drafter', words: '沈', organ: 'x', state: 'toString' } },
    )
    expect(filtered.html).toContain('共 1 人')
    expect(
      (await visit.show(system, 'GET', '/people', {}, { query: { words: '没有这个人' } })).html,
    ).toContain('没有符合条件的人员')
  })

  it('show a person: the one edits the account, the other the roles', async () => {
    const bySystem = await visit.show(system, 'GET', '/people/:id', { id: drafter.id })
    expect(bySystem.html).toContain(`action="/people/${drafter.id}"`)
    expect(bySystem.html).not.toContain('添加角色</h3>')
    const bySecurity = await visit.show(security, 'GET', '/people/:id', { id: drafter.id })
    expect(bySecurity.html).toContain('添加角色</h3>')
    expect(bySecurity.html).toContain('起草人')
    await expect(visit.show(system, 'GET', '/people/:id', { id: 'x' })).rejects.toMatchObject({ status: 404 })
    await expect(visit.show(system, 'GET', '/people/:id', { id: crypto.randomUUID() })).rejects.toMatchObject(
      { status: 404 },
    )
  })

  it('say in the form what does not go together, and keep what was chosen', async () => {
    const form = { role: 'audit-administrator', organId: made.slj.id, fromOn: '', untilOn: '' }
    const refused = await visit.show(security, 'POST', '/people/:id/posts', { id: drafter.id }, { form })
    expect(refused.page.status).toBe(422)
    expect(refused.html).toContain('href="#post-field-role"')
    expect(refused.html).toContain('不能再担任其他角色')
    expect(refused.html).toMatch(/value="audit-administrator"[^>]* selected/)
    expect(
      await visit.ask(
        security,
        'POST',
        '/people/:id/posts',
        { id: drafter.id },
        { form: { ...form, role: 'case-officer' } },
      ),
    ).toMatchObject({
      to: `/people/${drafter.id}?done=post-given`,
    })
  })

  it('lock, unlock and reset', async () => {
    const person = await made.person('xiexiaoyan', '谢小燕', made.slj)
    const noReason = await visit.show(
      system,
      'POST',
      '/people/:id/lock',
      { id: person.id },
      { form: { reason: ' ' } },
    )
    expect(noReason.html).toContain('请写明锁定的原因')
    await visit.ask(system, 'POST', '/people/:id/lock', { id: person.id }, { form: { reason: '长期不用' } })
    expect((await visit.show(security, 'GET', '/people/:id', { id: person.id })).html).toContain(
      '原因：长期不用',
    )
    await visit.ask(security, 'POST', '/people/:id/unlock', { id: person.id })
    const reset = await visit.show(security, 'POST', '/people/:id/reset-password', { id: person.id })
    const password = /一次性密码.*?<code>([\w-]{19})<\/code>/s.exec(reset.html)?.[1] ?? ''
    expect(await made.browser().signIn({ username: 'xiexiaoyan', password })).toMatchObject({
      to: '/account/password?first=1&to=%2F',
    })
    await expect(
      visit.ask(system, 'POST', '/people/:id/reset-password', { id: person.id }),
    ).rejects.toMatchObject({ status: 403 })
  })

  it('arrange deputies, by oneself and by the security administrator', async () => {
    const desk = await made.at(drafter)
    const own = await visit.show(desk, 'GET', '/account/deputies')
    expect(own.html).toContain('谢小燕（xiexiaoyan）')
    const wrong = await visit.show(
      desk,
      'POST',
      '/account/deputies',
      {},
      { form: { deputyId: '', fromOn: '2026-02-30', untilOn: '', reason: '' } },
    )
    expect(wrong.page.status).toBe(422)
    for (const words of ['请选择代理人', '请至少选择一项代理的职责', '请填写存在的日期', '请写明原因'])
      expect(wrong.html).toContain(words)
    const postId = /name="postIds" value="([^"]+)"|value="([0-9a-f-]{36})"[^>]*name="postIds"/.exec(own.html)
    const found =
      postId?.[1] ?? postId?.[2] ?? /type="checkbox"[^>]*value="([0-9a-f-]{36})"/.exec(own.html)?.[1] ?? ''
    const deputyId = /<option[^>]*value="([0-9a-f-]{36})"[^>]*>谢小燕/.exec(own.html)?.[1] ?? ''
    const form = {
      deputyId,
      postIds: found,
      fromOn: made.clock.today(),
      untilOn: made.clock.today(),
      reason: '体检',
    }
    expect(await visit.ask(desk, 'POST', '/account/deputies', {}, { form })).toMatchObject({
      to: '/account/deputies?done=deputy-made',
    })
    const listed = await visit.show(security, 'GET', '/people/deputies')
    expect(listed.html).toContain('体检')
    const second = await visit.show(
      security,
      'GET',
      '/people/deputies',
      {},
      { query: { absent: drafter.id } },
    )
    expect(second.html).toContain('name="absentId"')
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(listed.html)?.[1] ?? ''
    await visit.ask(security, 'POST', '/people/deputies/end', {}, { form: { id } })
    expect((await visit.show(security, 'GET', '/people/deputies')).html).toContain('现在没有代理安排')
    await expect(
      visit.ask(security, 'POST', '/people/deputies/end', {}, { form: { id: 'x' } }),
    ).rejects.toMatchObject({ status: 404 })
  })

  it('hand over by a form', async () => {
    const person = await made.person('tanyun', '谭云', made.slj, ['case-officer'])
    const asked = await visit.show(security, 'GET', '/people/:id/hand-over', { id: person.id })
    expect(asked.html).toContain('水利局·案件承办人')
    const wrong = await visit.show(
      security,
      'POST',
      '/people/:id/hand-over',
      { id: person.id },
      { form: { toId: '' } },
    )
    expect(wrong.html).toContain('请选择接手的人')
    const reply = await visit.ask(
      security,
      'POST',
      '/people/:id/hand-over',
      { id: person.id },
      { form: { toId: drafter.id, leaves: 'yes' } },
    )
    expect(reply).toMatchObject({ to: `/people/${person.id}?done=handed-over` })
    expect((await visit.show(security, 'GET', '/people/:id', { id: person.id })).html).toContain('离岗')
  })

  it('change the rules of login, by the security administrator at the top alone', async () => {
    const form = { secondFactor: 'administrators', idleMinutes: '20', longestHours: '8', passwordDays: '60' }
    const wrong = await visit.show(
      security,
      'POST',
      '/people/login-rules',
      {},
      { form: { ...form, idleMinutes: '1' } },
    )
    expect(wrong.html).toContain('最少5分钟')
    await visit.ask(security, 'POST', '/people/login-rules', {}, { form })
    expect((await visit.show(security, 'GET', '/people/login-rules')).html).toMatch(
      /name="idleMinutes"[^>]*value="20"|value="20"[^>]*name="idleMinutes"/,
    )
    const local = await made.at(
      await made.person('localguard', '本地安全', made.jyj, ['security-administrator']),
    )
    await expect(visit.ask(local, 'POST', '/people/login-rules', {}, { form })).rejects.toThrow(
      '最上级机构的安全管理员',
    )
  })

  it('show the own account, and escape what people are called', async () => {
    const html = (await visit.show(await made.at(drafter), 'GET', '/account')).html
    expect(html).toContain('沈晓岚')
    expect(html).toContain('水利局')
    expect(html).not.toContain(drafter.password)
  })
})
