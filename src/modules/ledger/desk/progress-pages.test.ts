import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '#modules/files'
import type { Context, DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { deskVisit, formOf } from '../../../../test/make/desk-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { progressDeskRoutes, progressFileRoutes } from '../progress-routes.ts'
import { listReports } from '../reports/report-queries.ts'
import { loadTaskWork, TaskWork } from './task-work.tsx'

let at: Ledger
let desk: ReturnType<typeof deskVisit>
const people: Record<string, DeskContext> = {}
const onDesk = ({ actor, ...rest }: Context): DeskContext => {
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://site.example' }
}
const person = (name: string): DeskContext => {
  const found = people[name]
  if (!found) throw new Error(`nobody is ${name}`)
  return found
}
beforeAll(async () => {
  at = await makeLedger([
    {
      no: '1',
      title: '公开水质',
      text: '每季度公开水质。',
      lead: ['水利局'],
      due: [{ text: '年内', date: '2026-12-31' }],
    },
    {
      no: '2',
      title: '公开招生',
      text: '公开招生。',
      lead: ['教体局'],
      due: [{ text: '每季度', every: 'quarter' }],
    },
  ])
  people.office = onDesk(at.keeper)
  people.drafter = onDesk(at.ofWater)
  people.school = onDesk(at.ofSchool)
  people.head = onDesk(at.house.as(['department-head'], '郑强', at.water))
  const storage = openStorage(await makeTestFolder())
  desk = deskVisit([...progressDeskRoutes, ...progressFileRoutes(storage)])
})
afterAll(() => at.house.leave())

const path = '/task-reports/:id'
const first = () => ({ id: at.taskIds[0] ?? '' })

async function work(ctx: DeskContext): Promise<string> {
  const { renderToString } = await import('preact-render-to-string')
  const { h } = await import('preact')
  return renderToString(h(TaskWork, { ctx, facts: await loadTaskWork(ctx, first().id) }))
}

describe('reporting', () => {
  it('is asked by a form that keeps what was typed, also as a draft', async () => {
    const { html } = await desk.show(person('drafter'), 'GET', path, first())
    expect(html).toContain('县水利局')
    const form = {
      ...formOf(html),
      organId: at.water.id,
      state: 'cannot',
      words: '水源地改造，今年不能完成。',
    }
    const failed = await desk.show(person('drafter'), 'POST', path, first(), {
      form: { ...form, do: 'hand-in' },
    })
    expect(failed.page.status).toBe(422)
    expect(failed.html).toContain('请写明原因')
    expect(failed.html).toContain('水源地改造')
    const again = await desk.show(person('drafter'), 'GET', path, first())
    expect(again.html).toContain('水源地改造')
  })

  it('goes to the office, is given back with words, and follows anew', async () => {
    const { html } = await desk.show(person('drafter'), 'GET', path, first())
    const form = {
      ...formOf(html),
      organId: at.water.id,
      state: 'running',
      share: '50',
      words: '已经公开两个季度。',
    }
    const done = await desk.ask(person('drafter'), 'POST', path, first(), {
      form: { ...form, do: 'hand-in' },
    })
    expect(done).toMatchObject({ kind: 'redirect', to: `/ledger-tasks/${first().id}?done=reported` })
    expect((await desk.show(person('office'), 'GET', '/task-reports')).html).toContain('公开水质')
    const [report] = await listReports(at.db, { taskIds: [first().id] })
    expect(await work(person('office'))).toContain('value="ask"')
    expect(await work(person('drafter'))).not.toContain('value="ask"')
    const act = { id: report?.id ?? '' }
    const empty = await desk.show(person('office'), 'POST', '/report-acts/:id', act, {
      form: { act: 'return', words: '' },
    })
    expect(empty.page.status).toBe(422)
    await desk.ask(person('office'), 'POST', '/report-acts/:id', act, {
      form: { act: 'return', words: '缺第三季度' },
    })
    expect(await work(person('drafter'))).toContain('缺第三季度')
    const late = await desk.show(person('office'), 'POST', '/report-acts/:id', act, {
      form: { act: 'accept' },
    })
    expect(late.html).toContain('不能再')
  })

  it('an organ of no task is told so', async () => {
    const { html } = await desk.show(person('school'), 'GET', path, first())
    expect(html).toContain('您不能报送这项任务的进展')
  })

  it('of a task that comes round the period is chosen', async () => {
    const { html } = await desk.show(person('school'), 'GET', path, { id: at.taskIds[1] ?? '' })
    expect(html).toContain('2026年第四季度')
  })

  it('the head says whether he looks first', async () => {
    const { html } = await desk.show(person('head'), 'GET', '/task-reports')
    expect(html).toContain('改为先审核')
    await desk.ask(
      person('head'),
      'POST',
      '/head-checks',
      {},
      { form: { organId: at.water.id, wanted: 'yes' } },
    )
    expect((await desk.show(person('drafter'), 'GET', path, first())).html).toContain('先由本单位负责人审核')
  })
})

describe('the office', () => {
  const plan = () => ({ id: at.planId })

  it('sees the table as the public will, urges, and sends it to review', async () => {
    const { html } = await desk.show(person('office'), 'GET', '/plan-progress/:id', plan())
    expect(html).toContain('发出催办')
    const unsaid = await desk.show(person('office'), 'POST', '/plan-urges/:id', plan(), {
      form: { letter: '请抓紧推进' },
    })
    expect(unsaid.html).toContain('请先勾选要催办的任务')
    const urged = await desk.ask(person('office'), 'POST', '/plan-urges/:id', plan(), {
      form: { taskIds: [...at.taskIds], letter: '请抓紧推进并报送。' },
    })
    expect(urged).toMatchObject({ kind: 'redirect' })
    const nowhere = await desk.show(person('office'), 'POST', '/plan-progress/:id', plan(), { form: {} })
    expect(nowhere.html).toContain('请选择在哪个栏目公开')
    const sent = await desk.ask(person('office'), 'POST', '/plan-progress/:id', plan(), {
      form: { columnId: at.house.at.columns.get('notices') ?? '' },
    })
    expect(sent).toMatchObject({
      kind: 'redirect',
      to: expect.stringMatching(/^\/publications\/\w+\?done=submitted$/),
    })
  })

  it('others may look, but find no button', async () => {
    const { html } = await desk.show(person('drafter'), 'GET', '/plan-progress/:id', plan())
    expect(html).not.toContain('发出催办')
    expect(html).not.toContain('送审公开')
  })

  it('has the summary of a quarter with figures that open, and as a Word document', async () => {
    const address = '/plan-summaries/:id'
    const { html } = await desk.show(person('office'), 'GET', address, plan(), {
      query: { quarter: '2026-Q4', show: 'silent' },
    })
    expect(html).toContain('2026年第四季度小结')
    expect(html).toContain('公开招生')
    const word = await desk.ask(person('office'), 'GET', `${address}/summary.docx`, plan())
    if (word.kind !== 'content') throw new Error('no document')
    expect(JSON.stringify(await readDocument('s.docx', word.body as Uint8Array))).toContain('按时率')
  })

  it('S0 六（五）: reports on the whole plan come in by a form', async () => {
    const { html } = await desk.show(person('office'), 'GET', '/plan-reports/:id', plan())
    expect(html).toContain('2026-12-15')
    const form = { organId: at.house.at.government.id, words: '太短' }
    const short = await desk.show(person('office'), 'POST', '/plan-reports/:id', plan(), { form })
    expect(short.page.status).toBe(422)
    await desk.ask(person('office'), 'POST', '/plan-reports/:id', plan(), {
      form: { ...form, words: '方案已经制定，任务全部部署。' },
    })
    expect((await desk.show(person('office'), 'GET', '/plan-reports/:id', plan())).html).toContain(
      '任务全部部署',
    )
  })

  it('O2: own plans are shown as missing, filed by a form, and then as filed', async () => {
    const address = '/plan-filings/:id'
    const { html } = await desk.show(person('drafter'), 'GET', address, plan())
    expect(html).toContain('2 个单位，已报备方案 0 个')
    const form = { organId: at.water.id, title: '水利局落实方案' }
    const without = await desk.show(person('drafter'), 'POST', address, plan(), { form })
    expect([without.page.status, without.html.includes('只用一种')]).toEqual([422, true])
    expect(without.html).toContain('水利局落实方案')
    const item = await makePublic(at.house.system, at.house.at, { title: '水利局落实方案' })
    const done = await desk.ask(person('drafter'), 'POST', address, plan(), {
      form: { ...form, address: `http://www.yunxi.example/notices/${item.publicId}` },
    })
    expect(done).toMatchObject({ kind: 'redirect', to: `/plan-filings/${at.planId}?done=filed` })
    expect((await desk.show(person('school'), 'GET', address, plan())).html).toContain(
      '2 个单位，已报备方案 1 个',
    )
  })

  it('an address that is no plan is a page that says so', async () => {
    for (const id of ['x', crypto.randomUUID()])
      await expect(desk.ask(person('office'), 'GET', '/plan-progress/:id', { id })).rejects.toMatchObject({
        status: 404,
      })
  })
})
