import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { deadlineCommand } from './deadline.command.ts'

let county: County
beforeAll(async () => {
  county = await makeCounty()
})
afterAll(() => county.leave())

async function run(...args: string[]) {
  const printed: string[] = []
  const errors: string[] = []
  const out = {
    print: (line: string) => void printed.push(line),
    error: (line: string) => void errors.push(line),
  }
  const code = await deadlineCommand.run(county.openness, args, out)
  return { code, text: printed.join('\n'), errors: errors.join('\n') }
}

it('explains day by day (R-CAL-05, R-CAL-01)', async () => {
  const { code, text } = await run('--from', '2025-09-22', '--days', '20', '--explain')
  expect(code).toBe(0)
  expect(text).toContain('2025-09-28 星期日  计  第 5 个工作日（国庆节、中秋节调休上班）')
  expect(text).toContain('2025-10-01 星期三  　  国庆节、中秋节放假（国办发明电〔2024〕12号）')
  expect(text).toContain('到期：2025年10月24日 星期五')
})

it('reads events from a file and prints JSON', async () => {
  const file = join(await makeTestFolder(), 'events.json')
  const paused = [{ from: '2025-09-25', to: '2025-10-16', why: '征求第三方意见' }]
  writeFileSync(file, JSON.stringify({ received: '2025-09-22', paused, extendedBy: 20 }))
  const { code, text } = await run('--days', '20', '--events', file, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(text)).toMatchObject({ due: '2025-12-08', provisional: false })
})

it('says what it could not understand and exits 2', async () => {
  expect(await run('--from', '2025-13-01')).toMatchObject({ code: 2 })
  expect((await run('--from', '2025-13-01')).errors).toContain('起算日期不存在')
  expect((await run('--events', '/no/such/file')).errors).toContain('读不出来')
  expect((await run('--form', '2025-10-01')).errors).toContain('选项写得不对')
})
