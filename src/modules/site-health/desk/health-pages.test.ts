import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { siteHealthWith } from '../module.ts'

const siteHealth = siteHealthWith(() => ['/', '/search'])
const { ask, show } = deskVisit(siteHealth.deskRoutes)
let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

function person(
  name: string,
  roles: readonly Role[],
  organ: { id: string } = house.at.government,
): DeskContext {
  const { actor, ...rest } = house.as(roles, name, organ)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}
const openness = () => person('何敏', ['openness-office'])
const nightly = () => siteHealth.jobs?.[0]?.run(house.system, {})
const textOf = async (reply: Awaited<ReturnType<typeof ask>>) => {
  let text = ''
  const { body } = reply as Content
  if (typeof body === 'string') return body
  for await (const chunk of body as NodeJS.ReadableStream) text += String(chunk)
  return text
}

describe('网站健康', () => {
  it('shows columns as they stand today, early warnings apart (S-CHK-03, S-UPD-05, S-CHK-91)', async () => {
    await makePublic(house.system, house.at, {
      title: '竟争性磋商公告',
      bodyHtml: '<p><a href="/notices/zzzzzzzzzz">附表</a></p>',
    })
    house.setTime('2026-12-03 09:00')
    const today = await show(openness(), 'GET', '/site-health')
    for (const rule of ['S-CHK-02', 'S-CHK-05', 'S-UPD-06', 'S-UPD-07']) expect(today.html).toContain(rule)
    // Three of the four columns are empty; the home page has stood for ten days
    expect(today.html).toContain('空白栏目（S-UPD-05）')
    expect(today.html).toContain('待处理（3）')
    expect(today.html).toContain('快到期（1）')
    const coming = await show(openness(), 'GET', '/site-health', {}, { query: { show: 'coming' } })
    expect(coming.html).toContain('最近一次有新内容是 2026-11-23，已 10 天；限 14 天，2026-12-07 到期。')
    house.setTime('2026-12-08 00:00')
    const late = await show(openness(), 'GET', '/site-health', {}, { query: { rule: 'S-CHK-03' } })
    expect(late.html).toContain('2026-12-07 到期，已经超期')
    expect(late.html).toContain('共 1 条')
  })

  it('after the night, faults in texts are listed with a way to their place (S-CHK-17, S-WORD-03)', async () => {
    await nightly()
    const { html } = await show(openness(), 'GET', '/site-health')
    expect(html).toContain('建议改为“竞争”')
    expect(html).toContain('指向 /notices/zzzzzzzzzz：本站没有这个地址（404）')
    expect(html).toMatch(/href="\/publications\/[0-9a-f-]{36}"/)
    expect(html).toMatch(/href="http:\/\/localhost:3000\/notices\/[2-9a-z]{10}"/)
    const csv = await textOf(await ask(openness(), 'GET', '/site-health/findings.csv'))
    expect(csv.split('\r\n').filter(Boolean)).toHaveLength(1 + 6)
    expect(csv).toContain('"S-WORD-03"')
  })

  it('a reason is asked for, kept, and shown beside the finding', async () => {
    const { html } = await show(openness(), 'GET', '/site-health', {}, { query: { rule: 'S-WORD-03' } })
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
    const form = {
      siteId: field('siteId'),
      finding: field('finding'),
      since: field('since'),
      place: field('place'),
    }
    const path = '/site-health/acknowledge'
    const short = await show(openness(), 'POST', path, {}, { form: { ...form, reason: '好' } })
    expect(short.page.status).toBe(422)
    expect(short.html).toContain('至少 5 个字')
    const reason = '原件如此，已请原单位更正'
    const done = await ask(openness(), 'POST', path, {}, { form: { ...form, reason } })
    expect(done).toMatchObject({ kind: 'redirect', to: expect.stringContaining('done=acknowledged') })
    expect((await show(openness(), 'GET', '/site-health')).html).toContain(reason)
  })

  it('outside links are switched on by the openness office only; others see no site that is not theirs', async () => {
    const form = { siteId: house.at.site.id, outside: 'yes', nightlyLimit: '0' }
    const path = '/site-health/outside'
    expect((await show(openness(), 'POST', path, {}, { form })).html).toContain('至少 1 个')
    await ask(openness(), 'POST', path, {}, { form: { ...form, nightlyLimit: '20' } })
    expect((await show(openness(), 'GET', '/site-health')).html).toContain('最近由何敏设置')
    const clerk = person('某人', ['general-office'])
    expect((await show(clerk, 'GET', '/site-health')).html).not.toContain('每夜检查外部链接')
    await expect(ask(clerk, 'POST', path, {}, { form })).rejects.toThrow('may not open')
    const elsewhere = person('别局', ['openness-office'], house.at.department)
    expect((await show(elsewhere, 'GET', '/site-health')).html).toContain('没有您负责的站点')
    const input = { form: { ...form, nightlyLimit: '20' } }
    await expect(ask(elsewhere, 'POST', path, {}, input)).rejects.toThrow('权限')
  })
})
