import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meetDuties, moveDuties, registerUrged } from '#modules/duties'
import { urgeDuties } from '../duties/actions/urge-duties.ts'
import { lockStaff } from '../people/actions/lock-staff.ts'
import { makeDeputy, makeDeputyInput } from '../people/actions/make-deputy.ts'
import { listPosts } from '../people/post-queries.ts'
import { choosePoints, choosePointsInput } from './actions/choose-points.ts'
import { notify } from './actions/notify.ts'
import { tellUrgedPeople } from './actions/tell-urged.ts'
import { writeReminders } from './actions/write-reminders.ts'
import { makeReminding, type Reminding } from './notifications-for-tests.ts'

let at: Reminding
let head: string
beforeAll(async () => {
  at = await makeReminding()
  head = await at.person('马骏', at.house.slj, ['department-head'])
})
afterAll(() => at.house.leave())

const fact = { kind: 'publication', id: 'x', label: '一图读懂管护办法' }
const morning = async (day: string) => {
  at.setTime(`${day} 06:10`)
  return writeReminders(at.ctx)
}

describe('reminders', () => {
  it('tell each point once, however often the walk is begun anew', async () => {
    const officer = await at.person('林晓', at.house.slj, ['drafter'])
    at.setTime('2026-11-16 09:00')
    await at.duty('points', '2026-11-30', { officerId: officer })
    const told: Record<string, number> = {}
    for (const day of ['22', '23', '24', '27', '28', '29', '30']) {
      told[day] = await morning(`2026-11-${day}`)
      expect(await writeReminders(at.ctx)).toBe(0)
    }
    expect(told).toEqual({ 22: 0, 23: 1, 24: 0, 27: 1, 28: 0, 29: 1, 30: 1 })
    expect(await at.toldTo(officer)).toEqual(Array(4).fill('2026年11月30日到期：发布政策解读'))
    await morning('2026-12-01')
    await morning('2026-12-08')
    expect((await at.toldTo(officer)).slice(4)).toEqual(Array(2).fill('已逾期：发布政策解读'))
    expect(await at.toldTo(head)).toEqual([])
    const row = await at.ctx.db
      .selectFrom('notifications')
      .select(['sentence', 'urgent', 'address'])
      .where('staffId', '=', officer)
      .orderBy('madeAt')
      .execute()
    expect(row[0]).toMatchObject({
      urgent: false,
      sentence:
        '《农村饮水工程管护办法》。县水利局应在2026年11月30日（星期一）结束以前完成。依据：政策解读三个工作日（R-INT-02）。',
    })
    expect(row[4]).toMatchObject({ urgent: true })
  })

  it('two walks at the same time tell it once', async () => {
    const officer = await at.person('江涛', at.house.slj, ['drafter'])
    at.setTime('2026-12-08 09:00')
    for (let one = 0; one < 20; one++) await at.duty(`both-${one}`, '2026-12-15', { officerId: officer })
    const told = await Promise.all([writeReminders(at.ctx), writeReminders(at.ctx)])
    expect(told[0] + told[1]).toBe(20)
    expect(await at.toldTo(officer)).toHaveLength(20)
  })

  it('after days of standstill only the newest point is told', async () => {
    const officer = await at.person('高洁', at.house.slj, ['drafter'])
    at.setTime('2026-12-08 09:00')
    await at.duty('standstill', '2026-12-20', { officerId: officer })
    await morning('2026-12-11')
    await morning('2027-01-20')
    expect(await at.toldTo(officer)).toEqual(['已逾期：发布政策解读'])
  })

  it('points count anew when the due day moves, and what is met or waived meanwhile is not told', async () => {
    const officer = await at.person('方圆', at.house.slj, ['drafter'])
    at.setTime('2027-01-20 09:00')
    const moved = await at.duty('moved', '2027-02-10', { officerId: officer })
    const met = await at.duty('met', '2027-02-10', { officerId: officer })
    await morning('2027-02-03')
    expect(await at.toldTo(officer)).toHaveLength(2)
    await moveDuties(at.ctx.db, at.ctx, { ids: [moved] }, { limit: { fixedOn: '2027-02-05' } }, '提前')
    await meetDuties(at.ctx.db, at.ctx, { ids: [met] }, fact)
    await morning('2027-02-04')
    await morning('2027-02-05')
    expect((await at.toldTo(officer)).slice(2)).toEqual(Array(2).fill('2027年2月5日到期：发布政策解读'))
    await moveDuties(at.ctx.db, at.ctx, { ids: [moved] }, { limit: { fixedOn: '2027-03-01' } }, '推后')
    expect(await morning('2027-02-06')).toBe(0)
    await morning('2027-02-22')
    expect((await at.toldTo(officer)).at(-1)).toBe('2027年3月1日到期：发布政策解读')
    await meetDuties(at.ctx.db, at.ctx, { ids: [moved] }, fact)
  })

  it('a deputy is told while acting, and nobody who has left', async () => {
    const officer = await at.person('苏晴', at.house.jyj, ['drafter'])
    const deputy = await at.person('韩冰', at.house.jyj, [])
    const boss = await at.person('石磊', at.house.jyj, ['department-head'])
    at.setTime('2027-03-01 09:00')
    const posts = await listPosts(at.ctx.db, officer, '2027-03-01')
    await makeDeputy(
      at.ctx,
      makeDeputyInput.parse({
        absentId: officer,
        deputyId: deputy,
        postIds: posts.map(post => post.id),
        fromOn: '2027-03-08',
        untilOn: '2027-03-12',
        reason: '体检',
      }),
    )
    const organId = at.house.jyj.id
    await at.duty('deputised', '2027-03-09', { officerId: officer, organId })
    await morning('2027-03-06')
    expect(await at.toldTo(deputy)).toEqual([])
    await morning('2027-03-08')
    await morning('2027-03-13')
    expect(await at.toldTo(deputy)).toEqual(['2027年3月9日到期：发布政策解读'])
    expect(await at.toldTo(officer)).toHaveLength(3)
    expect(await at.toldTo(boss)).toEqual([])
    await lockStaff(at.ctx, officer, { reason: '长期不用' })
    await morning('2027-03-20')
    expect(await at.toldTo(officer)).toHaveLength(3)
    expect(await at.toldTo(boss)).toEqual(['已逾期：发布政策解读'])
  })

  it('without an officer the organ is told by whom the matter belongs to, and where nobody is, the office above', async () => {
    const clerk = await at.person('程远', at.house.slj, ['case-officer'])
    const office = await at.person('何敏', at.house.county, ['openness-office'])
    at.setTime('2027-03-20 09:00')
    await at.duty('organ', '2027-03-27')
    await at.duty('request', '2027-03-27', { domain: 'requests', title: '答复申请' })
    await at.duty('above', '2027-03-27', { organId: at.house.zls.id, title: '公开水价' })
    const before = (await at.toldTo(head)).length
    await writeReminders(at.ctx)
    expect((await at.toldTo(head)).slice(before)).toEqual(['2027年3月27日到期：发布政策解读'])
    expect(await at.toldTo(clerk)).toEqual(['2027年3月27日到期：答复申请'])
    // The enterprise stands below the department, which has no openness office of its own
    expect(await at.toldTo(office)).toEqual(['2027年3月27日到期：公开水价'])
  })

  it('a site sets its own points [C], by who supervises it', async () => {
    const officer = await at.person('唐宁', at.house.slj, ['drafter'])
    const input = choosePointsInput.parse({
      siteId: at.siteId,
      daysBefore: '14、5',
      lateFrom: '2',
      lateEvery: '3',
    })
    expect(input.daysBefore).toEqual([14, 5])
    await expect(choosePoints(await at.at(officer), input)).rejects.toMatchObject({ status: 403 })
    await choosePoints(at.ctx, input)
    at.setTime('2027-04-01 09:00')
    await at.duty('site', '2027-04-20', { officerId: officer })
    await morning('2027-04-06')
    await morning('2027-04-13')
    await morning('2027-04-15')
    expect(await at.toldTo(officer)).toHaveLength(2)
    await morning('2027-04-21')
    expect(await at.toldTo(officer)).toHaveLength(2)
    await morning('2027-04-22')
    expect(await at.toldTo(officer)).toHaveLength(3)
  })
})

