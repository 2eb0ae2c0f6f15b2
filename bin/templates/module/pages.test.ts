import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { visitor } from '#platform/actor'
import type { Page } from '#platform/http/reply'
import { type County, makeCounty } from '../../../test/make/county.ts'
import { incomingWith } from '../../../test/make/desk-people.ts'
import { deskVisit, formOf, htmlOf } from '../../../test/make/desk-visit.ts'
import { recordHall } from './module.ts'

const { ask, show } = deskVisit(recordHall.deskRoutes)

let made: County
beforeEach(async () => {
  made = await makeCounty()
})
afterEach(() => made.leave())

const drafter = () => made.as('李敏', 'drafter', made.slj)

async function publicPage(organId: string): Promise<string> {
  const { publicOrigin: _, ...ctx } = drafter()
  const site = {
    id: organId,
    key: 'yunxi',
    name: '云溪',
    domain: 'yunxi.example',
    organId,
    base: '',
    origin: '',
  }
  const route = recordHall.publicRoutes?.[0]
  const reply = await route?.handle({ ...ctx, actor: visitor, site }, incomingWith({ url: route.path }))
  return htmlOf(reply as Page)
}

describe('the pages of record-hall', () => {
  it('take what is typed at the desk and show it on the sites of that organ and of those above', async () => {
    const { html } = await show(drafter(), 'GET', '/record-hall')
    const form = { ...formOf(html), title: '第一件', opensOn: '2026-11-02' }
    expect(await ask(drafter(), 'POST', '/record-hall', {}, { form })).toMatchObject({
      to: '/record-hall?done=added',
    })
    expect((await show(drafter(), 'GET', '/record-hall')).html).toContain('第一件')
    expect(await publicPage(made.slj.id)).toContain('第一件')
    expect(await publicPage(made.county.id)).toContain('第一件')
    expect(await publicPage(made.jyj.id)).not.toContain('第一件')
  })

  it('show a form with a fault again, with what was typed', async () => {
    const form = { title: '第一件', opensOn: '2026-02-30' }
    const { page, html } = await show(drafter(), 'POST', '/record-hall', {}, { form })
    expect(page.status).toBe(422)
    expect(html).toContain('开始日期要写成')
    expect(formOf(html)).toMatchObject(form)
  })
})
