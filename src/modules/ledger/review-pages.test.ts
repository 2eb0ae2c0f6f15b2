import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrgan, createOrganInput, listOtherNames, type Organ } from '#modules/organisations'
import type { Role, Staff } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import type { FileStorage } from '#platform/storage/storage'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { openPeriodDuties } from './jobs/open-periods.job.ts'
import { ledger, ledgerDesk } from './module.ts'
import { listDues, listTaskUnits } from './owing-queries.ts'
import { planText } from './plan-for-tests.ts'
import { findPlan, findTask, listTasks } from './queries.ts'
import { dutiesOfTask } from './task-duties.ts'

let house: Publishing
let school: Organ
let storage: FileStorage
let folder: string
let visits: ReturnType<typeof deskVisit>
let planId = ''

beforeAll(async () => {
  house = await makePublishing()
  school = await createOrgan(
    house.system,
    createOrganInput.parse({
      docCodes: [],
      level: 'county',
      key: 'yunxi-jtj',
      name: '云溪县教育体育局',
      shortName: '县教育体育局',
      type: 'department',
      parentId: house.at.government.id,
    }),
  )
  folder = await makeTestFolder()
  storage = openStorage(folder)
  visits = deskVisit([...(ledger.deskRoutes ?? []), ...(ledgerDesk(storage).deskRoutes ?? [])])
})
afterAll(() => house.leave())

function person(name: string, roles: readonly Role[], organs: readonly { id: string }[]): DeskContext {
  const { actor: _, ...rest } = house.system
  const reach = organs.map(organ => organ.id)
  const actor: Staff = {
    kind: 'staff',
    id: '01900000-0000-7000-8000-000000000001',
    name,
    organId: reach[0] ?? '',
    posts: roles.map(role => ({ role, organId: reach[0] ?? '', reach })),
  }
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}
const keeper = () => person('何敏', ['openness-office'], [house.at.government, house.at.department, school])
const unit = () => person('林晓', ['drafter'], [house.at.department])

const post = (path: string, form: Record<string, string | string[]>, ctx = keeper(), id = planId) =>
  visits.ask(ctx, 'POST', path, { id }, { form })
const tasks = () => listTasks(house.connection.db, planId)
const readTasks = async () => (await tasks()).filter(task => task.origin === 'read')
const step = async (act: string, at: number, more: Record<string, string> = {}) => {
  const task = (await tasks())[at]
  return post('/plan-reviews/:id', {
    act,
    taskId: task?.id ?? '',
    revision: String(task?.revision ?? 0),
    ...more,
  })
}
const facts = () => ({ siteId: house.at.site.id, kind: 'openness-plan', year: '2026' })

