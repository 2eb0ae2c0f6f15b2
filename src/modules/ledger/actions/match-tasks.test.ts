import { createHash } from 'node:crypto'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicId, uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { listActs } from '../act-queries.ts'
import { listMatches } from '../comparison/match-queries.ts'
import { ledger, ledgerDesk } from '../module.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { blankTask } from '../proposals.ts'
import { listTasks, saveTasks } from '../queries.ts'
import type { Task } from '../task.ts'
import { matchTasks, matchTasksInput, type Standing } from './match-tasks.ts'
import { undoStep } from './review-task.ts'

let at: Ledger
let nextId = ''
let visits: ReturnType<typeof deskVisit>
const before: Task[] = []
const now: Task[] = []

beforeAll(async () => {
  at = await makeLedger([
    { no: '1', title: '公开水质', text: '每季度公开饮用水水源水质监测信息。', lead: ['水利局'] },
    { no: '2', title: '公开招生', text: '公开义务教育招生范围、条件和结果。', responsible: ['教体局'] },
    { no: '3', title: '办好公报', text: '办好政府公报，纸质和电子公报同步发行。', lead: ['水利局'] },
  ])
  await at.decide(await at.report('ofWater', 0, { state: 'done', words: '四个季度都已公开。' }))
  nextId = await underReview(at, 2027, [
    '按季度公开饮用水水源水质监测信息。',
    '公开义务教育招生范围、条件、结果和咨询电话。',
    '建设政策问答平台。',
  ])
  before.push(...(await listTasks(at.db, at.planId)))
  now.push(...(await listTasks(at.db, nextId)))
  visits = deskVisit([...(ledger.deskRoutes ?? []), ...(ledgerDesk({} as never).deskRoutes ?? [])])
})
afterAll(() => at.house.leave())

/** A plan of another year that is still under review. */
async function underReview(of: Ledger, year: number, texts: readonly string[]): Promise<string> {
  const id = uuidv7()
  const text = texts.join('\n')
  await of.db
    .insertInto('ledgerPlans')
    .values({
      id,
      publicId: publicId(),
      siteId: of.house.at.site.id,
      organId: of.house.at.government.id,
      kind: 'openness-plan',
      title: `${year}年政务公开工作要点`,
      year,
      text,
      textSha256: createHash('sha256').update(text).digest('hex'),
      createdBy: '何敏',
      createdAt: of.house.now(),
    })
    .execute()
  const by = { id, changedBy: '何敏', changedAt: of.house.now() }
  await saveTasks(
    of.db,
    texts.map((words, index) => ({
      ...blankTask(by),
      text: words,
      no: String(index + 1),
      position: index + 1,
    })),
  )
  return id
}

const pair = (task: number, previous: number, seen: Standing = 'open') => ({
  taskId: now[task]?.id ?? '',
  previousId: before[previous]?.id ?? '',
  seen,
})
const match = (verdict: Standing, pairs: ReturnType<typeof pair>[], ctx: Context = at.keeper) =>
  matchTasks(ctx, matchTasksInput.parse({ planId: nextId, previousPlanId: at.planId, verdict, pairs }))
const decided = async () =>
  (await listMatches(at.db, { taskIds: now.map(task => task.id) })).map(one => [
    now.findIndex(task => task.id === one.taskId),
    before.findIndex(task => task.id === one.previousId),
    one.verdict,
  ])
const colleague = () => at.house.as(['openness-office'], '苏宁', at.house.at.government)

