import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import { makeDraft } from '../../../test/make/publication.ts'
import { instant } from '../../../test/make/publishing.ts'
import { arrangeSections } from './actions/arrange-sections.ts'
import { closeTopic } from './actions/close-topic.ts'
import { discardTopic } from './actions/discard-topic.ts'
import { openTopic } from './actions/open-topic.ts'
import { pickPublication } from './actions/pick-publication.ts'
import { saveTopic, saveTopicInput } from './actions/save-topic.ts'
import { gatherAll, topicItems, topicsOf } from './gather.ts'
import { findTopic, listSections, listTopics } from './queries.ts'
import { makeTopics, type Topics } from './topics-for-tests.ts'

let at: Topics
beforeAll(async () => {
  at = await makeTopics()
})
afterAll(() => at.house.leave())

const titles = async (topicId: string) =>
  (await gatherAll(at.db, at.house.now(), at.siteId, await listSections(at.db, [topicId]))).map(one =>
    one.items.map(item => item.title),
  )

describe('what a section gathers', () => {
  it('picked items first and in their order, then what the rule finds, the newest first', async () => {
    const [a, b, c, d] = [
      await at.notice('甲处停气的公告', {}, instant('2026-11-01 09:00')),
      await at.notice('乙处停气的公告', {}, instant('2026-11-02 09:00')),
      await at.notice('丙处停气的公告', {}, instant('2026-11-03 09:00')),
      await at.notice('丁处停气的公告', {}, instant('2026-11-04 09:00')),
    ]
    const topicId = await at.topic('gas')
    const sectionId = await at.section(topicId, { q: '停气', kind: 'notice', shown: '3' })
    expect(await titles(topicId)).toEqual([['丁处停气的公告', '丙处停气的公告', '乙处停气的公告']])

    await at.pick(topicId, { sectionId, publicationId: a.id, how: 'in' })
    await at.pick(topicId, { sectionId, publicationId: b.id, how: 'in' })
    await at.pick(topicId, { sectionId, publicationId: d.id, how: 'out' })
    expect(await titles(topicId)).toEqual([['甲处停气的公告', '乙处停气的公告', '丙处停气的公告']])
    await at.pick(topicId, { sectionId, publicationId: b.id, how: 'up' })
    expect(await titles(topicId)).toEqual([['乙处停气的公告', '甲处停气的公告', '丙处停气的公告']])
    await at.pick(topicId, { sectionId, publicationId: b.id, how: 'back' })
    await at.pick(topicId, { sectionId, publicationId: d.id, how: 'back' })
    expect(await titles(topicId)).toEqual([['甲处停气的公告', '丁处停气的公告', '丙处停气的公告']])
    const [gathered] = await gatherAll(at.db, at.house.now(), at.siteId, await listSections(at.db, [topicId]))
    expect(gathered?.more).toMatchObject({ total: 4 })

    await at.open(topicId)
    expect((await topicItems(at.db, at.house.now(), topicId)).map(item => item.title[0])).toEqual([
      '丁',
      '丙',
      '乙',
      '甲',
    ])
    for (const item of [a, c])
      expect(await topicsOf(at.db, at.house.now(), at.siteId, item.id)).toEqual([
        { name: '专题 gas', address: '/topics/gas' },
      ])
  })

  it('only what is public: no draft, no schedule, nothing withdrawn, and picks go with the item', async () => {
    const shown = await at.notice('戊处修路的公告')
    const leaving = await at.notice('己处修路的公告')
    const draft = await makeDraft(at.house.drafter, at.house.at, { title: '庚处修路的公告' })
    const later = await at.notice('辛处修路的公告', {}, instant('2026-12-01 09:00'))
    const topicId = await at.topic('roads')
    const sectionId = await at.section(topicId, { q: '修路' })
    await at.pick(topicId, { sectionId, publicationId: leaving.id, how: 'in' })
    expect(await titles(topicId)).toEqual([['己处修路的公告', '戊处修路的公告']])
    for (const hidden of [draft, later])
      await expect(
        at.pick(topicId, { sectionId, publicationId: hidden.id, how: 'in' }),
      ).rejects.toMatchObject({ code: 'topics.not-public' })

    await takeDown(at.house.system, {
      publicationId: leaving.id,
      how: 'withdrawn',
      reason: '有误',
      to: '',
    })
    expect(await titles(topicId)).toEqual([['戊处修路的公告']])
    expect(await topicsOf(at.db, at.house.now(), at.siteId, leaving.id)).toEqual([])
    // The officer can still take it off the list
    await at.pick(topicId, { sectionId, publicationId: leaving.id, how: 'back' })
    expect((await listSections(at.db, [topicId]))[0]?.picks).toEqual([])
    expect(await topicsOf(at.db, at.house.now(), at.siteId, shown.id)).toEqual([])
    expect(await topicItems(at.db, at.house.now(), topicId)).toEqual([])
  })

  it('an item that a section keeps out does not name the topic', async () => {
    const item = await at.notice('壬处清淤的公告')
    const topicId = await at.topic('dredging')
    const sectionId = await at.section(topicId, { q: '清淤' })
    await at.notice('癸处清淤的公告')
    await at.open(topicId)
    expect(await topicsOf(at.db, at.house.now(), at.siteId, item.id)).toHaveLength(1)
    await at.pick(topicId, { sectionId, publicationId: item.id, how: 'out' })
    expect(await topicsOf(at.db, at.house.now(), at.siteId, item.id)).toEqual([])
  })
})

