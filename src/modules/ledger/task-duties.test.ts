import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, makeLedger } from './progress-for-tests.ts'
import { dutiesOfTask } from './task-duties.ts'

let at: Ledger
beforeAll(async () => {
  at = await makeLedger([
    {
      no: '（六）',
      title: '（六） 公开环境信息',
      text: '公开环境信息。',
      lead: ['水利局'],
      due: [{ text: '12月1日前', date: '2026-12-01' }],
    },
  ])
})
afterAll(() => at.house.leave())

describe('duties of a task', () => {
  it('are called by what is to be done: its number says nothing where its plan is not in sight', async () => {
    const [duty] = await dutiesOfTask(at.db, await at.plan(), at.taskIds[0] ?? '')
    expect(duty?.title).toBe('公开环境信息（12月1日前）')
  })
})
