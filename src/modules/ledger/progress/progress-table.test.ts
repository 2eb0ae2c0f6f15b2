import { describe, expect, it } from 'vitest'
import { plainText } from '#lib/plain-text'
import { bodyOfTable } from './progress-body.ts'
import {
  chosenRows,
  countRows,
  dueWords,
  lateness,
  type ProgressRow,
  type ProgressTable,
  progressWords,
  unitWords,
} from './progress-table.ts'

const row = (facts: Partial<ProgressRow> = {}): ProgressRow => ({
  key: 'k',
  no: '1',
  heading: [],
  content: '公开水质',
  requirement: '每季度一次',
  lead: ['水利局'],
  responsible: [],
  supporting: [],
  organs: [],
  unitsSince: null,
  due: ['年内'],
  dueOn: '2026-12-31',
  extended: null,
  state: 'running',
  word: '推进中',
  share: null,
  progress: '',
  doneOn: null,
  more: [],
  reports: [],
  ...facts,
})
const table = (rows: ProgressRow[]): ProgressTable => ({
  ledger: 'openness-plan',
  ledgerName: '政务公开工作要点',
  year: 2026,
  asOf: '2026-11-24',
  plan: { title: '要点', docNo: null },
  rows,
})

describe('lateness', () => {
  it.each([
    [{}, '2026-12-31', null],
    [{}, '2027-01-01', 'late'],
    [{ state: 'done', doneOn: '2026-12-31' }, '2027-02-01', null],
    [{ state: 'done', doneOn: '2027-01-01' }, '2027-02-01', 'done-late'],
    [{ state: 'cancelled' }, '2027-02-01', null],
    [{ state: 'cannot' }, '2027-02-01', 'late'],
    [{ dueOn: null }, '2027-02-01', null],
  ] as const)('%o on %s is %s', (facts, today, late) => {
    expect(lateness(row(facts), today)).toBe(late)
  })
})

it('the share done leaves out what was cancelled, and is 100 only when everything is done', () => {
  const rows = [
    ...Array.from({ length: 199 }, () => row({ state: 'done' })),
    row(),
    row({ state: 'cancelled' }),
  ]
  expect(countRows(rows, '2026-11-24')).toMatchObject({ total: 201, counting: 200, done: 199, share: 99 })
  expect(countRows([], '2026-11-24').share).toBe(0)
})

it('rows are chosen by any of their units', () => {
  const rows = [row(), row({ lead: [], responsible: ['教体局'] }), row({ supporting: ['教体局'] })]
  expect(chosenRows(rows, { unit: '教体局' }, '2026-11-24')).toHaveLength(2)
  expect(chosenRows(rows, { state: 'late' }, '2027-01-01')).toHaveLength(3)
})

it('units, deadline and progress read as such tables print them', () => {
  expect(unitWords(row({ responsible: ['教体局'], supporting: ['文旅局'] }))).toBe(
    '牵头：水利局；责任：教体局；配合：文旅局',
  )
  expect(unitWords(row({ lead: [], responsible: ['甲', '乙'] }))).toBe('甲、乙')
  expect(dueWords(row({ extended: { from: '2026-10-31', reason: '汛期' } }))).toContain('原为 2026-10-31')
  expect(progressWords(row({ share: 60, progress: '已开工。' }))).toBe('推进中60%：已开工。')
})

it('as text every task is one line, whatever signs it has, so that editions compare row by row', () => {
  const body = bodyOfTable(
    table([row({ heading: ['一、供水'] }), row({ content: '第一行\n第二行 <b>', heading: ['一、供水'] })]),
  )
  expect(plainText(body).split('\n')).toEqual([
    '要点的落实情况如下。',
    '工作内容 工作要求 责任单位 时限 完成情况',
    '一、供水',
    '1 公开水质 每季度一次 牵头：水利局 年内 推进中',
    '1 第一行 第二行 <b> 每季度一次 牵头：水利局 年内 推进中',
  ])
})