describe('a document becomes a plan under review', () => {
  it('tells what is missing and keeps what was typed', async () => {
    const { page, html } = await visits.show(
      keeper(),
      'POST',
      '/plans/new',
      {},
      { form: { ...facts(), year: '26' } },
    )
    expect(page.status).toBe(422)
    expect(html).toContain('四位数字')
    const none = await visits.show(keeper(), 'POST', '/plans/new', {}, { form: facts() })
    expect(none.html).toContain('请选择文件')
  })

  it('refuses a file that is too large, and one that cannot be read, with the remedy', async () => {
    const upload = { field: 'file', name: '要点.pdf', path: join(folder, 'x'), size: 1, tooLarge: true }
    const large = await visits.show(keeper(), 'POST', '/plans/new', {}, { form: facts(), uploads: [upload] })
    expect(large.html).toContain('超过 20 MB')
    await writeFile(upload.path, Buffer.from([0x4d, 0x5a, 0, 1, 2, 3, 0, 0, 255, 254]))
    const wrong = await visits.show(
      keeper(),
      'POST',
      '/plans/new',
      {},
      { form: facts(), uploads: [{ ...upload, name: '要点.exe', tooLarge: false }] },
    )
    expect(wrong.page.status).toBe(422)
  })

  it('reads the text into tasks, and the same text only once', async () => {
    const path = join(folder, 'plan')
    await writeFile(path, planText)
    const uploads = [
      { field: 'file', name: '要点.txt', path, size: Buffer.byteLength(planText), tooLarge: false },
    ]
    const both = await Promise.all(
      [1, 2].map(() => visits.ask(keeper(), 'POST', '/plans/new', {}, { form: facts(), uploads })),
    )
    const addresses = both.map(reply => (reply.kind === 'redirect' ? reply.to : ''))
    planId = /plan-reviews\/([0-9a-f-]+)/.exec(addresses[0] ?? '')?.[1] ?? ''
    expect(addresses.every(address => address.includes(planId))).toBe(true)
    expect(addresses.filter(address => address.includes('done=known'))).toHaveLength(1)
    const plan = await findPlan(house.connection.db, { id: planId })
    expect(plan).toMatchObject({ docNo: '云政办发〔2026〕8号', signedOn: '2026-03-10', inForceAt: null })
    expect(plan?.file?.name).toBe('要点.txt')
    expect((await tasks()).map(task => task.lead)).toEqual([['县水利局'], ['县水利局'], ['县教体局']])
  })

  it('shows the document with the sentence of the task lit up, and each field in words', async () => {
    const [, second] = await tasks()
    const { html, page } = await visits.show(
      keeper(),
      'GET',
      '/plan-reviews/:id',
      { id: planId },
      { query: { task: second?.id } },
    )
    expect(html).toMatch(/<mark[^>]*data-lit[^>]*>[^<]*规范征求意见/)
    expect(html).toContain('确定')
    expect(page.scripts).toEqual(['plan-review'])
    expect(html).not.toContain('style=')
  })

  it('is closed to units, and nothing of it is listed for them', async () => {
    await expect(visits.ask(unit(), 'GET', '/plan-reviews/:id', { id: planId })).rejects.toThrow(
      'may not open',
    )
    const { html } = await visits.show(unit(), 'GET', '/ledger')
    expect(html).not.toContain('2026年政务公开工作要点')
  })
})

describe('review', () => {
  it('does not put in force what nobody has confirmed, and names it', async () => {
    const { html } = await visits.show(
      keeper(),
      'POST',
      '/plan-reviews/:id',
      { id: planId },
      { form: { act: 'put-in-force' } },
    )
    expect(html).toContain('还有 3 项没有确认')
    expect((await findPlan(house.connection.db, { id: planId }))?.inForceAt).toBeNull()
  })

  it('merges, and takes it back', async () => {
    const before = await tasks()
    await step('merge', 0)
    expect(await tasks()).toHaveLength(2)
    await post('/plan-reviews/:id', { act: 'undo' })
    const after = await tasks()
    expect(after.map(task => [task.id, task.text, task.lead])).toEqual(
      before.map(task => [task.id, task.text, task.lead]),
    )
  })

  it('splits at a place, and takes it back', async () => {
    const [first] = await tasks()
    const plan = await findPlan(house.connection.db, { id: planId })
    await step('split', 0, { at: String(plan?.text.indexOf('编制并公布')) })
    expect(await tasks()).toHaveLength(4)
    await post('/plan-reviews/:id', { act: 'undo' })
    expect((await tasks())[0]?.text).toBe(first?.text)
    expect(await tasks()).toHaveLength(3)
  })

  it('tells the second officer that somebody was quicker', async () => {
    const [first] = await tasks()
    await step('accept', 0)
    const { html, page } = await visits.show(
      keeper(),
      'POST',
      '/plan-reviews/:id',
      { id: planId },
      { form: { act: 'accept', taskId: first?.id ?? '', revision: String(first?.revision) } },
    )
    expect(page.status).toBe(422)
    expect(html).toContain('何敏改过这项任务')
  })

  it('drops with a reason only, restores, mends and adds what was not seen', async () => {
    const { html } = await visits.show(
      keeper(),
      'POST',
      '/plan-reviews/:id',
      { id: planId },
      {
        form: {
          act: 'drop',
          taskId: (await tasks())[1]?.id ?? '',
          revision: String((await tasks())[1]?.revision),
          reason: '',
        },
      },
    )
    expect(html).toContain('请写明为什么不列入')
    await step('drop', 1, { reason: '不是任务' })
    expect((await tasks())[1]?.droppedReason).toBe('不是任务')
    await step('restore', 1)
    await post('/plan-reviews/:id', { act: 'add', text: '各乡镇人民政府，县直各单位' })
    const all = await tasks()
    expect(all).toHaveLength(4)
    const added = all.findIndex(task => task.origin === 'added')
    expect(all[added]?.sourceStart).not.toBeNull()
    await step('mend', added, {
      text: '报送总结',
      responsible: '省水利厅',
      due: '年底前 = 2026-12-31',
      go: 'accept',
    })
    expect((await tasks())[added]).toMatchObject({ due: [{ text: '年底前', date: '2026-12-31' }] })
    expect((await tasks())[added]?.confirmedAt).not.toBeNull()
    for (const [at, task] of (await tasks()).entries()) if (!task.confirmedAt) await step('accept', at)
  })
})

