import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registerFiling } from '#modules/publications'
import { correctPublic } from '../../../test/make/corrected.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import { decisionOn, makePublishing, type Publishing, review } from '../../../test/make/publishing.ts'
import { discardDraft } from '../publications/actions/discard-draft.ts'
import { reviewDraft } from '../publications/actions/review-draft.ts'
import { submitDraft } from '../publications/actions/submit-draft.ts'
import { settle } from '../publications/jobs/settle-openings.job.ts'
import { recordEvent } from './actions/record-event.ts'
import { retireItem } from './actions/retire-item.ts'
import { saveItem, saveItemInput } from './actions/save-item.ts'
import { filing } from './filing.ts'
import { itemsAbout } from './items-about.ts'
import { suggestItems } from './suggest-items.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
  registerFiling(filing)
})
afterAll(async () => {
  registerFiling(null)
  await house.leave()
})
beforeEach(() => house.setTime('2026-11-23 10:00'))

const openness = () => house.as(['openness-office'], '何敏', house.at.government)
const add = (level2: string, more: object = {}) =>
  saveItem(
    openness(),
    { siteId: house.at.site.id },
    saveItemInput.parse({
      domain: '供水',
      level1: '水质',
      level2,
      elements: '检测指标、结果',
      ground: '《中华人民共和国政府信息公开条例》',
      limit: '信息形成之日起20个工作日内',
      body: '水利部门',
      channels: ['website'],
      audience: '全社会',
      mode: 'proactive',
      levels: ['county'],
      reason: '本县有供水监测',
      ...more,
    }),
  )
const owed = async (itemId: string, labels: readonly string[]) => {
  for (const label of labels)
    await recordEvent(house.drafter, {
      itemId,
      organId: house.at.department.id,
      happenedOn: '2026-11-20',
      label,
    })
}
const metAt = async (itemId: string) =>
  (
    await house.connection.db
      .selectFrom('duties')
      .select('metAt')
      .where('subjectId', '=', itemId)
      .orderBy('title')
      .execute()
  ).map(duty => duty.metAt)
const under = (publicationId: string) =>
  itemsAbout(house.connection.db, house.at.site.id, publicationId).then(all => all.map(one => one.title))
const offered = (draft: { id: string }, facts: object = {}) =>
  filing.offer(house.drafter, {
    publicationId: draft.id,
    editionId: null,
    siteId: house.at.site.id,
    organId: house.at.department.id,
    title: '水质检测报告',
    keywords: '',
    theme: null,
    columnIds: [],
    ...facts,
  })

