import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#lib/errors'
import { makeDraft } from '../../../../test/make/publication.ts'
import {
  decisionOn,
  documentFacts,
  instant,
  makePublishing,
  makeReviewed,
  type Publishing,
  review,
} from '../../../../test/make/publishing.ts'
import { findDraft } from '../draft-queries.ts'
import { listPublic } from '../list-queries.ts'
import { findPublicView } from '../public-queries.ts'
import { listPublishingActs } from '../publishing-acts.ts'
import { publish } from './publish.ts'
import { reviewDraft } from './review-draft.ts'
import { saveDraft, saveDraftInput } from './save-draft.ts'
import { startEdition } from './start-edition.ts'
import { submitDraft } from './submit-draft.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const rows = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(db())).rows
const viewOf = async (publicId: string, number?: number, segment = 'notices') => {
  const found = await findPublicView(db(), house.now(), {
    siteId: house.at.site.id,
    publicId,
    segment,
    number,
  })
  return found && 'bodyHtml' in found ? found : null
}
const titlesIn = async (columnPath: string) =>
  (
    await listPublic(db(), house.now(), { siteId: house.at.site.id, columnPath }, { page: 1, pageSize: 100 })
  ).rows.map(row => row.title)

/** The form of the draft as it stands, with changes. */
async function formOf(publicationId: string, changes: object) {
  const draft = await findDraft(db(), publicationId)
  if (!draft) throw new Error('no draft')
  return saveDraftInput.parse({ ...draft, publicationId, ...changes })
}

async function correct(publicationId: string, changes: object, publishAt = '') {
  await startEdition(house.drafter, publicationId)
  const { revision } = await saveDraft(house.drafter, await formOf(publicationId, changes))
  return review(house, { id: publicationId, revision }, publishAt)
}

