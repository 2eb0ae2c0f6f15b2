import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { makeDraft } from '../../../../test/make/publication.ts'
import {
  decisionOn,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../../test/make/publishing.ts'
import { findDraft, listEditions } from '../draft-queries.ts'
import { listReviewSteps } from '../review-steps.ts'
import { discardDraft } from './discard-draft.ts'
import { reviewDraft, reviewInput } from './review-draft.ts'
import { saveDraft, saveDraftInput } from './save-draft.ts'
import { startEdition } from './start-edition.ts'
import { submitDraft } from './submit-draft.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
const form = async (id: string, changes: object) =>
  saveDraftInput.parse({ ...(await findDraft(db(), id)), publicationId: id, ...changes })

describe('beginning a publication', () => {
  it('a double click begins one, however often it is pressed at once', async () => {
    const formKey = uuidv7()
    // More than the pool has connections: nobody may wait for a second one while holding the first
    const made = await Promise.all(
      Array.from({ length: 30 }, () => makeDraft(house.drafter, house.at, { formKey, title: '连点' })),
    )
    expect(new Set(made.map(one => one.id)).size).toBe(1)
    const { rows } = await sql`select 1 from editions where title = '连点'`.execute(db())
    expect(rows).toHaveLength(1)
  })

  it('is for those who draft in that organ', async () => {
    const elsewhere = house.as(['drafter'], '外单位', house.at.government)
    await expect(makeDraft(elsewhere, house.at)).rejects.toMatchObject({ status: 403 })
  })
})

describe('two officers editing one draft', () => {
  it('the second is told who saved, and nothing of the first is lost', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    const colleague = house.as(['drafter'], '陈立')
    const both = [await form(draft.id, { title: '甲的标题' }), await form(draft.id, { title: '乙的标题' })]
    await saveDraft(house.drafter, both[0] as (typeof both)[0])
    await expect(saveDraft(colleague, both[1] as (typeof both)[0])).rejects.toMatchObject({
      code: 'publications.edited-meanwhile',
      message: expect.stringContaining('林晓'),
    })
    expect(await findDraft(db(), draft.id)).toMatchObject({
      title: '甲的标题',
      revision: 2,
      editedBy: '林晓',
    })
  })

  it('saving at the same instant: exactly one wins each round', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    for (let round = 1; round <= 5; round++) {
      const inputs = await Promise.all([1, 2, 3, 4].map(n => form(draft.id, { title: `第 ${round}-${n}` })))
      const done = await Promise.allSettled(inputs.map(input => saveDraft(house.drafter, input)))
      expect(done.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    }
    expect(await findDraft(db(), draft.id)).toMatchObject({ revision: 6 })
  })
})

describe('review (R-EXC-09, R-EXC-13)', () => {
  const both = () => house.as(['drafter', 'openness-office'], '何敏')

  it('nobody clears what he himself wrote last', async () => {
    const writer = both()
    const draft = await makeDraft(writer, house.at)
    await submitDraft(writer, { publicationId: draft.id, revision: 1 })
    await expect(reviewDraft(writer, decisionOn(draft))).rejects.toMatchObject({
      code: 'publications.may-not-review',
    })
    await expect(reviewDraft(house.reviewer, decisionOn(draft))).resolves.toBe('published')
  })

  it('nor what he corrected in somebody else’s draft', async () => {
    const editor = both()
    const draft = await makeDraft(house.drafter, house.at)
    const { revision } = await saveDraft(editor, await form(draft.id, { title: '代改的标题' }))
    await submitDraft(house.drafter, { publicationId: draft.id, revision })
    await expect(reviewDraft(editor, decisionOn({ ...draft, revision }))).rejects.toMatchObject({
      status: 403,
    })
  })

  it('drafters, and reviewers of another organ, do not review', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    const strangers = [
      house.as(['drafter', 'department-head', 'signer'], '陈立'),
      house.as(['secrecy-reviewer', 'openness-office'], '外单位', house.at.government),
    ]
    for (const stranger of strangers)
      await expect(reviewDraft(stranger, decisionOn(draft))).rejects.toMatchObject({ status: 403 })
  })

  it('without the secrecy check, an opinion, or the attribute “proactive” nothing goes out (R-EXC-10)', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    const asked = { ...decisionOn(draft), publishAt: '' }
    expect(reviewInput.safeParse({ ...asked, secrecyChecked: '' }).success).toBe(false)
    expect(reviewInput.safeParse({ ...asked, opinion: ' ' }).success).toBe(false)
    for (const openness of ['on-request', 'withheld'])
      await expect(reviewDraft(house.reviewer, decisionOn(draft, { openness }))).rejects.toMatchObject({
        code: 'publications.not-proactive',
      })
    expect((await listEditions(db(), draft.id))[0]?.sealedAt).toBeNull()
  })

  it('an unsubmitted draft is not reviewed; a returned one keeps the reason and can be sent again', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await expect(reviewDraft(house.reviewer, decisionOn(draft))).rejects.toMatchObject({
      code: 'publications.not-submitted',
    })
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await reviewDraft(
      house.reviewer,
      decisionOn(draft, { decision: 'return', secrecyChecked: '', opinion: '请补充依据。' }),
    )
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await saveDraft(house.drafter, await form(draft.id, { title: '取回再改' }))
    expect(
      (await listReviewSteps(db(), draft.id)).map(step => [step.step, step.actor, step.opinion]),
    ).toEqual([
      ['taken-back', '林晓', null],
      ['submitted', '林晓', null],
      ['returned', '何敏', '请补充依据。'],
      ['submitted', '林晓', null],
    ])
  })
})

describe('throwing a draft away', () => {
  it('leaves what is public as it was', async () => {
    const item = await makeReviewed(house)
    await startEdition(house.drafter, item.id)
    await startEdition(house.drafter, item.id)
    expect(await listEditions(db(), item.id)).toHaveLength(2)
    await discardDraft(house.drafter, item.id)
    expect(await listEditions(db(), item.id)).toMatchObject([{ number: 1 }])
  })

  it('is refused while it is in review', async () => {
    const draft = await makeDraft(house.drafter, house.at)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: 1 })
    await expect(discardDraft(house.drafter, draft.id)).rejects.toMatchObject({
      code: 'publications.submitted',
    })
  })
})