describe('units', () => {
  it('names each printed name once, with its tasks, and refuses the plan while one waits', async () => {
    const { html } = await visits.show(keeper(), 'GET', '/plan-names/:id', { id: planId })
    expect(html.match(/<b>县水利局<\/b> <span[^>]*>2 项任务/g)).toHaveLength(1)
    const refused = await visits.show(
      keeper(),
      'POST',
      '/plan-reviews/:id',
      { id: planId },
      { form: { act: 'put-in-force' } },
    )
    expect(refused.html).toContain('个单位名称没有认定')
    expect(refused.html).toContain('县教体局')
  })

  it('chooses all that the directory does not know as others, for one look and one button', async () => {
    const html = async (query: Record<string, string>) =>
      (await visits.show(keeper(), 'GET', '/plan-names/:id', { id: planId }, { query })).html
    const chosen = (page: string) => page.match(/<option value="outside" selected/g)?.length ?? 0
    expect(chosen(await html({}))).toBe(0)
    const all = await html({ rest: 'outside' })
    expect(chosen(all)).toBe(Number(/机构目录里没有的 (\d+) 个/.exec(all)?.[1]))
    expect(chosen(all)).toBeGreaterThan(0)
  })

  it('remembers a name when a person says so', async () => {
    await post('/plan-names/:id', {
      printed: '县教体局',
      means: 'organs',
      organIds: [school.id],
      remember: 'yes',
    })
    expect(await listOtherNames(house.connection.db)).toContainEqual({
      organId: school.id,
      name: '县教体局',
      how: 'alias',
    })
    await post('/plan-names/:id', { printed: '省水利厅', means: 'outside' })
    await post('/plan-names/:id', {
      printed: '县水利局',
      means: 'organs',
      organIds: [house.at.department.id],
    })
  })
})

