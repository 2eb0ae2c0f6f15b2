import { describe, expect, it } from 'vitest'
import { calendarOf } from '#lib/working-days/calendar'
import { shippedNotices } from './calendar.ts'
import { readNoticeText } from './notice-text.ts'

const text2026 = `关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
2025年11月4日`

describe('a notice on rest days, as it is printed (R-CAL-03)', () => {
  it('gives the same days as the data that comes with the system', () => {
    const read = readNoticeText(text2026)
    expect(read).toMatchObject({
      number: '国办发明电〔2025〕7号',
      year: 2026,
      issuedOn: '2025-11-04',
      faults: [],
    })
    const printed = calendarOf([{ number: 'x', settles: 2026, holidays: read.holidays }])
    const shipped = calendarOf(shippedNotices().filter(notice => notice.settles === 2026))
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10)
      expect([day, printed.day(day).works]).toEqual([day, shipped.day(day).works])
    }
  })

  it('reads ranges over New Year, single days and half brackets', () => {
    const { holidays, faults } = readNoticeText(
      '元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n清明节：4月5日放假，共1天。\n春节：1月21日至27日放假。1月28日(周六)、29日(周日)上班。'.replace(
        '、29日',
        '、1月29日',
      ),
      2023,
    )
    expect(faults).toEqual([])
    expect(holidays).toEqual([
      { name: '元旦', rest: ['2022-12-31', '2023-01-02'], work: [] },
      { name: '清明节', rest: ['2023-04-05', '2023-04-05'], work: [] },
      { name: '春节', rest: ['2023-01-21', '2023-01-27'], work: ['2023-01-28', '2023-01-29'] },
    ])
  })

  it.each([
    ['国庆节：10月1日至7日放假调休，共8天。', '写着共 8 天'],
    ['国庆节：10月1日至7日放假。10月9日上班。', '星期五，本来就上班'],
    ['国庆节：10月1日至7日放假。10月3日上班。', '既写着上班'],
    ['国庆节：10月7日至1日放假。', '先后颠倒'],
    ['国庆节：2月30日放假。', '不是存在的日期'],
    ['今年国庆放几天假？', '没有读到放假安排'],
  ])('names what cannot be right: %s', (text, fault) => {
    expect(readNoticeText(text, 2026).faults.join('')).toContain(fault)
  })

  it('asks for the year when nothing says it', () => {
    expect(readNoticeText('国庆节：10月1日至7日放假。').faults[0]).toContain('没有写年份')
  })
})
