import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context, DeskContext } from '#platform/context'
import { deskVisit, formOf } from '../../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { instant, makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { listDutiesAbout } from '../duty-queries.ts'
import { listRecords } from '../duty-record.ts'
import { openPeriodicDuties } from '../jobs/open-periodic.job.ts'
import { duties } from '../module.ts'
import { recordDeed, recordDeedInput } from './record-deed.ts'
import { reportDone } from './report-done.ts'

let house: Publishing
let clerk: Context
let id: string
beforeAll(async () => {
  house = await makePublishing()
  house.setTime('2026-12-08 10:00')
  await openPeriodicDuties(house.system)
  clerk = house.as(['openness-office'], '何敏', house.at.department)
  id = (await hearing()).id
})
afterAll(() => house.leave())

async function hearing(rule = 'A4') {
  const about = { siteId: house.at.site.id, kind: 'organ', id: house.at.department.id }
  const found = (await listDutiesAbout(house.connection.db, about)).find(duty => duty.rule === rule)
  if (!found) throw new Error(`no ${rule}`)
  return found
}
const said = (more: object = {}) =>
  recordDeedInput.parse({
    id,
    seen: 0,
    heldOn: '2026-12-07',
    chair: '局长 江某',
    subject: '全年政务公开工作',
    outcome: '决定年底前完成目录修订。',
    ...more,
  })

describe('A4, B6: what was done is recorded with day, chair, subject and outcome', () => {
  it('not by a sentence alone, not ahead of the day, not before the duty began, not by others', async () => {
    await expect(reportDone(clerk, { id, fact: '已经听取汇报' })).rejects.toThrow('登记完成情况')
    await expect(recordDeed(clerk, said({ heldOn: '2026-12-09' }))).rejects.toThrow('日期还没有到')
    await expect(recordDeed(clerk, said({ heldOn: '2025-12-31' }))).rejects.toThrow('早于')
    await expect(recordDeed(house.as(['leader'], '领导'), said())).rejects.toMatchObject({ status: 403 })
    expect(recordDeedInput.safeParse({ ...said(), chair: '', outcome: '好' }).success).toBe(false)
  })

  it('the first record meets the duty on the day of the deed', async () => {
    await recordDeed(clerk, said())
    expect(await hearing()).toMatchObject({
      metAt: new Date(instant('2026-12-08 00:00').getTime() - 1),
      metFact: { kind: 'record', label: '2026-12-07 全年政务公开工作' },
    })
  })

  it('put right with a reason, the record before stays; the second of two is told', async () => {
    await expect(recordDeed(clerk, said({ seen: 1 }))).rejects.toThrow('为什么更正')
    const right = said({ seen: 1, heldOn: '2026-12-06', reason: '会议日期写错了一天。' })
    await recordDeed(clerk, right)
    await expect(recordDeed(clerk, right)).rejects.toThrow('何敏登记过')
    const records = await listRecords(house.connection.db, id)
    expect(records.map(({ revision, heldOn, reason }) => [revision, heldOn, reason])).toEqual([
      [2, '2026-12-06', '会议日期写错了一天。'],
      [1, '2026-12-07', null],
    ])
    await expect(house.connection.db.deleteFrom('dutyRecords').execute()).rejects.toThrow()
  })

  it('a day on the other side of the due day is no correction', async () => {
    house.setTime('2027-01-10 10:00')
    const late = said({ seen: 2, heldOn: '2027-01-05', reason: '会议其实在一月。' })
    await expect(recordDeed(clerk, late)).rejects.toThrow('是否按时')
  })

  it('everybody reads it, and what stood there before', async () => {
    const { words } = await visit(
      readerOf(house.system, house.at.site),
      duties.publicRoutes ?? [],
      `/obligations/${id}`,
    )
    for (const part of [
      '听取汇报的日期',
      '2026-12-06',
      '2026-12-07',
      '局长 江某',
      '决定年底前完成目录修订',
      '更正：会议日期写错了一天',
    ])
      expect(words).toContain(part)
  })

  it('on the desk the review of what is withheld (B6) is recorded by a form that keeps what was typed', async () => {
    await openPeriodicDuties(house.system)
    const review = await hearing('B6')
    const { actor, ...rest } = clerk
    if (actor.kind !== 'staff') throw new Error('not a member of staff')
    const ctx: DeskContext = { ...rest, actor, publicOrigin: 'http://localhost:3000' }
    const { ask, show } = deskVisit(duties.deskRoutes)
    const params = { duty: review.id }
    const { html } = await show(ctx, 'GET', '/duties/:duty', params)
    expect(html).toContain('登记完成情况')
    expect(html).not.toContain('说明已经完成')
    const form = {
      ...formOf(html),
      heldOn: '2027-01-10',
      chair: '局长 江某',
      subject: '42 件不予公开的信息',
      outcome: '',
    }
    const refused = await show(ctx, 'POST', '/duties/:duty/record', params, { form })
    expect(refused.page.status).toBe(422)
    expect(refused.html).toContain('value="42 件不予公开的信息"')
    const done = await ask(ctx, 'POST', '/duties/:duty/record', params, {
      form: { ...form, outcome: '3 件转为主动公开，自查报告已报送。' },
    })
    expect(done).toMatchObject({ kind: 'redirect' })
    const after = await show(ctx, 'GET', '/duties/:duty', params)
    expect(after.html).toContain('3 件转为主动公开')
    expect(after.html).toContain('更正登记')
  })
})
