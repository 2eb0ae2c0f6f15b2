import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from '#platform/http/reply'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { deskVisit, formOf, htmlOf } from '../../../../test/make/desk-visit.ts'
import { createSite, createSiteInput } from '../actions/create-site.ts'
import { organisations } from '../module.ts'
import { findSite } from '../site-queries.ts'

const { ask, show } = deskVisit(organisations.deskRoutes)

let made: County
beforeEach(async () => {
  made = await makeCounty()
})
afterEach(() => made.leave())

const rendersSafely = (html: string) => {
  expect(html).not.toMatch(/ style=/)
  expect(html).not.toMatch(/<script|onclick=/)
}

describe('sites', () => {
  const typed = {
    key: 'yunxi',
    name: '云溪县人民政府',
    shortName: '县政府',
    domain: 'www.yunxi.gov.cn',
    siteCode: '9900000001',
    'footer.icp': '样例备案号',
    isDefault: 'yes',
  }

  it('are made, shown with what their footer lacks, and changed', async () => {
    const form = { ...typed, organId: made.county.id }
    const created = await ask(made.administrator, 'POST', '/sites/new', {}, { form })
    expect(created).toMatchObject({ to: '/sites/yunxi?done=created' })
    const { html } = await show(made.administrator, 'GET', '/sites/:key', { key: 'yunxi' })
    rendersSafely(html)
    expect(html).toContain('页脚还缺')
    const opened = formOf(html)
    const changed = { ...opened, 'footer.police': '公网安备', 'footer.supportsIpv6': 'yes' }
    await ask(made.administrator, 'POST', '/sites/:key', { key: 'yunxi' }, { form: changed })
    const late = { ...opened, 'footer.host': '县政府办公室' }
    const reply = (await ask(
      made.administrator,
      'POST',
      '/sites/:key',
      { key: 'yunxi' },
      { form: late },
    )) as Page
    expect(reply.status).toBe(409)
    const merged = formOf(htmlOf(reply))
    await ask(made.administrator, 'POST', '/sites/:key', { key: 'yunxi' }, { form: merged })
    expect((await findSite(made.connection.db, { key: 'yunxi' }))?.footer).toMatchObject({
      host: '县政府办公室',
      police: '公网安备',
      icp: '样例备案号',
      supportsIpv6: true,
    })
  })

  it('refuse a site code of the wrong form with the rule in words (S-ID-01)', async () => {
    const form = { ...typed, organId: made.county.id, siteCode: '12' }
    const { page, html } = await show(made.administrator, 'POST', '/sites/new', {}, { form })
    expect(page.status).toBe(422)
    expect(html).toContain('6位行政区划代码加4位顺序号')
    expect(html).toContain('value="样例备案号"')
  })

  it('are read by everybody on the desk and changed by administrators', async () => {
    const input = createSiteInput.parse({ ...typed, organId: made.county.id, isDefault: true })
    await createSite(made.administrator, input)
    const reader = made.as('李敏', 'drafter', made.slj)
    const { html } = await show(reader, 'GET', '/sites/:key', { key: 'yunxi' })
    expect(html).toContain('www.yunxi.gov.cn')
    expect(html).not.toContain('<form')
    expect((await show(reader, 'GET', '/sites')).html).toContain('云溪县人民政府')
    await expect(ask(reader, 'POST', '/sites/:key', { key: 'yunxi' })).rejects.toThrow('may not open')
  })
})