describe('publishing', () => {
  it('from draft to page, list and search in one act, with its clearance (R-EXC-09)', async () => {
    const item = await makeReviewed(house, {
      ...documentFacts('云溪县农村饮水工程管护办法'),
      summary: '管好水',
    })
    const view = await viewOf(item.publicId, undefined, 'policies')
    expect(view).toMatchObject({
      title: '云溪县农村饮水工程管护办法',
      docNo: '云政办发〔2026〕1号',
      number: 1,
      publicFrom: house.now(),
      firstPublicAt: house.now(),
      validity: 'in-force',
      address: `/policies/${item.publicId}`,
    })
    expect(view?.indexNo).toMatch(/^11990000.{10}\/202611-\d{5}$|^yunxi-slj\/202611-\d{5}$/)
    expect(view?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await titlesIn('policies')).toContain('云溪县农村饮水工程管护办法')
    const [trail] = await rows(
      sql`select c.kind, c.opinion, c.given_by, a.act, e.public_from = a.public_at as at_once,
        exists (select from search_entries s where s.edition_id = e.id) as searched,
        exists (select from works w where w.publication_id = e.publication_id) as work,
        exists (select from audit_entries t where t.object_id = e.publication_id::text and t.act = 'publications.published') as audited
      from editions e join clearances c on c.id = e.clearance_id join publishing_acts a on a.edition_id = e.id
      where e.publication_id = ${item.id}`,
    )
    expect(trail).toEqual({
      kind: 'review',
      opinion: '不涉密，可以公开。',
      givenBy: '何敏',
      act: 'published',
      atOnce: true,
      searched: true,
      work: true,
      audited: true,
    })
  })

  it('nothing is public without a clearance, whoever asks the database (R-EXC-09)', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await expect(
      sql`update editions set sealed_at = now(), public_from = now(), digest = 'sha256:0' where publication_id = ${draft.id}`.execute(
        db(),
      ),
    ).rejects.toThrow('editions_sealed_whole')
    await expect(
      sql`update editions set public_from = now() where publication_id = ${draft.id}`.execute(db()),
    ).rejects.toThrow('editions_sealed_whole')
    expect(await viewOf(draft.publicId)).toBeNull()
  })

  it('says everything that is missing at once, and publishes nothing', async () => {
    const draft = await makeDraft(house.drafter, house.at, {
      ...documentFacts('缺项的办法'),
      docNo: '',
      theme: '',
      bodyHtml: '',
    })
    const attempt = submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await expect(attempt).rejects.toThrow('请填写文号。请填写主题分类。请填写正文。')
    await expect(
      publish(
        house.system,
        { publicationId: draft.id, revision: 1 },
        { kind: 'sample', publicAt: house.now() },
      ),
    ).rejects.toThrow('请填写正文。')
  })

  it('publishes the text that was reviewed and no other: a later revision is refused', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    const { revision } = await saveDraft(house.drafter, await formOf(draft.id, { title: '换过的标题' }))
    await expect(reviewDraft(house.reviewer, decisionOn(draft))).rejects.toMatchObject({
      code: 'publications.not-submitted',
    })
    await submitDraft(house.drafter, { publicationId: draft.id, revision })
    await expect(reviewDraft(house.reviewer, decisionOn(draft))).rejects.toMatchObject({
      code: 'publications.draft-changed',
    })
    expect(await viewOf(draft.publicId)).toBeNull()
  })

  it('two reviewers press at the same moment: one publishes, the other is told', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    const other = house.as(['openness-office'], '周敏')
    const done = await Promise.allSettled(
      [house.reviewer, other].map(one => reviewDraft(one, decisionOn(draft))),
    )
    const refused = done.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toEqual([expect.any(Refused)])
    expect(refused[0].code).toBe('publications.no-draft')
    expect(await listPublishingActs(db(), draft.id)).toHaveLength(1)
  })

  it('records the duties that the publication is said to meet', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await publish(
      house.system,
      { publicationId: draft.id, revision: 1 },
      { kind: 'sample', publicAt: house.now() },
      ['R-CATG-01'],
    )
    expect(await rows(sql`select meets from publishing_acts where publication_id = ${draft.id}`)).toEqual([
      { meets: ['R-CATG-01'] },
    ])
  })
})

describe('the publishing time (S-META-04, S-CHK-01)', () => {
  it('cannot lie in the past: not for a reviewer, not for an import', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await expect(
      reviewDraft(house.reviewer, decisionOn(draft, { publishAt: '2026-11-20 09:00' })),
    ).rejects.toMatchObject({ code: 'publications.schedule-past' })
    const past = instant('2020-01-01 09:00')
    await expect(
      publish(
        house.system,
        { publicationId: draft.id, revision: 1, publicAt: past },
        { kind: 'archive-import', run: '2026-11', source: '旧网站' },
      ),
    ).rejects.toMatchObject({ code: 'publications.schedule-past' })
  })

  it('stays what it was when the text is corrected', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await makeReviewed(house)
    house.setTime('2026-11-25 10:00')
    await correct(item.id, { title: '关于停水的更正通知', changeNote: '日期有误' })
    expect(await viewOf(item.publicId)).toMatchObject({
      firstPublicAt: instant('2026-11-23 10:00'),
      sortAt: instant('2026-11-23 10:00'),
      publicFrom: instant('2026-11-25 10:00'),
    })
  })

  it('a day that does not exist is no schedule', () => {
    expect(() =>
      decisionOn({ id: crypto.randomUUID(), revision: 1 }, { publishAt: '2027-02-30 09:00' }),
    ).toThrow('定时发布的时间不存在')
  })
})

