import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { workingCalendar } from '../calendar.ts'
import { listNotices } from '../queries.ts'
import { previewNotice, recordNotice, recordNoticeInput } from './record-notice.ts'
import { withdrawNotice } from './withdraw-notice.ts'

let house: County
beforeAll(async () => {
  house = await makeCounty()
})
afterAll(() => house.leave())

const notice2027 = (more: object = {}) =>
  recordNoticeInput.parse({
    text: '元旦：1月1日至3日放假调休，共3天。1月9日上班。\n国庆节：10月1日至7日放假调休。9月26日上班。',
    number: '国办发明电〔2026〕9号',
    issuedOn: '2026-11-05',
    year: '2027',
    wholeYear: 'yes',
    ...more,
  })

describe('recording a notice on rest days (R-CAL-09, R-CAL-10)', () => {
  it('shows what it would change and writes nothing', async () => {
    const { db } = house.connection
    const preview = await previewNotice(db, notice2027())
    expect(preview).toMatchObject({ settles: 2027, workingDays: 261 - 6 + 2 })
    expect(preview.changed[0]).toEqual({ date: '2027-01-01', before: '星期五', after: '元旦放假' })
    expect(await listNotices(db)).toEqual([])
  })

  it('settles the year for everybody, is told by whom, and comes once', async () => {
    const { db } = house.connection
    expect((await workingCalendar(db, null)).settled('2027-03-01')).toBe(false)
    await recordNotice(house.openness, notice2027())
    const calendar = await workingCalendar(db, house.slj.id)
    expect(calendar.settled('2027-03-01')).toBe(true)
    expect(calendar.day('2027-10-01')).toMatchObject({ works: false, ground: '国办发明电〔2026〕9号' })
    expect(calendar.day('2027-01-09').works).toBe(true)
    await expect(recordNotice(house.openness, notice2027())).rejects.toThrow('已经记录过')
    const said = await db.selectFrom('auditEntries').select('sentence').execute()
    expect(said.map(entry => entry.sentence).join()).toContain('记录放假安排 国办发明电〔2026〕9号')
  })

  it('a festival of a region counts for the organs of that region only (R-CAL-04)', async () => {
    const { db } = house.connection
    const festival = recordNoticeInput.parse({
      text: '三月三：4月20日放假1天。',
      number: '云溪县人大常委会决定',
      issuedOn: '2026-01-10',
      year: '2026',
      organId: house.slj.id,
      reason: '民族节日',
    })
    await recordNotice(house.openness, festival)
    expect((await workingCalendar(db, house.slj.id)).day('2026-04-20').works).toBe(false)
    expect((await workingCalendar(db, house.zls.id)).day('2026-04-20').works).toBe(false)
    expect((await workingCalendar(db, house.jyj.id)).day('2026-04-20').works).toBe(true)
  })

  it('a withdrawn notice counts no more and stays on record with the reason', async () => {
    const { db } = house.connection
    const [latest] = (await listNotices(db)).filter(notice => notice.settles === 2027)
    await withdrawNotice(house.openness, { id: latest?.id ?? '', reason: '录错了调休日' })
    expect((await workingCalendar(db, null)).settled('2027-03-01')).toBe(false)
    expect((await listNotices(db)).find(one => one.id === latest?.id)?.withdrawnReason).toBe('录错了调休日')
    await recordNotice(house.openness, notice2027())
    await expect(db.updateTable('holidayNotices').set({ number: '别的' }).execute()).rejects.toThrow(
      'never changed',
    )
  })

  it('is refused to those who do not keep the calendar, and without a reason for single days', async () => {
    await expect(recordNotice(house.as('李明', 'drafter', house.slj), notice2027())).rejects.toThrow('权限')
    const single = notice2027({ wholeYear: undefined, number: '临时安排' })
    await expect(recordNotice(house.openness, single)).rejects.toThrow('请写明理由')
  })
})