describe('a person decides which tasks go on', () => {
  it('several at once, kept with who did it and what it was', async () => {
    expect(await match('same', [pair(0, 0), pair(1, 1)])).toBe(2)
    expect(await decided()).toEqual([
      [0, 0, 'same'],
      [1, 1, 'same'],
    ])
    const [act] = await listActs(at.db, { taskId: now[0]?.id ?? '' })
    expect(act).toMatchObject({
      act: 'match-tasks',
      actedBy: '何敏',
      reason: '是同一项：2026年“1 公开水质”',
      after: { from: 'open', to: 'same' },
    })
    const audited = await at.db
      .selectFrom('auditEntries')
      .select('sentence')
      .where('act', '=', 'ledger.match-tasks')
      .execute()
    expect(audited.map(one => one.sentence)).toEqual([
      '“2027年政务公开工作要点”和2026年“2026年政务公开工作要点”：2 项认定是同一项',
    ])
  })

  it('the same decision by a colleague who saw it open is no quarrel; another one is, and nothing of it is kept', async () => {
    expect(await match('same', [pair(0, 0)], colleague())).toBe(0)
    await expect(match('different', [pair(2, 2), pair(0, 0)], colleague())).rejects.toThrow(
      '何敏已经认定“1 按季度公开饮用水水源水质监测信息。”和“1 公开水质”是同一项',
    )
    expect(await decided()).toHaveLength(2)
  })

  it('two officers at one moment: one is kept, the other is told', async () => {
    const tries = await Promise.allSettled([
      match('same', [pair(2, 2)]),
      match('different', [pair(2, 2)], colleague()),
    ])
    expect(tries.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    const kept = (await decided()).find(([task]) => task === 2)?.[2] as Standing
    expect(await match('open', [pair(2, 2, kept)])).toBe(1)
  })

  it('a task goes on with one only; to give it another the first is taken back', async () => {
    await expect(match('same', [pair(0, 2)])).rejects.toThrow('已经由何敏认定接着做“1 公开水质”')
    expect(await match('open', [pair(0, 0, 'same')])).toBe(1)
    expect(await match('same', [pair(0, 2)])).toBe(1)
    expect(await match('open', [pair(0, 2, 'same')])).toBe(1)
    expect(await match('same', [pair(0, 0)])).toBe(1)
  })

  it('refuses tasks of other plans, a plan that is no earlier one, and whoever does not keep the ledger', async () => {
    const strange = { ...pair(0, 0), previousId: now[1]?.id ?? '' }
    await expect(match('same', [strange])).rejects.toThrow('不在这两本台账里')
    await expect(
      matchTasks(
        at.keeper,
        matchTasksInput.parse({
          planId: at.planId,
          previousPlanId: nextId,
          verdict: 'same',
          pairs: [{ taskId: before[0]?.id ?? '', previousId: now[0]?.id ?? '', seen: 'open' }],
        }),
      ),
    ).rejects.toThrow('没有这份可以比的台账')
    await expect(match('different', [pair(2, 1)], at.ofWater)).rejects.toThrow()
  })

  it('is no step of the review: an undo there leaves it alone', async () => {
    await expect(undoStep(at.keeper, nextId)).rejects.toThrow('没有可以撤销的步骤')
    expect(await decided()).toHaveLength(2)
  })
})

describe('the page', () => {
  const desk = (ctx: Context) => ({ ...ctx, publicOrigin: 'http://localhost:3000' }) as never
  const see = (query: Record<string, string> = {}, ctx: Context = at.keeper) =>
    visits.show(desk(ctx), 'GET', '/plan-comparisons/:id', { id: nextId }, { query })

  it('shows what goes on with its outcome of last year, what is new and what is gone', async () => {
    const { html } = await see()
    expect(html).toContain('认定接着做的')
    expect(html).toContain('已完成')
    expect((await see({ view: 'added' })).html).toContain('建设政策问答平台')
    const gone = await see({ view: 'gone' })
    expect(gone.html).toContain('办好公报')
    expect(gone.html).not.toContain('公开招生')
    expect((await see({ view: 'last' })).html).toContain('四个季度都已公开。')
  })

  it('takes several by a form, keeps what was ticked when it is refused, and takes one back', async () => {
    const post = (form: Record<string, string | string[]>, ctx: Context = at.keeper) =>
      visits.ask(desk(ctx), 'POST', '/plan-comparisons/:id', { id: nextId }, { form })
    const value = (task: number, previous: number, seen: Standing) =>
      Object.values(pair(task, previous, seen)).join(':')
    const form = { previousPlanId: at.planId, view: 'matched' }
    expect(
      await post({ ...form, verdict: 'open', pair: [value(0, 0, 'same'), value(1, 1, 'same')] }),
    ).toMatchObject({
      kind: 'redirect',
    })
    const { html } = await see()
    expect(html).toContain('选中的是同一项 Y')
    expect(html).toContain(`value="${value(0, 0, 'open')}"`)
    expect(await post({ ...form, verdict: 'same' })).toMatchObject({ status: 422 })
    expect(await post({ ...form, verdict: 'different', pair: value(1, 1, 'open') })).toMatchObject({
      kind: 'redirect',
    })
    expect((await see({ view: 'denied' })).html).toContain('公开招生')
    expect((await see({ view: 'proposed' })).html).not.toContain('公开招生')
    expect((await see({ view: 'added', task: now[2]?.id ?? '' })).html).toContain('接着2026年的哪一项')
    await post({ ...form, verdict: 'same', pair: value(0, 0, 'open') })
    expect((await see({}, at.ofWater)).html).not.toContain('撤回')
  })

  it('the task tells of the year before and after', async () => {
    const { html } = await visits.show(desk(at.keeper), 'GET', '/ledger-tasks/:id', {
      id: before[0]?.id ?? '',
    })
    expect(html).toContain('往年和以后')
    expect(html).toContain('2027年')
  })

  it('goes out as a spreadsheet of two sheets', async () => {
    const reply = await visits.ask(
      desk(at.keeper),
      'GET',
      '/plan-comparisons/:id',
      { id: nextId },
      { query: { as: 'xlsx' } },
    )
    if (reply.kind !== 'content') throw new Error('no content')
    const rows = await readSheet(reply.body as Buffer, 1)
    expect(rows[1]?.slice(5, 10)).toEqual([
      '已完成',
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      '四个季度都已公开。',
      '1 按季度公开饮用水水源水质监测信息。',
      '是同一项',
    ])
    expect((await readSheet(reply.body as Buffer, 2))[3]?.[3]).toBe('今年新增')
  })
})
