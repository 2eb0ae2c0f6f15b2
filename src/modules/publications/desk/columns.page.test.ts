import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, createSiteInput } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { formOf } from '../../../../test/make/desk-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { instant } from '../../../../test/make/publishing.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'
import { findColumnById } from '../column-queries.ts'

let desk: PublishingDesk
let office: DeskContext
beforeAll(async () => {
  desk = await makePublishingDesk()
  office = desk.person('何敏', ['openness-office'], desk.house.at.government)
})
afterAll(() => desk.leave())

const columnId = (path: string) => desk.house.at.columns.get(path) ?? ''
const change = (form: object, path: string) =>
  desk.ask(office, 'POST', '/columns/:id', { id: columnId(path) }, { form: form as never })

describe('columns', () => {
  it('tell how long nothing has come, stale from the day after the limit (S-UPD)', async () => {
    await makePublic(desk.house.system, desk.house.at, {}, instant('2026-11-08 23:50'))
    const { html } = await desk.show(office, 'GET', '/columns/:id', { id: columnId('notices') })
    await change({ ...formOf(html), updateLimitDays: '14' }, 'notices')
    const words = async (day: string) => {
      desk.house.setTime(`${day} 00:05`)
      return (await desk.show(office, 'GET', '/columns')).html
    }
    expect(await words('2026-11-18')).toContain('已 10 天未更新，还剩 4 天')
    expect(await words('2026-11-22')).toContain('已 14 天未更新，今天到期')
    expect(await words('2026-11-23')).toContain('已 15 天未更新，超期 1 天')
    desk.house.setTime('2026-11-23 10:00')
    expect((await desk.show(office, 'GET', '/columns')).html).toContain('空白，公众看不到')
  })

  it('are changed by the openness office of the site and read by drafters', async () => {
    expect((await desk.show(desk.drafter, 'GET', '/columns')).html).not.toContain('href="/columns/')
    await expect(desk.ask(desk.drafter, 'GET', '/columns/new')).rejects.toThrow('may not open')
    const stranger = desk.person('外人', ['openness-office'])
    await expect(desk.ask(stranger, 'GET', '/columns/:id', { id: columnId('notices') })).rejects.toThrow(
      '没有办理这件事的权限',
    )
  })

  it('say what is wrong beside each field and keep what was typed', async () => {
    const form = { site: 'yunxi', name: '新栏目', path: '新 栏目', updateLimitDays: '两周', sortOrder: '1' }
    const { page, html } = await desk.show(office, 'POST', '/columns/new', {}, { form })
    expect(page.status).toBe(422)
    for (const field of ['path', 'type', 'description', 'keywords', 'updateLimitDays'])
      expect(html).toContain(`href="#field-${field}"`)
    expect(formOf(html).name).toBe('新栏目')
  })

  it('keep the address of a column with content or with columns below it', async () => {
    for (const path of ['notices', 'policies']) {
      const { html } = await desk.show(office, 'GET', '/columns/:id', { id: columnId(path) })
      const reply = await change({ ...formOf(html), path: 'elsewhere' }, path)
      expect(reply).toMatchObject({ kind: 'page', status: 409 })
    }
  })

  it('tell the second of two officers, and keep his form', async () => {
    const { html } = await desk.show(office, 'GET', '/columns/:id', { id: columnId('interpretation') })
    const mine = formOf(html)
    await change({ ...mine, name: '政策解读' }, 'interpretation')
    const reply = await change({ ...mine, description: '我写的说明' }, 'interpretation')
    expect(reply).toMatchObject({ kind: 'page', status: 409 })
    expect((await findColumnById(desk.house.connection.db, columnId('interpretation')))?.name).toBe(
      '政策解读',
    )
  })

  it('cannot be taken over by another site', async () => {
    const { system, at } = desk.house
    const other = await createSite(
      system,
      createSiteInput.parse({
        key: 'shuili',
        organId: at.department.id,
        name: '县水利局',
        shortName: '县水利局',
        tagline: '',
        domain: 'slj.yunxi.example',
        siteCode: '9900000002',
        hosts: [],
        footer: { host: '县水利局', contactPhone: '0990-5550101' },
      }),
    )
    const thief = desk.person('外人', ['openness-office'])
    const { html } = await desk.show(office, 'GET', '/columns/:id', { id: columnId('policies') })
    const form = { ...formOf(html), site: other.key, siteId: other.id }
    await expect(
      desk.ask(thief, 'POST', '/columns/:id', { id: columnId('policies') }, { form }),
    ).rejects.toThrow('没有办理这件事的权限')
    const { saveColumn, columnInput } = await import('../actions/save-column.ts')
    await expect(
      saveColumn(
        thief,
        columnInput.parse({
          id: columnId('policies'),
          siteId: other.id,
          path: 'policies',
          name: '偷来的',
          description: '说明',
          keywords: '词',
          type: '政策文件',
        }),
      ),
    ).rejects.toThrow('这个站点没有这个栏目')
  })
})
