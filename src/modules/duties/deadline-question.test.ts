import { describe, expect, it } from 'vitest'
import { calendarOf } from '#lib/working-days/calendar'
import { shippedNotices } from './calendar.ts'
import { answerDeadline, deadlineQuestion } from './deadline-question.ts'

const calendar = calendarOf(shippedNotices())
const answer = (question: object) => answerDeadline(deadlineQuestion.parse(question), calendar)

describe('a question about a deadline', () => {
  it('answers the composite vector of R-CAL §14.3 from a file of events', () => {
    const events = {
      received: '2025-09-22',
      paused: [{ from: '2025-09-25', to: '2025-10-16', why: '征求第三方意见' }],
      extendedBy: 20,
    }
    const found = answer({ from: '2025-09-22', amount: 20, events })
    expect(found).toMatchObject({ due: '2025-12-08', provisional: false })
    expect(found.explanation[0]).toEqual({
      date: '2025-09-22',
      counts: false,
      why: '收到之日，当日不计',
      rule: 'R-CAL-05',
    })
  })

  it('a notified correction stops the clock until it comes (R-REQ-12, R-REQ-13)', () => {
    const events = { correctionNotified: '2026-03-05' }
    expect(answer({ from: '2026-03-02', amount: 20, events }).due).toBeNull()
    const corrected = { ...events, corrected: '2026-03-16' }
    expect(answer({ from: '2026-03-02', amount: 7, events: corrected }).due).toBe('2026-03-25')
  })

  it('counts hours through rest days (R-CAL-08) and backwards from a day', () => {
    expect(answer({ from: '2026-10-01', time: '20:30', amount: 48, unit: 'hours' }).due).toBe(
      '2026-10-03 20:30',
    )
    expect(answer({ from: '2026-10-12', amount: 7, unit: 'days', before: true }).due).toBe('2026-09-30')
  })

  it.each([
    [{ from: '2026-02-30', amount: 7 }, '起算日期不存在'],
    [{ from: '2026-03-02', amount: 1.5 }, '整数'],
    [{ from: '2026-03-02', amount: 99999 }, '最多 1000'],
    [{ from: '2026-03-02', amount: 20, events: { extendedBy: 21 } }, '最多 20 个工作日'],
    [{ from: '2026-03-02', amount: 20, events: { suspended: [] } }, 'suspended'],
  ])('names what is wrong with %j', (question, message) => {
    expect(deadlineQuestion.safeParse(question).error?.message).toContain(message)
  })

  it('refuses events that cannot have happened in this order', () => {
    const events = { correctionNotified: '2026-02-20' }
    expect(() => answer({ from: '2026-03-02', amount: 20, events })).toThrow('早于收到日期')
    const paused = [{ from: '2026-03-05', to: '2026-03-04' }]
    expect(() => answer({ from: '2026-03-02', amount: 20, events: { paused } })).toThrow('早于开始的日期')
  })
})