describe('in force', () => {
  it('opens a duty for each who owes a deadline (R-SUP-02), also in the period that runs', async () => {
    expect(await post('/plan-reviews/:id', { act: 'put-in-force' })).toMatchObject({ kind: 'redirect' })
    const plan = await findPlan(house.connection.db, { id: planId })
    expect(plan?.inForceAt).not.toBeNull()
    const all = await tasks()
    const duties = (
      await Promise.all(all.map(task => dutiesOfTask(house.connection.db, plan ?? { siteId: '' }, task.id)))
    ).flat()
    expect(duties.map(duty => [duty.rule, duty.period, duty.dueOn]).toSorted()).toEqual([
      ['R-SUP-02', 'due-1 2026-Q4 yunxi-jtj', '2026-12-31'],
      ['R-SUP-02', 'due-1 yunxi-slj', '2026-12-20'],
    ])
    house.setTime('2027-01-02 09:00')
    expect(await openPeriodDuties(house.system)).toBe(1)
    expect(await openPeriodDuties(house.system)).toBe(0)
    house.setTime('2026-11-23 10:00')
  })

  it('shows the ledger by chapter, unit and deadline; counts open into the tasks', async () => {
    for (const view of ['chapter', 'unit', 'due']) {
      const { html } = await visits.show(
        unit(),
        'GET',
        '/ledger-plans/:id',
        { id: planId },
        { query: { view } },
      )
      expect(html).toContain('县水利局')
    }
    const { html } = await visits.show(unit(), 'GET', '/ledger')
    expect(html).toContain('2026年政务公开工作要点')
  })

  it('goes out as a spreadsheet and comes back without a change', async () => {
    const sent = await visits.ask(
      keeper(),
      'GET',
      '/plan-sheets/:id',
      { id: planId },
      { query: { as: 'xlsx' } },
    )
    if (sent.kind !== 'content' || !Buffer.isBuffer(sent.body)) throw new Error('no file')
    const path = join(folder, 'ledger.xlsx')
    await writeFile(path, sent.body)
    const uploads = [{ field: 'file', name: '台账.xlsx', path, size: sent.body.length, tooLarge: false }]
    const form = { reason: '核对以后导入' }
    const { html } = await visits.show(
      keeper(),
      'POST',
      '/plan-sheets/:id',
      { id: planId },
      { form, uploads },
    )
    expect(html).toContain('4 项没有变化。不用导入')
  })

  it('compares with the year before only what is in force', async () => {
    const { html } = await visits.show(unit(), 'GET', '/plan-comparisons/:id', { id: planId })
    expect(html).toContain('没有可以比的台账')
  })

  it('moves a deadline with its duty, and keeps what it was', async () => {
    const [first] = await readTasks()
    const form = {
      act: 'move-due',
      revision: String(first?.revision),
      position: '1',
      dueOn: '2027-01-15',
      reason: '县政府同意推迟',
    }
    expect(await post('/ledger-tasks/:id', form, keeper(), first?.id)).toMatchObject({ kind: 'redirect' })
    const [duty] = await dutiesOfTask(house.connection.db, { siteId: house.at.site.id }, first?.id ?? '')
    expect(duty?.dueOn).toBe('2027-01-15')
    expect((await listDues(house.connection.db, [first?.id ?? '']))[0]?.dueOn).toBe('2027-01-15')
    const { html } = await visits.show(unit(), 'GET', '/ledger-tasks/:id', { id: first?.id ?? '' })
    expect(html).toContain('2026-12-20 → 2027-01-15')
    expect(html).toMatch(/<mark[^>]*>[^<]*重大行政决策目录/)
  })

  it('passes a task on after a restructuring: who leaves owes no more, who comes owes from that day', async () => {
    const [first] = await readTasks()
    const form = {
      act: 'change-units',
      revision: String(first?.revision),
      [`unit-${school.id}`]: 'lead',
      reason: '机构改革，职责划转',
    }
    expect(await post('/ledger-tasks/:id', form, keeper(), first?.id)).toMatchObject({ kind: 'redirect' })
    const units = await listTaskUnits(house.connection.db, [first?.id ?? ''])
    expect(units.map(one => [one.organName, one.untilOn !== null])).toEqual([
      ['县水利局', true],
      ['县教育体育局', false],
    ])
    const duties = await dutiesOfTask(house.connection.db, { siteId: house.at.site.id }, first?.id ?? '')
    expect(duties.map(duty => [duty.period, duty.waivedAt !== null]).toSorted()).toEqual([
      ['due-1 yunxi-jtj', false],
      ['due-1 yunxi-slj', true],
    ])
  })

  it('a unit may not change what was laid down', async () => {
    const [first] = await readTasks()
    const form = { act: 'cancel', revision: String(first?.revision), reason: '不想做了，取消' }
    await expect(post('/ledger-tasks/:id', form, unit(), first?.id)).rejects.toThrow('没有办理这件事的权限')
  })

  it('changes words with a reason, adds a milestone, and closes', async () => {
    const [first, second] = await readTasks()
    const change = {
      act: 'change',
      revision: String(second?.revision),
      text: '重大决策草案公开征求意见',
      reason: '按新规定修改',
    }
    await post('/ledger-tasks/:id', change, keeper(), second?.id)
    expect((await findTask(house.connection.db, second?.id ?? ''))?.text).toBe('重大决策草案公开征求意见')
    const milestone = {
      act: 'add-step',
      revision: String(first?.revision),
      kind: 'milestone',
      text: '完成初稿',
      dueOn: '2026-12-01',
    }
    await post('/ledger-tasks/:id', milestone, keeper(), first?.id)
    const duties = await dutiesOfTask(house.connection.db, { siteId: house.at.site.id }, first?.id ?? '')
    expect(duties.map(duty => duty.period)).toContain('step-1 yunxi-jtj')
    await post('/ledger-plans/:id', { reason: '年度任务期满' })
    expect((await findPlan(house.connection.db, { id: planId }))?.closedReason).toBe('年度任务期满')
    const { html } = await visits.show(keeper(), 'GET', '/ledger-plans/:id', { id: planId })
    expect(html).toContain('结账时未完成')
  })
})
