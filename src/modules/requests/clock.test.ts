import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateInBeijing } from '#lib/beijing-time'
import { addDays, calendarOf, type HolidayNotice } from '#lib/working-days/calendar'
import { workingDaysLeft } from '#lib/working-days/clock'
import {
  answerDue,
  type ClockFacts,
  type Consultation,
  consultationEnds,
  expectedDue,
  lastDayOfCorrectionNotice,
  receiptRules,
} from './clock.ts'
import { channelNames } from './request.ts'

const notices: HolidayNotice[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../db/calendar/notices.json'), 'utf8'),
)
const calendar = calendarOf(notices)
const received = (receivedOn: string, more: Partial<ClockFacts> = {}): ClockFacts => ({
  receivedOn,
  correctionAskedOn: null,
  correctedOn: null,
  consultations: [],
  feeNotifiedOn: null,
  paidOn: null,
  extendedBy: 0,
  ...more,
})
const due = (facts: ClockFacts) => answerDue(facts, calendar).due
const asked = (sentOn: string, more: Partial<Consultation> = {}): Consultation => ({
  consultee: 'third-party',
  sentOn,
  receivedOn: sentOn,
  endedOn: null,
  ...more,
})

describe('the day of receipt (R-REQ-06…10)', () => {
  it('waits for confirmation just where nobody signed for it', () => {
    const waiting = channelNames.filter(channel => receiptRules[channel].needsConfirmation)
    expect(waiting).toEqual(['internet', 'ordinary-mail', 'fax'])
  })

  it('what was submitted is not yet received: the day told is provisional (R-REQ-09, R-REQ-11)', () => {
    // Submitted Friday 2026-09-18; confirmed at the latest on the make-up Sunday 09-20
    const expected = expectedDue('2026-09-18', 1, calendar)
    expect(expected.provisional).toBe(true)
    expect(expected.due).toBe(due(received('2026-09-20')))
  })
})

describe('twenty working days (R-REQ-22)', () => {
  it.each([
    ['starts on a holiday', '2026-10-03', '2026-11-03'],
    ['starts on a make-up Saturday', '2026-10-10', '2026-11-06'],
    ['runs over 31 December', '2025-12-30', '2026-01-28'],
    ['runs over the National Day (vector of §14.3)', '2026-09-18', '2026-10-22'],
  ])('%s', (_, from, to) => {
    expect(due(received(from))).toBe(to)
  })

  it('what came at 23:59 in Beijing came on that day', () => {
    const day = dateInBeijing(new Date('2026-11-24T23:59:59+08:00'))
    expect(day).toBe('2026-11-24')
    expect(due(received(day))).toBe('2026-12-22')
  })

  it('is provisional when it reaches into a year without a notice (R-CAL-09)', () => {
    expect(answerDue(received('2026-12-15'), calendar).provisional).toBe(true)
    expect(answerDue(received('2026-11-24'), calendar).provisional).toBe(false)
  })

  it('agrees with a slow counter of another make, restarts, overlapping pauses and extensions included', () => {
    const rest = new Set<string>()
    const work = new Set<string>()
    for (const { holidays } of notices)
      for (const holiday of holidays) {
        const [first = '', last = first] = [holiday.rest[0], holiday.rest.at(-1)]
        for (let date = first; first && date <= last; date = addDays(date, 1)) {
          rest.add(date)
          work.delete(date)
        }
        for (const date of holiday.work) {
          work.add(date)
          rest.delete(date)
        }
      }
    const works = (date: string) =>
      work.has(date) || (!rest.has(date) && new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0)
    const slow = (facts: ClockFacts): string => {
      const starts = [facts.receivedOn, facts.correctedOn ?? '', facts.paidOn ?? '']
      let date = starts.sort().at(-1) ?? ''
      for (let left = 20 + facts.extendedBy; left > 0; ) {
        date = addDays(date, 1)
        const isPaused = facts.consultations.some(one => date > one.sentOn && date <= (one.endedOn ?? ''))
        if (works(date) && !isPaused) left -= 1
      }
      return date
    }
    const span = fc.tuple(fc.nat(30), fc.nat(12))
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2200 }),
        fc.option(fc.nat(30)),
        fc.option(fc.nat(30)),
        fc.array(span, { maxLength: 3 }),
        fc.nat(20),
        (start, corrected, paid, pauses, extendedBy) => {
          const receivedOn = addDays('2020-01-01', start)
          const facts = received(receivedOn, {
            ...(corrected !== null && {
              correctionAskedOn: receivedOn,
              correctedOn: addDays(receivedOn, corrected),
            }),
            ...(paid !== null && { feeNotifiedOn: receivedOn, paidOn: addDays(receivedOn, paid) }),
            consultations: pauses.map(([after, long]) =>
              asked(addDays(receivedOn, after), {
                consultee: 'other-organ',
                endedOn: addDays(receivedOn, after + long),
              }),
            ),
            extendedBy,
          })
          expect(due(facts)).toBe(slow(facts))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('correction (R-REQ-12…14)', () => {
  it('is asked within seven working days (vectors of §14.3)', () => {
    expect(lastDayOfCorrectionNotice('2024-04-26', calendar)).toBe('2024-05-09')
    expect(lastDayOfCorrectionNotice('2026-02-13', calendar)).toBe('2026-03-02')
  })

  it('stops the clock, and starts it anew when it comes in', () => {
    const waiting = received('2026-11-02', { correctionAskedOn: '2026-11-05' })
    expect(due(waiting)).toBeNull()
    expect(due({ ...waiting, correctedOn: '2026-11-12' })).toBe(due(received('2026-11-12')))
  })
})

describe('consultations (R-REQ-18…20, 24, 25)', () => {
  it('composite vector of §14.3: paused until the reply, then extended in full', () => {
    const facts = received('2025-09-22', { consultations: [asked('2025-09-25', { endedOn: '2025-10-16' })] })
    expect(due(facts)).toBe('2025-11-10')
    expect(due({ ...facts, extendedBy: 20 })).toBe('2025-12-08')
  })

  it('the pause ends with the period of a third party that says nothing, whenever that is written down', () => {
    const silent = asked('2026-11-02', { receivedOn: '2026-11-04' })
    expect(consultationEnds(silent, calendar)).toBe('2026-11-25')
    const facts = received('2026-11-02', { consultations: [silent] })
    const late = received('2026-11-02', { consultations: [{ ...silent, endedOn: '2026-12-10' }] })
    expect(due(facts)).toBe(due(late))
    expect(workingDaysLeft(due(facts) ?? '', '2026-11-25', calendar)).toBe(20)
  })

  it('names no day while nobody knows when the letter reached them', () => {
    expect(
      due(received('2026-11-02', { consultations: [asked('2026-11-03', { receivedOn: null })] })),
    ).toBeNull()
  })

  it('two that overlap stop the clock once (R-REQ-25)', () => {
    const first = asked('2026-11-03', { endedOn: '2026-11-10' })
    const second = asked('2026-11-05', { consultee: 'co-maker', endedOn: '2026-11-13' })
    const both = received('2026-11-02', { consultations: [first, second] })
    const one = received('2026-11-02', { consultations: [{ ...first, endedOn: '2026-11-13' }] })
    expect(due(both)).toBe(due(one))
  })
})

describe('the fee (R-FEE-08)', () => {
  it('stops the clock from the notice on, and it starts anew on the day after payment', () => {
    const waiting = received('2026-11-02', { feeNotifiedOn: '2026-11-09' })
    expect(due(waiting)).toBeNull()
    expect(due({ ...waiting, paidOn: '2026-11-20' })).toBe(due(received('2026-11-20')))
  })
})