describe('the life of a topic', () => {
  it('S-UPD-05: opens only with something in it; S-DOM-04: what was public stays at its address', async () => {
    const topicId = await at.topic('life')
    await expect(at.open(topicId)).rejects.toMatchObject({ code: 'topics.empty' })
    await at.notice('丑处植树的公告')
    await at.section(topicId, { q: '植树' })
    await at.open(topicId)
    await expect(at.open(topicId)).rejects.toMatchObject({ code: 'topics.open-already' })
    await expect(discardTopic(at.editor, await at.seen(topicId))).rejects.toMatchObject({
      code: 'topics.was-public',
    })
    const other = saveTopicInput.parse({
      name: '植树',
      key: 'trees',
      summary: '关于植树的一切都在这里。',
    })
    await expect(saveTopic(at.editor, await at.seen(topicId), other)).rejects.toMatchObject({
      code: 'topics.address-stays',
    })
    await closeTopic(at.editor, await at.seen(topicId), { closingNote: '植树季结束了。' })
    expect(await findTopic(at.db, { id: topicId })).toMatchObject({
      state: 'closed',
      closingNote: '植树季结束了。',
    })
    await openTopic(at.editor, await at.seen(topicId))
    expect(await findTopic(at.db, { id: topicId })).toMatchObject({ state: 'public', closingNote: '' })
  })

  it('one that never was public may be thrown away, with its sections', async () => {
    const topicId = await at.topic('never')
    await at.section(topicId, { q: '水' })
    await discardTopic(at.editor, await at.seen(topicId))
    expect(await findTopic(at.db, { id: topicId })).toBeNull()
    expect(await listSections(at.db, [topicId])).toEqual([])
  })

  it('two topics of a site do not share an address; the same form makes one', async () => {
    const formKey = crypto.randomUUID()
    const id = await at.topic('shared', { formKey })
    expect(await at.topic('shared', { formKey })).toBe(id)
    await expect(at.topic('shared')).rejects.toMatchObject({ code: 'topics.address-taken' })
  })

  it('every change is in the audit trail, with who made it', async () => {
    const topicId = await at.topic('trail')
    await at.section(topicId, { q: '水' })
    const { rows } = await sql<{ act: string; actor: string }>`
      select act, actor from audit_entries t join audit_seals s on s.entry_id = t.id
      where object_id = ${topicId} order by s.position`.execute(at.db)
    expect(rows).toEqual([
      { act: 'topics.topic-created', actor: '何敏' },
      { act: 'topics.section-saved', actor: '何敏' },
    ])
  })
})

describe('sections', () => {
  it('go up and down and away', async () => {
    const topicId = await at.topic('order')
    const ids: string[] = []
    for (const title of ['一', '二', '三']) ids.push(await at.section(topicId, { title }))
    const order = async () => (await listSections(at.db, [topicId])).map(section => section.title).join('')
    const arrange = async (index: number, to: 'up' | 'down' | 'away') =>
      arrangeSections(at.editor, await at.seen(topicId), { sectionId: ids[index] ?? '', to })
    await arrange(2, 'up')
    expect(await order()).toBe('一三二')
    await arrange(0, 'down')
    expect(await order()).toBe('三一二')
    await arrange(0, 'away')
    expect(await order()).toBe('三二')
  })
})

describe('who and when', () => {
  it('a second officer who saw an older revision is told, and nothing is done', async () => {
    const topicId = await at.topic('two')
    const both = await at.seen(topicId)
    await at.section(topicId, { title: '先到的' })
    const sectionId = (await listSections(at.db, [topicId]))[0]?.id ?? ''
    await expect(arrangeSections(at.editor, both, { sectionId, to: 'away' })).rejects.toMatchObject({
      code: 'topics.changed-meanwhile',
      message: expect.stringContaining('何敏'),
    })
    expect(await listSections(at.db, [topicId])).toHaveLength(1)
  })

  it('drafters and other organs do not; the general office prepares, and does not open', async () => {
    const topicId = await at.topic('who')
    await at.notice('寅处义诊的公告')
    const sectionId = await at.section(topicId, { q: '义诊' })
    const seen = await at.seen(topicId)
    const pick = { sectionId, publicationId: crypto.randomUUID(), how: 'back' } as const
    for (const outsider of [at.house.drafter, at.house.as(['openness-office'], '外单位')])
      await expect(pickPublication(outsider, seen, pick)).rejects.toMatchObject({ status: 403 })
    const office = at.house.as(['general-office'], '林嘉卉', at.house.at.government)
    await pickPublication(office, seen, pick)
    await expect(openTopic(office, await at.seen(topicId))).rejects.toMatchObject({ status: 403 })
    const states = (await listTopics(at.db, { siteId: at.siteId, states: ['draft'] })).map(one => one.key)
    expect(states).toContain('who')
  })
})
