import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDraft } from '../../../../test/make/publication.ts'
import {
  documentFacts,
  instant,
  makePublishing,
  makeReviewed,
  type Publishing,
  review,
} from '../../../../test/make/publishing.ts'
import { findDraft } from '../draft-queries.ts'
import { relationsOf } from '../draft-relations.ts'
import { listPlacements } from '../placement-queries.ts'
import { findPublicView, nextBoundary } from '../public-queries.ts'
import { listPublishingActs } from '../publishing-acts.ts'
import { cancelSchedule } from './cancel-schedule.ts'
import { saveDraft, saveDraftInput } from './save-draft.ts'
import { startEdition } from './start-edition.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const find = (publicId: string, segment = 'notices') =>
  findPublicView(db(), house.now(), { siteId: house.at.site.id, publicId, segment })

/** A public item with a correction that opens on 25 November. */
async function withScheduledCorrection(facts: object = {}) {
  const item = await makeReviewed(house, { bodyHtml: '<p>旧。</p>', ...facts })
  await startEdition(house.drafter, item.id)
  const draft = await findDraft(db(), item.id)
  const form = { ...draft, publicationId: item.id, bodyHtml: '<p>新。</p>', changeNote: '更新' }
  const { revision } = await saveDraft(house.drafter, saveDraftInput.parse(form))
  await review(house, { id: item.id, revision }, '2026-11-25 09:00')
  return item
}

describe('cancelling a schedule', () => {
  it('of a first edition: it never opens, and its text is a draft again', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await makeReviewed(
      house,
      documentFacts('定时的办法', { repeals: '云政办发〔2020〕7号 《旧办法》 @ 2027-01-01' }),
      '2026-11-25 09:00',
    )
    await cancelSchedule(house.reviewer, item.id)
    house.setTime('2026-11-26 10:00')
    expect(await find(item.publicId, 'policies')).toBeNull()
    expect(await listPlacements(db(), item.id)).toEqual([])
    const draft = await findDraft(db(), item.id)
    expect(draft).toMatchObject({ title: '定时的办法', number: 2, columnIds: [expect.any(String)] })
    expect((await relationsOf(db(), draft?.id ?? '')).effects).toMatchObject([
      { line: { docNo: '云政办发〔2020〕7号', from: '2027-01-01' } },
    ])
    const acts = await listPublishingActs(db(), item.id)
    expect(acts.map(act => act.act).sort()).toEqual(['scheduled', 'unscheduled'])
  })

  it('the draft can go out after all: its publishing time is then, not the time of the schedule (S-META-04)', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await makeReviewed(house, {}, '2026-11-25 09:00')
    await cancelSchedule(house.reviewer, item.id)
    house.setTime('2026-11-27 10:00')
    await review(house, { id: item.id, revision: 1 })
    expect(await find(item.publicId)).toMatchObject({
      number: 2,
      firstPublicAt: instant('2026-11-27 10:00'),
      editions: [{ number: 2 }],
    })
  })

  it('makes nobody the writer who is not: who wrote it still may not clear it (R-EXC-13)', async () => {
    house.setTime('2026-11-28 10:00')
    const item = await makeReviewed(house, {}, '2026-11-29 09:00')
    await cancelSchedule(house.reviewer, item.id)
    const writer = house.drafter.actor.kind === 'staff' ? house.drafter.actor.id : ''
    expect(await findDraft(db(), item.id)).toMatchObject({ editedBy: '林晓', editedById: writer })
  })

  it('of a correction: the edition that is open stays open', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await withScheduledCorrection()
    expect(await nextBoundary(db(), house.now())).toEqual(instant('2026-11-25 09:00'))
    await cancelSchedule(house.reviewer, item.id)
    house.setTime('2026-11-26 10:00')
    expect(await find(item.publicId)).toMatchObject({ bodyHtml: '<p>旧。</p>', publicUntil: null })
    expect(await findDraft(db(), item.id)).toMatchObject({ bodyHtml: '<p>新。</p>', number: 3 })
  })

  it('gives the open edition its own last day back', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await withScheduledCorrection({ shownUntil: '2026-11-30' })
    await cancelSchedule(house.reviewer, item.id)
    expect(await find(item.publicId)).toMatchObject({ publicUntil: instant('2026-12-01 00:00') })
  })

  it('is refused once it is open, where nothing is scheduled, and while another draft waits', async () => {
    house.setTime('2026-11-23 10:00')
    const item = await makeReviewed(house, {}, '2026-11-25 09:00')
    await startEdition(house.drafter, item.id)
    await expect(cancelSchedule(house.reviewer, item.id)).rejects.toMatchObject({
      code: 'publications.draft-waits',
    })
    await expect(cancelSchedule(house.drafter, item.id)).rejects.toMatchObject({ status: 403 })
    house.setTime('2026-11-25 09:00')
    await expect(cancelSchedule(house.reviewer, item.id)).rejects.toMatchObject({
      code: 'publications.not-scheduled',
    })
    const draft = await makeDraft(house.drafter, house.at)
    await expect(cancelSchedule(house.reviewer, draft.id)).rejects.toMatchObject({
      code: 'publications.not-scheduled',
    })
  })
})