describe('a corrected edition', () => {
  it('takes the place of the one before, which stays readable by its number', async () => {
    house.setTime('2026-11-26 10:00')
    const item = await makeReviewed(house, { title: '关于停水的通知', bodyHtml: '<p>明天停水。</p>' })
    await startEdition(house.drafter, item.id)
    expect(await viewOf(item.publicId), 'readers keep the old text until then').toMatchObject({ number: 1 })
    house.setTime('2026-11-26 11:00')
    await expect(review(house, { id: item.id, revision: 1 })).rejects.toThrow('请填写修改说明')
    const { revision } = await saveDraft(
      house.drafter,
      await formOf(item.id, { bodyHtml: '<p>后天停水。</p>', changeNote: '日期有误' }),
    )
    await review(house, { id: item.id, revision })
    const now = await viewOf(item.publicId)
    expect(now).toMatchObject({ number: 2, bodyHtml: '<p>后天停水。</p>', changeNote: '日期有误' })
    expect(now?.editions.map(edition => edition.number)).toEqual([2, 1])
    expect(await viewOf(item.publicId, 1)).toMatchObject({
      bodyHtml: '<p>明天停水。</p>',
      publicUntil: instant('2026-11-26 11:00'),
      indexNo: now?.indexNo,
    })
    expect(await viewOf(item.publicId, 3)).toBeNull()
    expect((await listPublishingActs(db(), item.id)).map(act => act.act)).toEqual(['corrected', 'published'])
  })

  it('moves to its new columns and leaves the old ones', async () => {
    const item = await makeReviewed(house, { title: '换栏目的通知' })
    await correct(item.id, { columnIds: [house.at.columns.get('interpretation')], changeNote: '栏目放错' })
    expect(await titlesIn('notices')).not.toContain('换栏目的通知')
    expect(await titlesIn('interpretation')).toContain('换栏目的通知')
  })
})

describe('a scheduled edition', () => {
  it('is invisible until its instant and visible from it, with no job run in between', async () => {
    house.setTime('2026-11-27 10:00')
    const item = await makeReviewed(house, { title: '定时的通知' }, '2026-11-28 09:00')
    for (const before of ['2026-11-27 10:00', '2026-11-28 08:59']) {
      house.setTime(before)
      expect(await viewOf(item.publicId)).toBeNull()
      expect(await viewOf(item.publicId, 1)).toBeNull()
      expect(await titlesIn('notices')).not.toContain('定时的通知')
    }
    house.setTime('2026-11-28 09:00')
    expect(await viewOf(item.publicId)).toMatchObject({ firstPublicAt: instant('2026-11-28 09:00') })
    expect(await titlesIn('notices')).toContain('定时的通知')
  })

  it('as a correction: the old text until the instant, the new one from it', async () => {
    house.setTime('2026-11-27 10:00')
    const item = await makeReviewed(house, { bodyHtml: '<p>旧。</p>' })
    await correct(item.id, { bodyHtml: '<p>新。</p>', changeNote: '更新' }, '2026-11-28 09:00')
    house.setTime('2026-11-28 08:59')
    expect(await viewOf(item.publicId)).toMatchObject({ bodyHtml: '<p>旧。</p>' })
    expect((await viewOf(item.publicId))?.editions).toHaveLength(1)
    house.setTime('2026-11-28 09:00')
    expect(await viewOf(item.publicId)).toMatchObject({ bodyHtml: '<p>新。</p>' })
    expect((await viewOf(item.publicId))?.editions).toHaveLength(2)
  })

  it('overtaken by one that is published at once never opens', async () => {
    house.setTime('2026-11-27 10:00')
    const item = await makeReviewed(house, { bodyHtml: '<p>定时。</p>' }, '2026-11-29 09:00')
    // Nothing was public yet, so nothing has to be explained
    await correct(item.id, { bodyHtml: '<p>提前。</p>' })
    expect(await viewOf(item.publicId)).toMatchObject({
      bodyHtml: '<p>提前。</p>',
      firstPublicAt: house.now(),
    })
    house.setTime('2026-11-30 09:00')
    expect(await viewOf(item.publicId)).toMatchObject({ bodyHtml: '<p>提前。</p>' })
    expect((await viewOf(item.publicId))?.editions).toHaveLength(1)
  })
})
