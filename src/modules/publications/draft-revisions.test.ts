import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { inventedIdentity } from '../../../test/make/invented-numbers.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../test/make/publishing-desk.ts'
import { findingKey } from '../personal-data/actions/decide-findings.ts'
import { findingsOf } from '../personal-data/check-queries.ts'
import { beatSection, openSection, saveSection } from './actions/edit-section.ts'
import { maskFindings, maskFindingsInput } from './actions/mask-findings.ts'
import { restoreRevision } from './actions/restore-revision.ts'
import { saveDraft, saveDraftInput } from './actions/save-draft.ts'
import { submitDraft } from './actions/submit-draft.ts'
import { whoWrote } from './blame.ts'
import { findDraft } from './draft-queries.ts'
import { findRevision, listRevisions, type RevisionWay, textsOfDraft } from './draft-revisions.ts'
import { printOf, sectionsOf } from './sections.ts'

let desk: PublishingDesk
beforeAll(async () => {
  desk = await makePublishingDesk()
})
afterAll(() => desk.leave())

const db = () => desk.house.connection.db
const two = '<h2>一、目标</h2>\n<p>建成水厂。</p>\n<h2>二、任务</h2>\n<p>铺设管网。</p>'
const draftWith = (bodyHtml: string) => makeDraft(desk.drafter, desk.house.at, { bodyHtml })
const draftOf = async (id: string) => {
  const draft = await findDraft(db(), id)
  if (!draft) throw new Error('no draft')
  return draft
}
const save = async (ctx: DeskContext, id: string, changes: object, way: RevisionWay = 'typed') =>
  saveDraft(ctx, saveDraftInput.parse({ ...(await draftOf(id)), publicationId: id, ...changes }), way)
const ways = async (id: string) => (await listRevisions(db(), id)).map(one => one.way).reverse()

describe('revisions of a draft', () => {
  it('every state is kept, the one it was begun with too, with who and how', async () => {
    const { id } = await draftWith('<p>明天停水。</p>')
    await save(desk.drafter, id, { bodyHtml: '<p>后天停水。</p>' })
    await save(desk.colleague, id, { bodyHtml: '<p>大后天停水。</p>' })
    const list = await listRevisions(db(), id)
    expect(list.map(one => [one.number, one.way, one.savedBy])).toEqual([
      [3, 'typed', '陈立'],
      [2, 'typed', '林晓'],
      [1, 'begun', '林晓'],
    ])
    expect((await findRevision(db(), id, list[2]?.id ?? ''))?.bodyHtml).toBe('<p>明天停水。</p>')
  })

  it('autosaves of one person within a short while are one revision', async () => {
    const { id } = await draftWith('<p>一。</p>')
    for (const text of ['一二', '一二三', '一二三四'])
      await save(desk.drafter, id, { bodyHtml: `<p>${text}。</p>` }, 'autosave')
    await save(desk.colleague, id, { bodyHtml: '<p>五。</p>' }, 'autosave')
    expect(await ways(id)).toEqual(['begun', 'autosave', 'autosave'])
    expect((await textsOfDraft(db(), (await draftOf(id)).id)).map(one => one.bodyHtml)).toEqual([
      '<p>一。</p>',
      '<p>一二三四。</p>',
      '<p>五。</p>',
    ])
  })

  it('an autosave never takes a draft back from review', async () => {
    const draft = await draftWith('<p>停水。</p>')
    await submitDraft(desk.drafter, { publicationId: draft.id, revision: draft.revision })
    await expect(save(desk.drafter, draft.id, { title: '改' }, 'autosave')).rejects.toMatchObject({
      code: 'publications.submitted',
    })
    expect((await draftOf(draft.id)).submittedAt).not.toBeNull()
  })

  it('an older one is restored as a new one, and undone the same way', async () => {
    const { id } = await draftWith('<p>甲。</p>')
    await save(desk.drafter, id, { bodyHtml: '<p>乙。</p>', title: '改过的标题' })
    const [newest, first] = await listRevisions(db(), id)
    await restoreRevision(desk.colleague, { publicationId: id, revisionId: first?.id ?? '' })
    expect(await draftOf(id)).toMatchObject({ bodyHtml: '<p>甲。</p>', editedBy: '陈立' })
    await restoreRevision(desk.colleague, { publicationId: id, revisionId: newest?.id ?? '' })
    expect(await draftOf(id)).toMatchObject({ bodyHtml: '<p>乙。</p>', title: '改过的标题' })
    expect(await ways(id)).toEqual(['begun', 'typed', 'restored', 'restored'])
  })

  it('can be neither deleted nor written anew, behind the system’s back either', async () => {
    const { id } = await draftWith('<p>甲。</p>')
    await save(desk.drafter, id, { bodyHtml: '<p>乙。</p>' })
    await expect(
      sql`update draft_revisions set body_html = '' where publication_id = ${id}`.execute(db()),
    ).rejects.toThrow(/never changed/)
    await expect(
      sql`delete from draft_revisions where publication_id = ${id}`.execute(db()),
    ).rejects.toThrow()
  })

  it('what was masked survives in none of them, however it was written there (S-PII-08)', async () => {
    const number = inventedIdentity(7)
    const spaced = `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`
    const draft = await draftWith(`<p>张某，身份证号：${spaced}。</p>`)
    await save(desk.drafter, draft.id, {
      bodyHtml: `<p>张某，身份证号：${number}。</p>`,
      summary: `身份证号：${number}`,
    })
    const { revision, id: editionId } = await draftOf(draft.id)
    await submitDraft(desk.drafter, { publicationId: draft.id, revision }).catch(() => null)
    await maskFindings(
      desk.drafter,
      maskFindingsInput.parse({
        publicationId: draft.id,
        findings: (await findingsOf(db(), editionId)).map(findingKey),
      }),
    )
    const { rows } = await sql`select title, body_html, fields from draft_revisions`.execute(db())
    expect(JSON.stringify(rows)).not.toContain(number)
    expect(JSON.stringify(rows)).not.toContain(spaced)
    expect(await ways(draft.id)).toEqual(['begun', 'typed', 'masked'])
  })
})

