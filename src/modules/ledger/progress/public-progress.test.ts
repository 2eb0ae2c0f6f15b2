import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDocument } from '#modules/files'
import { itemRoutes, publicationIdsOf } from '#modules/publications'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { decisionOn } from '../../../../test/make/publishing.ts'
import { reviewDraft } from '../../publications/actions/review-draft.ts'
import { cancelTask } from '../actions/change-task.ts'
import { proposeProgress, proposeProgressInput } from '../actions/propose-progress.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { progressPublicRoutes } from '../progress-routes.ts'
import { findTask } from '../queries.ts'

let at: Ledger
let evidence: { publicId: string }
beforeAll(async () => {
  at = await makeLedger([
    {
      no: '1',
      heading: ['一、推进供水公开'],
      title: '公开水质',
      text: '每季度公开水质。',
      lead: ['水利局'],
      due: [{ text: '11月30日前', date: '2026-11-30' }],
    },
    {
      no: '2',
      heading: ['一、推进供水公开'],
      title: '公开水价',
      text: '公开水价。',
      lead: ['水利局'],
      progress: '已开始。',
    },
    {
      no: '3',
      heading: ['二、推进教育公开'],
      title: '公开招生',
      text: '公开招生计划 <b>。',
      responsible: ['教体局'],
      due: [{ text: '12月1日前', date: '2026-12-01' }],
    },
  ])
  evidence = await makePublic(at.house.system, at.house.at, { title: '第三季度水质公告' })
  await at.decide(
    await at.report('ofWater', 0, {
      state: 'done',
      words: '四个季度的水质都已公开。',
      publications: evidence.publicId,
    }),
  )
  // What waits for the office is nobody else's business yet
  await at.report('ofSchool', 2, { words: '还没有核定的话。' })
})
afterAll(() => at.house.leave())

const read = (address: string) =>
  visit(
    readerOf(at.house.system, at.house.at.site),
    [...progressPublicRoutes, ...itemRoutes('plans')],
    address,
  )

