import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ReadDocument } from '#modules/files'
import type { Context, DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { longPlan } from '../../../../bench/corpus/long-plan.ts'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { takePlan } from '../actions/take-plan.ts'
import { ledger, ledgerDesk } from '../module.ts'
import { listTasks } from '../queries.ts'

let house: Publishing
let keeper: Context
let planId = ''
let visits: ReturnType<typeof deskVisit>
beforeAll(async () => {
  house = await makePublishing()
  keeper = house.as(['openness-office'], '何敏', house.at.government)
  const document: ReadDocument = { form: 'text', format: 'text', text: longPlan(200), doubts: [] }
  const input = { siteId: house.at.site.id, kind: 'openness-plan', year: 2027 }
  const taken = await takePlan(keeper, input, { document, name: '要点.txt' })
  planId = taken.planId
  visits = deskVisit([
    ...(ledger.deskRoutes ?? []),
    ...(ledgerDesk(openStorage(await makeTestFolder())).deskRoutes ?? []),
  ])
})
afterAll(() => house.leave())

const desk = () => ({ ...keeper, publicOrigin: 'http://localhost:3000' }) as DeskContext
const largest = 1_000_000

const open = async (path: string, query: Record<string, string> = {}): Promise<string> =>
  (await visits.show(desk(), 'GET', path, { id: planId }, { query })).html

it.each([
  ['the first page', {}],
  ['what is to be looked at', { show: 'doubt' }],
])('200 pages, some nine hundred tasks: %s of the review weighs less than a megabyte', async (_, query) => {
  const tasks = await listTasks(house.connection.db, planId)
  expect(tasks.length).toBeGreaterThan(850)
  expect(Buffer.byteLength(await open('/plan-reviews/:id', query))).toBeLessThan(largest)
})

it('a task in the middle stands in the list among its neighbours; another page of the list keeps it in sight', async () => {
  const tasks = await listTasks(house.connection.db, planId)
  const idAt = (at: number) => tasks[at]?.id ?? ''
  const html = await open('/plan-reviews/:id', { task: idAt(650) })
  expect(Buffer.byteLength(html)).toBeLessThan(largest)
  expect(html.includes(`${idAt(650)}" aria-current="true"`)).toBe(true)
  for (const at of [600, 699]) expect(html.includes(`task=${idAt(at)}">`)).toBe(true)
  expect(html.includes(`task=${idAt(600 - 1)}">`)).toBe(false)
  const first = await open('/plan-reviews/:id', { task: idAt(650), page: '1' })
  expect(first.includes(`task=${idAt(3)}">`)).toBe(true)
  expect(first.includes(`<mark data-offset="${tasks[650]?.sourceStart}"`)).toBe(true)
})
