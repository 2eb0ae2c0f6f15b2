import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { saveDraft, saveDraftInput } from '#modules/publications'
import { makeDraft } from '../../../test/make/publication.ts'
import { documentFacts, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { askReview, askReviewInput } from './actions/ask-review.ts'
import {
  decideDefinition,
  decideDefinitionInput,
  determineDocument,
  determineInput,
} from './actions/determine-document.ts'
import { giveOpinion, giveOpinionInput, takeBackInput, takeBackReview } from './actions/give-opinion.ts'
import { consultationInput, recordConsultation } from './actions/record-consultation.ts'
import { allocateRegistrationNumber, registerDocument, registerInput } from './actions/register-document.ts'
import { whatIsMissing } from './missing.ts'
import { reviewsOf } from './review-queries.ts'
import { pointsOf, type ReviewKind } from './reviews.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
beforeEach(() => house.setTime('2026-11-23 10:00'))
afterAll(() => house.leave())

const db = () => house.connection.db
const missing = async (id: string) => (await whatIsMissing(house.system, id)).map(one => one.rule)
const yes = { maker: 'yes', rights: 'yes', general: 'yes', repeated: 'yes', exclusion: 'none', market: 'no' }
const draftOf = (title: string, more: object = {}) =>
  makeDraft(house.drafter, house.at, documentFacts(title, { docNo: '', ...more }))
const determined = (publicationId: string, more: object = {}) =>
  determineDocument(house.drafter, determineInput.parse({ publicationId, ...yes, ...more }))
const ask = (publicationId: string, kind: ReviewKind, more: object = {}) =>
  askReview(
    house.drafter,
    askReviewInput.parse({ publicationId, kind, materials: ['draft', 'grounds', 'opinions'], ...more }),
  )
const allHeld = (kind: ReviewKind) =>
  Object.fromEntries(Object.keys(pointsOf(kind)).map(name => [name, { held: true }]))
const officer = () => house.as(['legality-reviewer'], '周法')
const give = (reviewId: string, more: object = {}) =>
  giveOpinion(
    officer(),
    giveOpinionInput.parse({
      reviewId,
      opinion: 'lawful',
      points: allHeld('legality'),
      words: '经审核，合法。',
      ...more,
    }),
  )

describe('a normative draft on its way', () => {
  it('R-NOR-04: determination, opinions, legality review and term each are named until they are there', async () => {
    const draft = await draftOf('云溪县供水管护办法')
    expect(await missing(draft.id)).toEqual(['R-NOR-01'])
    await determined(draft.id)
    expect(await missing(draft.id)).toEqual(['R-NOR-05', 'R-NOR-06', 'R-NOR-11'])
    await recordConsultation(
      house.drafter,
      consultationInput.parse({
        publicationId: draft.id,
        fromOn: '2026-10-01',
        untilOn: '2026-10-20',
        received: '3',
        adopted: '1',
      }),
    )
    expect(await missing(draft.id)).toEqual(['R-NOR-05', 'R-NOR-06', 'R-NOR-11'])
    await recordConsultation(
      house.drafter,
      consultationInput.parse({
        publicationId: draft.id,
        seen: 1,
        fromOn: '2026-10-01',
        untilOn: '2026-10-30',
      }),
    )
    const { revision } = await saveDraft(
      house.drafter,
      saveDraftInput.parse({
        ...documentFacts('云溪县供水管护办法', { docNo: '', validUntil: '2031-11-01' }),
        bodyHtml: '<p>第一条 为了供水，制定本办法。</p>',
        source: '县水利局',
        columnIds: [house.at.columns.get('policies/normative')],
        publicationId: draft.id,
        revision: draft.revision,
      }),
    )
    expect(await missing(draft.id)).toEqual(['R-NOR-06'])
    await give(await ask(draft.id, 'legality'))
    expect(await missing(draft.id)).toEqual([])
    // R-NOR-09: what was changed afterwards was not reviewed
    await saveDraft(
      house.drafter,
      saveDraftInput.parse({
        ...documentFacts('云溪县供水管护办法', { docNo: '', validUntil: '2031-11-01' }),
        bodyHtml: '<p>第一条 改过。</p>',
        columnIds: [house.at.columns.get('policies/normative')],
        publicationId: draft.id,
        revision,
      }),
    )
    expect(await missing(draft.id)).toEqual(['R-NOR-06'])
  })

  it('R-NOR-06: handing in opens the duty, the written opinion meets it', async () => {
    const draft = await draftOf('云溪县集市管理办法')
    const id = await ask(draft.id, 'legality')
    const about = () => dutiesAbout(db(), { siteId: house.at.site.id, kind: 'normative-review', id })
    expect(await about()).toMatchObject([
      { rule: 'R-NOR-06', dueOn: '2026-12-14', metAt: null, subjectLabel: '规范性文件送审稿' },
    ])
    expect(await ask(draft.id, 'legality')).toBe(id)
    await give(id)
    expect((await about())[0]?.metFact?.label).toBe('合法性审核意见：合法')
    await expect(give(id)).rejects.toMatchObject({ code: 'normative.opinion-given' })
  })

  it('R-NOR-06: less than five working days needs an emergency, more than fifteen is not given', async () => {
    const draft = await draftOf('云溪县应急办法')
    await expect(ask(draft.id, 'legality', { days: '2' })).rejects.toMatchObject({
      code: 'normative.too-short',
    })
    await expect(ask(draft.id, 'legality', { days: '16' })).rejects.toMatchObject({
      code: 'normative.too-long',
    })
    await ask(draft.id, 'legality', { days: '2', urgentReason: '汛期，须立即施行' })
    expect((await reviewsOf(db(), draft.id))[0]).toMatchObject({ days: 2, urgentReason: '汛期，须立即施行' })
  })

  it('R-NOR-07: without its materials nothing is handed in', async () => {
    const draft = await draftOf('云溪县材料办法')
    await expect(ask(draft.id, 'legality', { materials: ['draft'] })).rejects.toMatchObject({
      code: 'normative.materials-missing',
      message: expect.stringContaining('制定依据'),
    })
  })

  it('R-NOR-08: each point is looked at, and the opinion agrees with them', async () => {
    const draft = await draftOf('云溪县要点办法')
    const id = await ask(draft.id, 'legality')
    await expect(give(id, { points: {} })).rejects.toMatchObject({ code: 'normative.points-open' })
    const faulty = { ...allHeld('legality'), licences: { held: false, note: '第五条设定了许可，应当删去' } }
    await expect(give(id, { points: faulty })).rejects.toMatchObject({ code: 'normative.points-contradict' })
    await give(id, { points: faulty, opinion: 'to-amend', words: '应当修改第五条。' })
    await determined(draft.id)
    expect((await whatIsMissing(house.system, draft.id)).map(one => one.message).join()).toContain(
      '应当予以修改',
    )
  })

  it('R-NOR-06: nobody gives the opinion on what he handed in, nor for another organ', async () => {
    const draft = await draftOf('云溪县回避办法')
    const both = house.as(['drafter', 'legality-reviewer'], '两任')
    const id = await askReview(
      both,
      askReviewInput.parse({
        publicationId: draft.id,
        kind: 'legality',
        materials: ['draft', 'grounds', 'opinions'],
      }),
    )
    const opinion = giveOpinionInput.parse({
      reviewId: id,
      opinion: 'lawful',
      points: allHeld('legality'),
      words: '合法，同意。',
    })
    await expect(giveOpinion(both, opinion)).rejects.toMatchObject({ status: 403 })
    const elsewhere = house.as(['legality-reviewer'], '外人', house.at.government)
    await expect(giveOpinion(elsewhere, opinion)).rejects.toMatchObject({ status: 403 })
    await takeBackReview(house.drafter, takeBackInput.parse({ reviewId: id, reason: '还要修改' }))
    const [duty] = await dutiesAbout(db(), { siteId: house.at.site.id, kind: 'normative-review', id })
    expect(duty?.waivedAt).not.toBeNull()
  })

  it('R-NOR-09: a document of the government needs the own review first, then that of its body', async () => {
    const draft = await draftOf('云溪县人民政府水价办法', {
      issuers: '云溪县人民政府',
      validUntil: '2031-01-01',
    })
    await determined(draft.id)
    const rules = await missing(draft.id)
    expect(rules).toContain('R-NOR-09')
    expect(rules).toContain('R-NOR-06')
  })

  it('R-DEC-24, R-NOR-16: what concerns operators passes the fair-competition review or does not come out', async () => {
    const draft = await draftOf('云溪县企业奖补办法', { validUntil: '2031-01-01' })
    await determined(draft.id, { market: 'yes' })
    expect(await missing(draft.id)).toContain('R-DEC-24')
    await expect(ask(draft.id, 'fair-competition')).rejects.toMatchObject({ code: 'normative.no-reviewer' })
    const id = await ask(draft.id, 'fair-competition', { organId: house.at.department.id })
    await give(id, { points: allHeld('fair-competition'), words: '符合公平竞争审查标准。' })
    expect(await missing(draft.id)).not.toContain('R-DEC-24')
  })

  it('R-NOR-05: what is closely tied to the market is asked about for thirty days and answered', async () => {
    const draft = await draftOf('云溪县市场办法')
    await determined(draft.id, { market: 'yes' })
    const said = { publicationId: draft.id, fromOn: '2026-10-01', untilOn: '2026-10-30', market: 'yes' }
    await recordConsultation(house.drafter, consultationInput.parse(said))
    expect((await whatIsMissing(house.system, draft.id)).map(one => one.message)).toContain(
      '还没有反馈意见采纳的情况。',
    )
    await recordConsultation(
      house.drafter,
      consultationInput.parse({
        ...said,
        seen: 1,
        feedback: '采纳 1 条，其余说明了理由。',
        feedbackOn: '2026-11-05',
      }),
    )
    expect(await missing(draft.id)).not.toContain('R-NOR-05')
  })

  it('R-NOR-02: what is none is let go on, and what is doubtful waits for the legality officer', async () => {
    const draft = await draftOf('云溪县防汛工作方案', { kind: 'policy' })
    expect(await missing(draft.id)).toEqual([])
    await determined(draft.id, { exclusion: 'plan' })
    expect(await missing(draft.id)).toEqual(['R-NOR-01'])
    const decision = decideDefinitionInput.parse({
      publicationId: draft.id,
      seen: '1',
      outcome: 'not-normative',
      reason: '只安排内部工作。',
    })
    await expect(decideDefinition(house.drafter, decision)).rejects.toMatchObject({ status: 403 })
    await decideDefinition(officer(), decision)
    expect(await missing(draft.id)).toEqual([])
  })
})

describe('统一登记编号', () => {
  it('R-NOR-10: fifty at once get fifty numbers without a gap, and none twice', async () => {
    const drafts = await Promise.all(
      Array.from({ length: 50 }, (_, index) => draftOf(`云溪县第${index + 1}号办法`)),
    )
    const numbers = await Promise.all(
      drafts.map(draft =>
        db()
          .transaction()
          .execute(trx =>
            allocateRegistrationNumber(trx, house.system, {
              publicationId: draft.id,
              organId: house.at.department.id,
              year: 2026,
            }),
          ),
      ),
    )
    const expected = Array.from(
      { length: 50 },
      (_, index) => `YUNXIGS-2026-${String(index + 1).padStart(4, '0')}`,
    )
    expect(numbers.map(one => one.number).sort()).toEqual(expected)
  })

  it('R-NOR-10: the same document asked for ten times at once has one number and leaves no gap', async () => {
    const [one, next] = [await draftOf('云溪县重复办法'), await draftOf('云溪县下一办法')]
    const allocate = (publicationId: string) =>
      db()
        .transaction()
        .execute(trx =>
          allocateRegistrationNumber(trx, house.system, {
            publicationId,
            organId: house.at.department.id,
            year: 2027,
          }),
        )
    const numbers = await Promise.all(Array.from({ length: 10 }, () => allocate(one.id)))
    expect(new Set(numbers.map(({ number }) => number))).toEqual(new Set(['YUNXIGS-2027-0001']))
    expect((await allocate(next.id)).number).toBe('YUNXIGS-2027-0002')
  })

  it('R-NOR-10: an act that fails takes no number with it', async () => {
    const draft = await draftOf('云溪县失败办法')
    const allocation = { publicationId: draft.id, organId: house.at.department.id, year: 2028 }
    await expect(
      db()
        .transaction()
        .execute(async trx => {
          await allocateRegistrationNumber(trx, house.system, allocation)
          throw new Error('没有签发')
        }),
    ).rejects.toThrow('没有签发')
    const { number } = await allocateRegistrationNumber(db(), house.system, allocation)
    expect(number).toBe('YUNXIGS-2028-0001')
  })

  it('R-NOR-10: a number from before is entered as it is, and the serial goes on behind it', async () => {
    const [old, fresh] = [
      await draftOf('云溪县旧办法', { signedOn: '2025-03-01' }),
      await draftOf('云溪县新办法'),
    ]
    const office = house.as(['general-office'], '赵办', house.at.government)
    await expect(
      registerDocument(house.drafter, registerInput.parse({ publicationId: old.id })),
    ).rejects.toMatchObject({ status: 403 })
    const number = await registerDocument(
      office,
      registerInput.parse({ publicationId: old.id, number: 'YUNXIGS-2026-0060' }),
    )
    expect(number).toBe('YUNXIGS-2026-0060')
    expect(await registerDocument(office, registerInput.parse({ publicationId: fresh.id }))).toBe(
      'YUNXIGS-2026-0061',
    )
    const other = await draftOf('云溪县又一办法')
    await expect(
      registerDocument(office, registerInput.parse({ publicationId: other.id, number: 'YUNXIGS-2026-0061' })),
    ).rejects.toMatchObject({ code: 'normative.number-taken' })
  })
})