describe('a word', () => {
  it('to many is told once to each', async () => {
    const [a, b] = [await at.person('甲', at.house.slj, []), await at.person('乙', at.house.slj, [])]
    const word = {
      subjectKey: 'ledger:1',
      title: '任务变更',
      sentence: '牵头单位改为水利局。',
      address: '/duties',
    }
    await notify(at.ctx.db, at.ctx, [{ ...word, to: [a, b, a] }])
    await notify(at.ctx.db, at.ctx, [{ ...word, to: [a] }])
    expect([await at.toldTo(a), await at.toldTo(b)]).toEqual([['任务变更'], ['任务变更']])
  })

  it('leads to the desk, nowhere else', async () => {
    const word = { to: [head], subjectKey: 'out', title: '看这里', sentence: '。', address: '//evil.example' }
    await expect(notify(at.ctx.db, at.ctx, [word])).rejects.toThrow('notifications_address_on_desk')
  })

  it('of urging (催办) reaches those who owe in the act itself', async () => {
    registerUrged([tellUrgedPeople])
    const officer = await at.person('白露', at.house.slj, ['drafter'])
    const id = await at.duty('urged', '2027-06-01', { officerId: officer })
    const openness = { ...at.house.openness, clock: at.ctx.clock }
    await urgeDuties(openness, { ids: [id], words: '请于三日内完成' })
    expect(await at.toldTo(officer)).toEqual(['催办：发布政策解读'])
    const { sentence } = await at.ctx.db
      .selectFrom('notifications')
      .select('sentence')
      .where('staffId', '=', officer)
      .executeTakeFirstOrThrow()
    expect(sentence).toContain('何敏：请于三日内完成')
    const outsider = await at.at(officer)
    await expect(urgeDuties(outsider, { ids: [id], words: '再催' })).rejects.toMatchObject({ status: 403 })
    expect(await at.toldTo(officer)).toHaveLength(1)
  })
})
