import { expect, it } from 'vitest'
import { readDocument } from '#modules/files'
import { quarterOf, quarterSpan, type SummaryTask, summarise } from './quarter-summary.ts'
import { wordOfSummary } from './summary-document.ts'

const task = (key: string, facts: Partial<SummaryTask> = {}): SummaryTask => ({
  key,
  name: `任务${key}`,
  units: ['水利局'],
  state: 'running',
  doneOn: null,
  dueOn: null,
  reason: '',
  reportedOn: [],
  obligations: [],
  ...facts,
})
const owed = (dueOn: string, metOn: string | null, unit = '水利局') => ({ unit, dueOn, metOn })

const tasks = [
  task('甲', {
    state: 'done',
    doneOn: '2026-10-20',
    reportedOn: ['2026-10-20'],
    obligations: [owed('2026-10-31', '2026-10-20')],
  }),
  task('乙', {
    state: 'done',
    doneOn: '2026-11-05',
    reportedOn: ['2026-11-05'],
    obligations: [owed('2026-10-31', '2026-11-05')],
  }),
  task('丙', { obligations: [owed('2026-11-10', null)] }),
  task('丁', {
    state: 'cannot',
    reason: '经费未到位',
    reportedOn: ['2026-07-01'],
    units: ['教体局'],
    obligations: [owed('2026-12-31', null, '教体局')],
  }),
  task('戊', { state: 'cancelled' }),
  task('己', {
    state: 'done',
    doneOn: '2026-06-01',
    reportedOn: ['2026-06-01'],
    obligations: [owed('2026-06-30', '2026-06-01')],
  }),
]
const summary = summarise(tasks, '2026-Q4', '2026-11-24')
const keys = (name: keyof typeof summary.figures) => summary.figures[name].map(one => one.key).join('')

it('a quarter has its days', () => {
  expect(quarterOf('2026-11-24')).toBe('2026-Q4')
  expect(quarterSpan('2026-Q1')).toEqual({ from: '2026-01-01', to: '2026-03-31', words: '2026年第一季度' })
})

it('every figure opens into its tasks', () => {
  expect(keys('total')).toBe('甲乙丙丁己')
  expect(keys('done')).toBe('甲乙己')
  expect(keys('done-now')).toBe('甲乙')
  expect(keys('due')).toBe('甲乙丙丁')
  expect(keys('late')).toBe('丙')
  expect(keys('stuck')).toBe('丁')
  expect(keys('silent')).toBe('丙')
})

it('R-ASM-08: on time over what fell due, by unit; what is not due yet counts for neither', () => {
  expect(summary).toMatchObject({ due: 3, onTime: 1 })
  expect(summary.units.map(({ unit, due, onTime, rate }) => [unit, due, onTime, rate])).toEqual([
    ['水利局', 3, 1, 33],
    ['教体局', 0, 0, null],
  ])
})

it('a quarter that has passed does not know what came after it', () => {
  const before = summarise(tasks, '2026-Q2', '2026-11-24')
  expect(before.figures.done.map(one => one.key)).toEqual(['己'])
  expect(before.until).toBe('2026-06-30')
})

it('its Word document says the same and opens figures and tasks', async () => {
  const bytes = await wordOfSummary(
    '要点',
    summary,
    {
      figure: name => `https://www.yunxi.example/plans/x/tasks?state=${name}`,
      task: one => `https://www.yunxi.example/plans/x/tasks/${one.key}`,
    },
    '2026-11-24',
  )
  const read = JSON.stringify(await readDocument('小结.docx', bytes))
  for (const { text } of summary.sentences) expect(read).toContain(text.slice(0, 20))
  for (const text of ['按时率 33%', '经费未到位', '33%', '/plans/x/tasks/']) expect(read).toContain(text)
})
