import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  askReview,
  askReviewInput,
  giveOpinion,
  giveOpinionInput,
  pointsOf,
  type Review,
  reviewsOf,
} from '#modules/normative'
import {
  agree,
  opinionInput,
  returnDocument,
  returnInput,
  submitDocument,
} from './actions/review-document.ts'
import { closeReviews, giveLegality, legalityInput } from './actions/review-legality.ts'
import { publishDocument, signDocument, signInput } from './actions/sign-document.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'

let at: ProcedureHouse
beforeAll(async () => {
  at = await makeProcedure()
})
afterAll(() => at.leave())

const normative = { kind: 'normative-document' }
const refusedWith = (code: string, words = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(words) })
const stateOf = async (id: string) => (await at.caseOf(id)).document.state
const reviewsIn = async (id: string) => reviewsOf(at.db, (await at.caseOf(id)).document.publicationId)
const held = (kind: Review['kind']) =>
  Object.fromEntries(Object.keys(pointsOf(kind)).map(name => [name, { held: true, note: '' }]))
const yes = opinionInput.parse({ opinion: '同意' })
const sign = async (id: string, docNo: string, more: object = {}) =>
  signDocument(
    at.people.signer,
    await at.seen(id),
    signInput.parse({ opinion: '同意', docNo, effectiveFrom: '2026-12-01', ...more }),
  )

