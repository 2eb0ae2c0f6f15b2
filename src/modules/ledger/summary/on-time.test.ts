import { afterAll, beforeAll, expect, it } from 'vitest'
import { onTimeByUnit } from '#modules/ledger'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'

let at: Ledger
beforeAll(async () => {
  const due = (day: string) => [{ text: `${day}前`, date: day }]
  at = await makeLedger([
    { no: '1', text: '两家都有的任务。', lead: ['水利局'], responsible: ['教体局'], due: due('2026-11-26') },
    { no: '2', text: '水利局的任务。', lead: ['水利局'], due: due('2026-11-27') },
    { no: '3', text: '水利局没有做的任务。', lead: ['水利局'], due: due('2026-11-28') },
    { no: '4', text: '还没有到期的任务。', lead: ['水利局', '教体局'], due: due('2026-12-31') },
  ])
})
afterAll(() => at.house.leave())

it('R-ASM-08 by unit, worked by hand: the day on which the accepted report came, not the day of the check', async () => {
  const done = async (who: 'ofWater' | 'ofSchool', task: number, reported: string, checked: string) => {
    at.house.setTime(reported)
    const id = await at.report(who, task, { state: 'done', words: '已经全部做完。' })
    at.house.setTime(checked)
    await at.decide(id)
  }
  // Task 1: the school on the very day, checked after it; the water office a day late. Task 2: in time. Task 3: nothing.
  await done('ofSchool', 0, '2026-11-26 23:00', '2026-11-27 09:00')
  await done('ofWater', 1, '2026-11-27 09:30', '2026-11-27 10:00')
  await done('ofWater', 0, '2026-11-27 11:00', '2026-11-27 12:00')
  const plan = await at.plan()
  const span = { from: '2026-10-01', to: '2026-12-31' }
  expect(await onTimeByUnit(at.db, plan, { ...span, today: '2026-11-29' })).toEqual([
    { organId: at.water.id, organName: at.water.shortName, due: 3, onTime: 1, rate: 33 },
    { organId: at.school.id, organName: at.school.shortName, due: 1, onTime: 1, rate: 100 },
  ])
  // On the day itself nobody is late yet
  expect(await onTimeByUnit(at.db, plan, { ...span, today: '2026-11-28' })).toMatchObject([
    { due: 2, onTime: 1, rate: 50 },
    { due: 1, rate: 100 },
  ])
  expect(await onTimeByUnit(at.db, plan, { ...span, from: '2026-12-01', today: '2026-12-01' })).toEqual([])
})
