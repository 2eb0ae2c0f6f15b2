import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctPublic } from '../../../test/make/corrected.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import { decisionOn, makePublishing, makeReviewed, type Publishing } from '../../../test/make/publishing.ts'
import { cancelSchedule } from './actions/cancel-schedule.ts'
import { publish } from './actions/publish.ts'
import { reviewDraft } from './actions/review-draft.ts'
import { saveDraft, saveDraftInput } from './actions/save-draft.ts'
import { startEdition } from './actions/start-edition.ts'
import { startPublicationInput } from './actions/start-publication.ts'
import { submitDraft } from './actions/submit-draft.ts'
import { takeDown } from './actions/take-down.ts'
import { refuseNamedTimes, timeNamedIn } from './backdating.ts'
import { findDraft } from './draft-queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const refusals = async () =>
  (
    await sql<{ actor: string; sentence: string; objectId: string | null }>`
      select actor, sentence, object_id from audit_entries where act = 'publications.backdating-refused'
        and outcome = 'refused' order by at, id`.execute(db())
  ).rows
const timesOf = async (id: string) => {
  const { rows } = await sql<{ firstPublicAt: Date | null; sortAt: Date | null }>`
    select first_public_at, sort_at from publications where id = ${id}`.execute(db())
  return rows[0]
}

describe('S-META-04: the publishing time cannot be set, by no interface', () => {
  it('S-META-04, the review form: a schedule in the past is refused, and on record although the act was undone', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await expect(
      reviewDraft(house.reviewer, decisionOn(draft, { publishAt: '2020-01-01 09:00' })),
    ).rejects.toMatchObject({ code: 'publications.schedule-past' })
    expect(await refusals()).toMatchObject([
      { actor: '何敏', sentence: expect.stringContaining('2020-01-01 09:00'), objectId: draft.id },
    ])
    expect(await timesOf(draft.id)).toEqual({ firstPublicAt: null, sortAt: null })
  })

  it('S-META-04, the act of publishing: a past moment is refused, whoever calls it', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    const before = (await refusals()).length
    const publicAt = new Date('2020-01-01T01:00:00Z')
    for (const clearance of [
      { kind: 'review', opinion: '可以公开' },
      { kind: 'archive-import', run: '1', source: '旧网站' },
    ] as const)
      await expect(
        publish(house.system, { publicationId: draft.id, revision: 1, publicAt }, clearance),
      ).rejects.toMatchObject({ code: 'publications.schedule-past' })
    expect((await refusals()).length).toBe(before + 2)
  })

  it('S-META-04, forms and JSON made by hand: a field that names the time is refused and on record', async () => {
    for (const given of [
      { title: '通知', publicAt: '2020-01-01' },
      { document: { texts: [{ 'first-public-at': '2020-01-01' }] } },
      { 'fields.PubDate': '2020-01-01' },
      { sort_at: '2020-01-01' },
    ]) {
      const before = (await refusals()).length
      await expect(refuseNamedTimes(house.drafter, given, '/publications/new')).rejects.toMatchObject({
        code: 'publications.backdating-refused',
        status: 400,
      })
      const all = await refusals()
      expect(all.length).toBe(before + 1)
      expect(all.filter(one => one.actor === '林晓').at(-1)?.sentence).toContain('/publications/new')
    }
    expect(timeNamedIn({ publishAt: '2026-12-01 09:00', signedOn: '2020-01-01', shownUntil: '' })).toBeNull()
  })

  it('S-META-04, the acts of the editor: what they take has no such field', async () => {
    const form = { publicAt: '2020-01-01', firstPublicAt: '2020-01-01', sortAt: '2020-01-01', archive: true }
    const draft = await makeDraft(house.drafter, house.at)
    const row = await findDraft(db(), draft.id)
    const saved = saveDraftInput.parse({ ...row, publicationId: draft.id, ...form })
    for (const name of Object.keys(form)) expect(saved).not.toHaveProperty(name)
    for (const name of Object.keys(form)) expect(Object.keys(startPublicationInput.shape)).not.toContain(name)
  })

  it('S-META-04, the database: a moment that has passed is never moved', async () => {
    const item = await makeReviewed(house)
    for (const change of [
      sql`first_public_at = first_public_at - interval '1 day'`,
      sql`first_public_at = null`,
      sql`archive = true`,
      sql`source_published_on = '2001-01-01'`,
      sql`created_at = created_at - interval '1 day'`,
    ])
      await expect(
        sql`update publications set ${change} where id = ${item.id}`.execute(db()),
      ).rejects.toThrow('never')
    // A schedule that has passed, emptied behind the back of the acts
    const waiting = await makeReviewed(house, { title: '定时的' }, '2026-11-23T11:00')
    house.setTime('2026-11-23 12:00')
    await makeReviewed(house, { title: '后来的' })
    await sql`update editions set public_until = public_from where publication_id = ${waiting.id}`.execute(
      db(),
    )
    await expect(
      sql`update publications set first_public_at = null where id = ${waiting.id}`.execute(db()),
    ).rejects.toThrow('never moved')
    house.setTime('2026-11-23 10:00')
  })

  it('S-META-04: no sequence of edits, corrections, schedules and take-downs moves it', async () => {
    const steps = fc.array(fc.constantFrom('edit', 'correct', 'schedule', 'cancel', 'wait', 'take-down'), {
      minLength: 2,
      maxLength: 6,
    })
    const office = house.as(['openness-office'], '何敏')
    await fc.assert(
      fc.asyncProperty(steps, async todo => {
        let minute = 0
        const at = () =>
          `2026-11-24 ${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        house.setTime(at())
        const item = await makeReviewed(house, { title: '一个通知' })
        const first = await timesOf(item.id)
        for (const step of todo) {
          minute += 5
          house.setTime(at())
          const act = async () => {
            if (step === 'edit') {
              await startEdition(house.drafter, item.id)
              const draft = await findDraft(db(), item.id)
              await saveDraft(
                house.drafter,
                saveDraftInput.parse({ ...draft, publicationId: item.id, signedOn: '2001-01-01' }),
              )
            }
            if (step === 'correct')
              await correctPublic(house, item.id, { title: `改于 ${at()}`, signedOn: '2001-01-01' })
            if (step === 'schedule')
              await correctPublic(house, item.id, { title: `定于 ${at()}` }, '2026-11-24 20:00')
            if (step === 'cancel') await cancelSchedule(office, item.id)
            if (step === 'take-down')
              await takeDown(office, { publicationId: item.id, how: 'withdrawn', reason: '不再需要', to: '' })
          }
          // What is not open to do just now is refused, and moves nothing either
          await act().catch(error => expect(error).toHaveProperty('code'))
          expect(await timesOf(item.id)).toEqual(first)
        }
      }),
      { numRuns: 8 },
    )
  }, 60_000)
})
