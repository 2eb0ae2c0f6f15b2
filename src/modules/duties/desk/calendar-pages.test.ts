import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { duties } from '../module.ts'

const { ask, show } = deskVisit(duties.deskRoutes)
let house: County
beforeAll(async () => {
  house = await makeCounty()
})
afterAll(() => house.leave())

const form = {
  text: '元旦：1月1日至3日放假调休，共3天。1月9日上班。',
  number: '国办发明电〔2026〕9号',
  issuedOn: '2026-11-05',
  year: '2027',
  wholeYear: 'yes',
}

describe('工作日历', () => {
  it('warns before the year ends that next year is not settled (R-CAL-09)', async () => {
    const { html } = await show(house.openness, 'GET', '/calendar')
    expect(html).toContain('2027 年的放假安排还没有记录')
    expect(html).toContain('国办发明电〔2025〕7号')
  })

  it('shows first, records then, withdraws with a reason', async () => {
    const preview = await show(
      house.openness,
      'POST',
      '/calendar/new',
      {},
      { form: { ...form, next: 'preview' } },
    )
    expect(preview.html).toContain('改变 2 天')
    expect(preview.html).toContain('确认记录')
    const done = await ask(house.openness, 'POST', '/calendar/new', {}, { form: { ...form, next: 'record' } })
    expect(done).toMatchObject({ kind: 'redirect', to: '/calendar?done=recorded' })
    const { html } = await show(house.openness, 'GET', '/calendar')
    expect(html).not.toContain('2027 年的放假安排还没有记录')
    const id = /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const blank = await show(house.openness, 'POST', '/calendar/withdraw', {}, { form: { id, reason: ' ' } })
    expect(blank.page.status).toBe(422)
    expect(blank.html).toContain('请写明撤回的理由')
    await ask(house.openness, 'POST', '/calendar/withdraw', {}, { form: { id, reason: '文字有误' } })
    expect((await show(house.openness, 'GET', '/calendar')).html).toContain('理由：文字有误')
  })

  it('keeps what was typed and names every fault by its line', async () => {
    const wrong = {
      ...form,
      text: '元旦：1月1日至3日放假，共4天。\n国庆节：10月1日至7日放假。10月8日上班。',
      next: 'preview',
    }
    const { html, page } = await show(house.openness, 'POST', '/calendar/new', {}, { form: wrong })
    expect(page.status).toBe(422)
    expect(html).toContain('第 1 行（元旦）：写着共 4 天')
    expect(html).toContain('2027年10月8日是星期五')
    expect(html).toContain('10月1日至7日放假。10月8日上班。')
  })
})