describe('a normative document in the procedure', () => {
  it('R-NOR-01: is not handed in before it is said whether it is one, nor under the wrong kind', async () => {
    const hand = async (id: string) => submitDocument(at.people.drafter, await at.seen(id))
    const open = await at.prepared({ title: '供水管护规定' }, {}, { determined: false })
    await expect(hand(open)).rejects.toEqual(refusedWith('documents.definition-settled', '还没有认定'))
    await at.determined(open, { rights: 'yes', general: 'yes', repeated: 'yes' })
    await expect(hand(open)).rejects.toEqual(refusedWith('documents.definition-settled', '请改种类'))
  })

  it('R-NOR-05: stays with the opinions until the public was asked, or it is said why not', async () => {
    const id = await at.until('opinions', normative, {}, { asked: false })
    await expect(at.forward(id)).rejects.toEqual(refusedWith('documents.public-asked', 'R-NOR-05'))
    await at.notAsked(id)
    expect(await at.forward(id)).toBe('legality-review')
    expect(await reviewsIn(id)).toMatchObject([{ kind: 'legality', opinion: null }])
  })

  it('R-NOR-08, R-NOR-09: what should be changed goes back, and the changed text is reviewed anew', async () => {
    const id = await at.until('legality-review', normative)
    const faulty = { ...held('legality'), licences: { held: false, note: '第五条设定了许可，应当删去' } }
    const give = async (legality: string, points: object) =>
      giveLegality(
        at.people.legality,
        await at.seen(id),
        legalityInput.parse({ legality, points, opinion: '见各项意见。' }),
      )
    await expect(give('legal', {})).rejects.toEqual(refusedWith('normative.points-open'))
    expect(await give('amend', faulty)).toBe('drafting')
    at.house.setTime('2026-11-23 10:05')
    while ((await stateOf(id)) !== 'legality-review') await at.forward(id)
    expect(await reviewsIn(id)).toMatchObject([{ opinion: null }, { opinion: 'to-amend' }])
    expect(await give('legal', held('legality'))).toBe('secrecy-review')
  })

  it('R-NOR-06: returned for another reason and not changed, it need not be reviewed twice; an open review is taken back', async () => {
    const id = await at.until('legality-review', normative)
    const back = returnInput.parse({ reasons: 'format', opinion: '格式不符' })
    await returnDocument(at.people.legality, await at.seen(id), back)
    expect(await reviewsIn(id)).toMatchObject([{ opinion: 'withdrawn' }])
    while ((await stateOf(id)) !== 'secrecy-review') await at.forward(id)
    await returnDocument(at.people.secrecy, await at.seen(id), back)
    while ((await stateOf(id)) !== 'opinions') await at.forward(id)
    expect(await agree(at.people.drafter, 'close-opinions', await at.seen(id), yes)).toBe('secrecy-review')
    expect(await reviewsIn(id)).toHaveLength(2)
  })

  it('R-DEC-24, R-NOR-16: what concerns operators waits for the fair-competition review of another organ', async () => {
    const id = await at.until('opinions', normative)
    await at.determined(id, { market: 'yes', seen: '1' })
    await expect(at.forward(id)).rejects.toEqual(refusedWith('normative.no-reviewer'))
    const { publicationId } = (await at.caseOf(id)).document
    const competition = await askReview(
      at.people.drafter,
      askReviewInput.parse({
        ...{ publicationId, kind: 'fair-competition', organId: at.house.at.government.id },
        materials: ['draft', 'grounds'],
      }),
    )
    await at.forward(id)
    expect(await at.forward(id)).toBe('legality-review')
    const close = async () => closeReviews(at.people.drafter, await at.seen(id))
    await expect(close()).rejects.toEqual(refusedWith('documents.opinions-given', '公平竞争审查'))
    await giveOpinion(
      at.house.as(['legality-reviewer'], '市监', at.house.at.government),
      giveOpinionInput.parse({
        ...{ reviewId: competition, opinion: 'lawful', words: '符合公平竞争审查标准。' },
        points: held('fair-competition'),
      }),
    )
    expect(await close()).toBe('secrecy-review')
    expect((await at.caseOf(id)).document).toMatchObject({
      legality: 'legal',
      fairCompetition: '符合公平竞争审查标准。',
    })
  })

  it('R-NOR-11: does not pass the office without its term, nor the signature with one that is too long', async () => {
    const without = await at.until('office-check', { ...normative, validUntil: '' })
    await expect(at.forward(without)).rejects.toEqual(refusedWith('documents.normative-whole', 'R-NOR-11'))
    const long = await at.until('signature', { ...normative, effectiveFrom: '', validUntil: '2031-11-20' })
    await expect(sign(long, '云水规〔2026〕70号', { effectiveFrom: '2026-01-01' })).rejects.toEqual(
      refusedWith('documents.normative-whole', '超过 5 年'),
    )
  })

  it('R-NOR-06, R-NOR-09: pushed to the signature behind the table, it still is not signed without the review', async () => {
    const id = await at.until('opinions', normative)
    await at.db
      .updateTable('documents')
      .set({ state: 'signature', secrecyOpinion: '不涉密' })
      .where('id', '=', id)
      .execute()
    await expect(sign(id, '云水规〔2026〕71号')).rejects.toEqual(
      refusedWith('documents.normative-whole', '合法性审核'),
    )
  })
})

describe('统一登记编号 at the signature (R-NOR-10)', () => {
  it('is written into the signed text; a signature that is undone takes no number with it', async () => {
    const [first, second] = [await at.until('signature', normative), await at.until('signature', normative)]
    await sign(first, '云水规〔2026〕80号')
    const numberOf = async (id: string) => (await at.caseOf(id)).draft?.text.fields.unifiedNo
    const serial = Number(String(await numberOf(first)).slice(-4))
    expect(await numberOf(first)).toMatch(/^YUNXIGS-2026-\d{4}$/)
    const again = () => sign(second, '云水规〔2026〕80号')
    await expect(again()).rejects.toEqual(refusedWith('documents.number-taken'))
    const broken = new Error('the connection broke')
    await expect(
      at.db.transaction().execute(async db => {
        await signDocument(
          { ...at.people.signer, db },
          await at.seen(second),
          signInput.parse({ opinion: '同意', docNo: '云水规〔2026〕81号', effectiveFrom: '2026-12-01' }),
        )
        throw broken
      }),
    ).rejects.toBe(broken)
    await sign(second, '云水规〔2026〕81号')
    expect(Number(String(await numberOf(second)).slice(-4))).toBe(serial + 1)
    expect((await publishDocument(at.people.office, await at.seen(second))).publicId).not.toBeNull()
  })
})