describe('what an edition is published under (R-GRS-04)', () => {
  it('publishing meets the duty of the item that was chosen, in the same act, and the act says which', async () => {
    const id = await add('检测报告')
    await owed(id, ['一', '二'])
    const draft = await makeDraft(house.drafter, house.at, { title: '水质检测报告', filedUnder: [id] })
    expect(await under(draft.id)).toEqual([])
    expect(await metAt(id)).toEqual([null, null])
    await review(house, draft)
    expect(await metAt(id)).toContainEqual(house.now())
    expect(await under(draft.id)).toEqual(['水质 · 检测报告'])
    const act = await house.connection.db
      .selectFrom('publishingActs')
      .select('meets')
      .where('publicationId', '=', draft.id)
      .executeTakeFirstOrThrow()
    expect(act.meets).toHaveLength(1)
    // A correction of which nobody said anything else stays there and meets the next
    house.setTime('2026-11-25 10:00')
    await correctPublic(house, draft.id, { title: '水质检测报告（更正）' })
    expect((await metAt(id)).every(one => one !== null)).toBe(true)
  })

  it('a scheduled edition meets when it opens, once, and not before', async () => {
    const id = await add('定时报告')
    await owed(id, ['一', '二'])
    const draft = await makeDraft(house.drafter, house.at, { title: '定时公开的报告', filedUnder: [id] })
    await review(house, draft, '2026-11-24 09:00')
    expect(await under(draft.id)).toEqual([])
    house.setTime('2026-11-24 09:01')
    await settle(house.system)
    await settle(house.system)
    expect((await metAt(id)).filter(one => one !== null)).toEqual([new Date('2026-11-24T01:00:00Z')])
    expect(await under(draft.id)).toEqual(['水质 · 定时报告'])
  })

  it('the reviewer’s choice goes before the drafter’s; what a correction leaves out is taken out when it opens', async () => {
    const [one, two] = [await add('甲'), await add('乙')]
    const draft = await makeDraft(house.drafter, house.at, { title: '改选的报告', filedUnder: [one] })
    await submitDraft(house.drafter, { publicationId: draft.id, revision: draft.revision })
    await reviewDraft(house.reviewer, decisionOn(draft, { filedUnder: [two] }))
    expect(await under(draft.id)).toEqual(['水质 · 乙'])
    await correctPublic(house, draft.id, { filedUnder: [one] }, '2026-11-25 09:00')
    expect(await under(draft.id)).toEqual(['水质 · 乙'])
    house.setTime('2026-11-25 09:01')
    await settle(house.system)
    expect(await under(draft.id)).toEqual(['水质 · 甲'])
  })

  it('an item retired between draft and publishing stops it and is named; taken out, it goes out', async () => {
    const id = await add('要停用的')
    const draft = await makeDraft(house.drafter, house.at, { title: '停用事项的报告', filedUnder: [id] })
    await retireItem(openness(), { itemId: id, revision: 1 }, { reason: '并入别的事项' })
    await expect(review(house, draft)).rejects.toThrow('“水质 · 要停用的”在选定之后停用了（并入别的事项）')
    expect(await under(draft.id)).toEqual([])
    await reviewDraft(house.reviewer, decisionOn(draft, { filedUnder: [] }))
    expect(await under(draft.id)).toEqual([])
  })

  it('one retired while the schedule waits is left out without holding up the opening', async () => {
    const id = await add('等待中停用')
    const draft = await makeDraft(house.drafter, house.at, { title: '等待中的报告', filedUnder: [id] })
    await review(house, draft, '2026-11-24 09:00')
    await retireItem(openness(), { itemId: id, revision: 1 }, { reason: '不再有这项业务' })
    house.setTime('2026-11-24 09:01')
    await settle(house.system)
    expect(await under(draft.id)).toEqual([])
  })

  it('two who publish at once under the same item meet each duty once', async () => {
    const id = await add('同时的')
    await owed(id, ['一'])
    const drafts = await Promise.all(
      ['甲', '乙'].map(title =>
        makeDraft(house.drafter, house.at, { title: `同时公开${title}`, filedUnder: [id] }),
      ),
    )
    await Promise.all(drafts.map(draft => review(house, draft)))
    expect(await metAt(id)).toEqual([house.now()])
    for (const draft of drafts) expect(await under(draft.id)).toEqual(['水质 · 同时的'])
  })

  it('only items of the site’s own catalogue can be chosen; a draft that is thrown away takes its choice along', async () => {
    await expect(
      makeDraft(house.drafter, house.at, {
        title: '别处的事项',
        filedUnder: ['01900000-0000-7000-8000-000000000000'],
      }),
    ).rejects.toThrow('不在本站点的目录里')
    const draft = await makeDraft(house.drafter, house.at, {
      title: '放弃的稿子',
      filedUnder: [await add('放弃的')],
    })
    await discardDraft(house.drafter, draft.id)
    expect(await offered(draft)).not.toContainEqual(expect.objectContaining({ chosen: true }))
  })

  it('offers the likely ones first with the reason, then what the organ owes; what was chosen stays chosen', async () => {
    const id = await add('停水公告', { place: 'notices' })
    const draft = await makeDraft(house.drafter, house.at, { title: '计划停水公告', filedUnder: [id] })
    const choices = await offered(draft, {
      title: '计划停水公告',
      columnIds: [house.at.columns.get('notices') ?? ''],
    })
    expect(choices[0]).toMatchObject({ value: id, suggested: expect.stringContaining('停水') })
    const other = await add('别人的事项', { body: '县政府' })
    expect((await offered(draft)).map(choice => choice.value)).not.toContain(other)
  })
})

describe('suggestItems', () => {
  const item = (id: string, names: object) => ({
    id,
    isOwed: true,
    content: { domain: '', level1: '', level2: '', level3: '', elements: '', place: '', ...names },
  })
  it('goes by column, words, theme and organ, and says why; usual words alone suggest nothing', () => {
    const items = [
      item('低保', { domain: '社会救助', level1: '最低生活保障', level2: '审核信息' }),
      item('预算', { domain: '财政预决算', level1: '部门预算', place: 'budget' }),
      item('通知', { domain: '其他', level1: '工作通知', level2: '公开情况' }),
    ]
    const text = { title: '关于开展最低生活保障工作的通知', keywords: '', theme: null, columnPaths: [] }
    expect(suggestItems(items, text)).toEqual([{ id: '低保', why: '都说到“最低生活保障”，本单位的事项' }])
    expect(
      suggestItems(items, { ...text, title: '公告', columnPaths: ['budget/2026'] }).map(one => one.id),
    ).toEqual(['预算'])
  })
})