async function propose(changeNote = '') {
  const { publicId } = await proposeProgress(
    at.keeper,
    proposeProgressInput.parse({
      planId: at.planId,
      columnId: at.house.at.columns.get('notices'),
      changeNote,
    }),
  )
  const id = (await publicationIdsOf(at.db, [publicId])).get(publicId) ?? ''
  const row = await at.db
    .selectFrom('editions')
    .select('revision')
    .where('publicationId', '=', id)
    .where('sealedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { publicId, id, revision: row.revision }
}

let plan: Awaited<ReturnType<typeof propose>>

describe('publishing the table', () => {
  it('R-EXC-13: goes through review by another person; before that nobody reads it', async () => {
    plan = await propose()
    expect((await read('/plans')).words).toContain('还没有公开的重点任务')
    await expect(read(`/plans/${plan.publicId}/tasks`)).rejects.toMatchObject({ status: 404 })
    await expect(reviewDraft(at.keeper, decisionOn(plan))).rejects.toMatchObject({ status: 403 })
    expect(await reviewDraft(at.reviewer, decisionOn(plan))).toBe('published')
  })

  it('S1: content, requirement, unit and state of completion stand on its page, by chapter', async () => {
    const { words, links, status } = await read(`/plans/${plan.publicId}`)
    expect(status).toBe(200)
    expect(words).toContain('要求：公开招生计划 &lt;b>。')
    for (const text of [
      '一、推进供水公开',
      '公开水质',
      '牵头：县水利局',
      '四个季度的水质都已公开。',
      '完成 33%',
    ])
      expect(words).toContain(text)
    expect(words).toContain('文件写明：已开始。')
    expect(words).toContain('还没有核定过的照录文件自己写的')
    expect(words).not.toContain('还没有核定的话')
    expect(words).not.toContain('林晓')
    expect(links).toContain(`/plans/${plan.publicId}/table.docx`)
  })

  it('is listed by kind of ledger, and by unit', async () => {
    const all = await read('/plans')
    expect(all.words).toContain('1 / 3')
    expect(all.words).toContain('政务公开工作要点')
    const own = await read('/plans?organ=yunxi-jtj')
    expect(own.words).toContain('公开招生')
    expect(own.words).not.toContain('公开水质')
  })

  it('is narrowed by unit and state; late is late from midnight on', async () => {
    const narrowed = async (query: string) => (await read(`/plans/${plan.publicId}/tasks?${query}`)).words
    expect(await narrowed('state=done')).toContain('下面是其中的 1 项')
    expect(await narrowed(`unit=${encodeURIComponent('县教体局')}`)).toContain('公开招生')
    expect(await narrowed('state=late')).toContain('没有这样的任务')
    expect(await narrowed('state=nonsense')).toContain('下面是其中的 3 项')
    at.house.setTime('2026-12-02 00:00')
    expect(await narrowed('state=late')).toContain('公开招生')
    at.house.setTime('2026-11-24 10:00')
  })

  it('a row opens to its reports, and to evidence that is still public', async () => {
    const task = await findTask(at.db, at.taskIds[0] ?? '')
    const { words, links } = await read(`/plans/${plan.publicId}/tasks/${task?.publicId}`)
    expect(words).toContain('第三季度水质公告')
    expect(links).toContain(`/notices/${evidence.publicId}`)
    await expect(read(`/plans/${plan.publicId}/tasks/nothing`)).rejects.toMatchObject({ status: 404 })
  })

  it('goes out as data, spreadsheet, CSV and Word, with the same rows', async () => {
    const body = async (address: string) => {
      const { reply } = await read(address)
      return reply.kind === 'content' ? Buffer.from(reply.body as Uint8Array) : Buffer.from('')
    }
    const json = JSON.parse(String(await body(`/plans/${plan.publicId}.json`)))
    expect(json.fields.rows).toHaveLength(3)
    const csv = String(await body(`/plans/${plan.publicId}/table.csv`))
    const sheet = await readDocument('t.xlsx', await body(`/plans/${plan.publicId}/table.xlsx`))
    const word = await readDocument('t.docx', await body(`/plans/${plan.publicId}/table.docx`))
    for (const text of ['公开水质', '四个季度的水质都已公开。', '牵头：县水利局'])
      for (const file of [csv, JSON.stringify(sheet), JSON.stringify(word)]) expect(file).toContain(text)
  })
})

describe('the next edition', () => {
  beforeAll(() => at.house.setTime('2026-12-05 10:00'))

  it('shows row by row what became different, and the edition before stays', async () => {
    const task = await findTask(at.db, at.taskIds[1] ?? '')
    await cancelTask(
      at.keeper,
      { taskId: task?.id ?? '', revision: task?.revision ?? 0 },
      '水价改由省里统一公布。',
    )
    const next = await propose('取消一项任务')
    expect(next.publicId).toBe(plan.publicId)
    await reviewDraft(at.reviewer, decisionOn(next))
    const { html, words } = await read(`/plans/${plan.publicId}/versions`)
    expect(words).toContain('取消一项任务')
    expect(html).toMatch(/<ins><span[^>]*>［新增：<\/span>已取消/)
    expect(html).not.toContain('[object Object]')
    // The rows that did not change are told as unchanged
    expect(html).not.toMatch(/<(ins|del)><span[^>]*>［..：<\/span>[^<]*公开招生/)
    expect((await read(`/plans/${plan.publicId}/editions/1`)).words).toContain('文件写明：已开始。')
    expect((await read(`/plans/${plan.publicId}`)).words).toContain('完成 50%')
  })
})

describe('the table of a day (?on=)', () => {
  it('is the edition that readers had, by what was late then', async () => {
    const then = await read(`/plans/${plan.publicId}?on=2026-11-30`)
    expect(then.words).toContain('2026年11月30日的情况。')
    expect(then.words).toContain('下面是当天公开的第 1 版')
    expect(then.words).toContain('完成 33%')
    expect(then.words).not.toContain('已逾期')
    expect(then.reply).toMatchObject({ noIndex: true, dependsOn: undefined })
    expect((await read(`/plans/${plan.publicId}?on=2026-12-04`)).words).toContain('已逾期')
    const today = await read(`/plans/${plan.publicId}?on=2026-12-05`)
    expect(today.words).toContain('下面是今天公开的第 2 版')
    expect(today.words).toContain('已取消')
  })

  it('goes along to its tasks, each of them, and the files', async () => {
    const { links } = await read(`/plans/${plan.publicId}?on=2026-11-30`)
    const below = links.filter(link => /\/(tasks|table)/.test(link))
    expect(below.length).toBeGreaterThan(8)
    for (const link of below) {
      expect(link).toContain('on=2026-11-30')
      const { html, words } = await read(link)
      expect(html.replace(/<option[^>]*>[^<]*/g, ''), link).not.toContain('已取消')
      if (!link.includes('table.')) expect(words, link).toContain('2026年11月30日的情况。')
    }
    expect((await read(`/plans/${plan.publicId}/tasks`)).words).toContain('已取消')
  })

  it.each([
    ['2026-12-06', '这一天还没有到'],
    ['2026-02-30', '没有这一天'],
    ['<i>', '没有这一天'],
  ])('of %s it says plainly that nothing can be told, and shows what stands now', async (day, message) => {
    const typed = encodeURIComponent(day)
    const { status, words, html } = await read(`/plans/${plan.publicId}?on=${typed}`)
    expect(status).toBe(422)
    expect(words).toContain(message)
    expect(words).toContain('完成 50%')
    expect(html).not.toContain('<i>')
    const { reply } = await read(`/plans/${plan.publicId}/tasks?on=${typed}`)
    expect(reply).toMatchObject({ kind: 'redirect', to: `/plans/${plan.publicId}?on=${typed}` })
  })

  it('before it was public there was nothing, and nothing is shown', async () => {
    const { status, words } = await read(`/plans/${plan.publicId}?on=2026-11-01`)
    expect(status).toBe(200)
    expect(words).toContain('2026年11月1日：还没有公开。')
    expect(words).not.toContain('公开水质')
  })

  it('is asked for by a form that works without scripts, until today', async () => {
    const { html } = await read(`/plans/${plan.publicId}`)
    expect(html).toMatch(/<input[^>]*type="date"[^>]*name="on"[^>]*max="2026-12-05"/)
  })

  it('its crumbs lead to the list that the menu names', async () => {
    const { reply } = await read(`/plans/${plan.publicId}`)
    expect(reply.kind === 'page' && reply.crumbs?.map(crumb => crumb.label)).toEqual([
      '首页',
      '重点任务',
      '重点任务落实情况',
    ])
  })
})
