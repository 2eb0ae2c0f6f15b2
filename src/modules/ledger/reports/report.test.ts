import { describe, expect, it } from 'vitest'
import type { Role, Staff } from '#platform/actor'
import { periodPattern, periodWords } from './period.ts'
import { openReportActs, type Report, type ReportState, reportActs, reportState } from './report.ts'
import { isConcluded, standingOf, unfinishedOthers } from './standing.ts'

const staff = (role: Role, organId: string): Staff => ({
  kind: 'staff',
  id: `${role}-${organId}`,
  name: role,
  organId,
  posts: [{ role, organId, reach: [organId] }],
})
const report = (facts: Partial<Report> = {}): Report => ({
  id: 'r',
  taskId: 't',
  organId: 'unit',
  organName: '水利局',
  organKey: 'slj',
  period: '',
  number: 1,
  state: 'running',
  share: null,
  stage: '',
  words: '推进之中。',
  reason: '',
  needsHead: false,
  reportedBy: '林晓',
  reportedById: 'somebody',
  reportedAt: new Date('2026-11-20T02:00:00Z'),
  acts: [],
  overtaken: null,
  ...facts,
})
const act = (name: Report['acts'][number]['act']) => ({
  act: name,
  words: '',
  actedBy: '何敏',
  actedAt: new Date('2026-11-21T02:00:00Z'),
})
const inState: Record<ReportState, Report> = {
  'with-head': report({ needsHead: true }),
  waiting: report(),
  'sent-back': report({ needsHead: true, acts: [act('sent-back')] }),
  withdrawn: report({ acts: [act('withdrawn')] }),
  accepted: report({ acts: [act('accepted')] }),
  returned: report({ needsHead: true, acts: [act('approved'), act('returned')] }),
  asked: report({ acts: [act('asked')] }),
}
const people = {
  drafter: staff('drafter', 'unit'),
  head: staff('department-head', 'unit'),
  office: staff('openness-office', 'keeper'),
  'office of the unit': staff('openness-office', 'unit'),
  'drafter elsewhere': staff('drafter', 'other'),
  leader: staff('leader', 'keeper'),
  administrator: staff('system-administrator', 'keeper'),
}

describe('who may do what to a report, and when', () => {
  it('is this and nothing else', () => {
    const matrix = Object.fromEntries(
      Object.entries(people).map(([name, actor]) => [
        name,
        Object.fromEntries(
          Object.entries(inState).flatMap(([state, one]) => {
            const acts = openReportActs(actor, one, 'keeper')
            return acts.length > 0 ? [[state, acts.join(' ')]] : []
          }),
        ),
      ]),
    )
    expect(matrix).toEqual({
      drafter: { 'with-head': 'withdraw', waiting: 'withdraw' },
      head: { 'with-head': 'approve send-back withdraw', waiting: 'withdraw' },
      office: { waiting: 'accept return ask' },
      'office of the unit': {},
      'drafter elsewhere': {},
      leader: {},
      administrator: {},
    })
  })

  it.each(Object.entries(inState))('state %s follows from what happened', (state, one) => {
    expect(reportState(one)).toBe(state)
  })

  it('R-EXC-13: nobody decides on what he wrote himself', () => {
    const own = report({ reportedById: people.office.id })
    expect(openReportActs(people.office, own, 'keeper')).toEqual([])
    for (const rule of Object.values(reportActs))
      if (rule.by.includes('keeper')) expect(rule.guards).toContain('not-own')
  })
})

describe('how far a task is', () => {
  const unit = (role: 'lead' | 'responsible', organId: string) => ({
    role,
    organId,
    organName: organId,
    untilOn: null,
  })
  const accepted = (organId: string, facts: Partial<Report> = {}) =>
    report({ organId, organName: organId, acts: [act('accepted')], ...facts })
  const task = { droppedAt: null, doneAt: null, printed: '' }

  it('A3: the lead concludes; where nobody leads, all who are responsible', () => {
    const led = [unit('lead', 'a'), unit('responsible', 'b')]
    expect(isConcluded(led, [accepted('a', { state: 'done' })])).toBe(true)
    expect(unfinishedOthers(led, [accepted('b')], 'a')).toEqual(['b'])
    const joint = [unit('responsible', 'a'), unit('responsible', 'b')]
    expect(isConcluded(joint, [accepted('a', { state: 'done' })])).toBe(false)
    expect(isConcluded(joint, [accepted('a', { state: 'done' }), accepted('b', { state: 'done' })])).toBe(
      true,
    )
    expect(isConcluded([], [])).toBe(false)
  })

  it('a period that is done is not the task', () => {
    expect(isConcluded([unit('lead', 'a')], [accepted('a', { state: 'done', period: '2026-Q4' })])).toBe(
      false,
    )
  })

  it('only what was accepted is told; a joint task is as far as its slowest part', () => {
    const joint = [unit('responsible', 'a'), unit('responsible', 'b')]
    expect(standingOf(task, joint, [report({ organId: 'a' })])).toMatchObject({
      state: 'not-reported',
      words: '',
    })
    const told = standingOf(task, joint, [accepted('a', { share: 90 }), accepted('b', { share: 40 })])
    expect(told).toMatchObject({ state: 'running', share: 40 })
    expect(told.words).toBe('a：推进之中。；b：推进之中。')
  })
})

it('periods are read and said', () => {
  for (const period of ['', '2026', '2026-H2', '2026-Q4', '2026-11']) expect(period).toMatch(periodPattern)
  for (const period of ['2026-13', '2026-Q5', 'x']) expect(period).not.toMatch(periodPattern)
  expect(['2026', '2026-H2', '2026-Q4', '2026-11'].map(periodWords)).toEqual([
    '2026年',
    '2026年下半年',
    '2026年第四季度',
    '2026年11月',
  ])
})