describe('谁写的', () => {
  const at = new Date('2026-11-23T01:00:00Z')
  const by = (savedBy: string, bodyHtml: string) => ({ savedBy, savedAt: at, bodyHtml })
  it('every paragraph is whose who last changed it, and remembers whose it was', () => {
    expect(
      whoWrote([
        by('甲', '<p>一</p><p>二</p>'),
        by('乙', '<p>一</p><p>二改</p><p>三</p>'),
        by('丙', '<p>零</p><p>一</p><p>二改</p><p>三</p>'),
      ]).map(one => [one.text, one.by, one.before]),
    ).toEqual([
      ['零', '丙', []],
      ['一', '甲', []],
      ['二改', '乙', ['甲']],
      ['三', '乙', []],
    ])
  })
})

describe('sections and their locks', () => {
  const partOf = async (id: string, at: number) => {
    const section = sectionsOf((await draftOf(id)).bodyHtml)[at]
    if (!section) throw new Error('no section')
    return { publicationId: id, section: section.key, base: printOf(section.html) }
  }

  it('every sign of a body is in exactly one section', () => {
    for (const html of [two, `<p>各乡镇：</p>${two}`, '<p>一段</p>', '', `${two}<h2>二、任务</h2>`])
      expect(
        sectionsOf(html)
          .map(one => one.html)
          .join(''),
      ).toBe(html)
    expect(new Set(sectionsOf(`${two}<h2>二、任务</h2>`).map(one => one.key)).size).toBe(3)
  })

  it('two officers at once in two sections both succeed', async () => {
    const { id } = await draftWith(two)
    const [mine, theirs] = [await partOf(id, 0), await partOf(id, 1)]
    expect((await openSection(desk.drafter, { ...mine, over: false })).staffName).toBe('林晓')
    expect((await openSection(desk.colleague, { ...theirs, over: false })).staffName).toBe('陈立')
    const done = await Promise.all([
      saveSection(desk.drafter, { ...mine, bodyHtml: '<h2>一、目标</h2><p>建成两座水厂。</p>' }),
      saveSection(desk.colleague, { ...theirs, bodyHtml: '<h2>二、任务</h2><p>铺设主管网。</p>' }),
    ])
    expect(done.map(one => one.outcome)).toEqual(['saved', 'saved'])
    expect((await draftOf(id)).bodyHtml).toBe(
      '<h2>一、目标</h2><p>建成两座水厂。</p>\n<h2>二、任务</h2><p>铺设主管网。</p>',
    )
  })

  it('the second at one section is told who has it; taken over, the first keeps what he typed', async () => {
    const { id } = await draftWith(two)
    const part = await partOf(id, 0)
    await openSection(desk.drafter, { ...part, over: false })
    expect((await openSection(desk.colleague, { ...part, over: false })).staffName).toBe('林晓')
    expect(await beatSection(desk.drafter, part)).toEqual({ held: true })
    await openSection(desk.colleague, { ...part, over: true })
    expect(await beatSection(desk.drafter, part)).toEqual({ held: false, by: '陈立' })
    const kept = await saveSection(desk.drafter, { ...part, bodyHtml: '<h2>一、目标</h2><p>我写的。</p>' })
    expect(kept).toMatchObject({ outcome: 'kept', why: 'taken', by: '陈立' })
    const [last] = await listRevisions(db(), id)
    expect(last?.way).toBe('taken-over')
    expect((await findRevision(db(), id, last?.id ?? ''))?.bodyHtml).toContain('我写的。')
    expect((await draftOf(id)).bodyHtml).toBe(two)
    const saved = await saveSection(desk.colleague, { ...part, bodyHtml: '<h2>一、目标</h2><p>他写的。</p>' })
    expect(saved.outcome).toBe('saved')
  })

  it('a section that was changed as part of the whole meanwhile is not overwritten', async () => {
    const { id } = await draftWith(two)
    const part = await partOf(id, 1)
    await openSection(desk.drafter, { ...part, over: false })
    await save(desk.colleague, id, { bodyHtml: two.replace('铺设', '改造') })
    expect(await saveSection(desk.drafter, { ...part, bodyHtml: '<h2>二、任务</h2>' })).toMatchObject({
      outcome: 'kept',
      why: 'changed',
    })
    expect((await draftOf(id)).bodyHtml).toContain('改造管网')
  })
})
