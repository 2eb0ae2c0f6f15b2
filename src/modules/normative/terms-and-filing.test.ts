import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dutiesAbout } from '#modules/duties'
import { makePublic } from '../../../test/make/publication.ts'
import { decisionOn, documentFacts, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { reviewDraft } from '../publications/actions/review-draft.ts'
import { submitDraft } from '../publications/actions/submit-draft.ts'
import { findDraft } from '../publications/draft-queries.ts'
import { fileCatalogue, fileDocument, filingInput, yearlyCatalogueInput } from './actions/file-document.ts'
import { registerDocument, registerInput } from './actions/register-document.ts'
import { renewalInput, renewDocument } from './actions/renew-document.ts'
import { makeOldDocuments } from './documents-for-tests.ts'
import { openNormativeDuties } from './jobs/watch-terms.job.ts'
import { listRegister } from './register-queries.ts'
import { registrationsOf } from './registration-queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
beforeEach(() => house.setTime('2026-11-23 10:00'))
afterAll(() => house.leave())

const db = () => house.connection.db
const office = () => house.as(['general-office', 'openness-office'], '赵办', house.at.government)
/** The office of the government also acts for the organs below it. */
const officeAbove = () => {
  const ctx = office()
  if (ctx.actor.kind !== 'staff') throw new Error('no staff')
  const reach = [house.at.government.id, house.at.department.id]
  return { ...ctx, actor: { ...ctx.actor, posts: ctx.actor.posts.map(post => ({ ...post, reach })) } }
}
const dutiesOf = async (id: string, rule: string) =>
  (await dutiesAbout(db(), { siteId: house.at.site.id, kind: 'publication', id })).filter(
    duty => duty.rule === rule,
  )
const register = (filter: object = {}) =>
  listRegister(
    db(),
    house.now(),
    '2026-11-23',
    { siteId: house.at.site.id, ...filter },
    { page: 1, pageSize: 50 },
  )

describe('terms', () => {
  it('R-NOR-11: the duty to assess begins six months before, once, and its people know', async () => {
    const [soon, late] = await makeOldDocuments(house, [
      { title: '将到期的办法', docNo: '云政规〔2022〕1号', validUntil: '2027-05-01' },
      { title: '还早的办法', docNo: '云政规〔2022〕2号', validUntil: '2027-06-01' },
    ])
    await openNormativeDuties(house.system)
    await openNormativeDuties(house.system)
    expect(await dutiesOf(soon?.id ?? '', 'R-NOR-11')).toMatchObject([{ dueOn: '2027-05-01', metAt: null }])
    expect(await dutiesOf(late?.id ?? '', 'R-NOR-11')).toEqual([])
    expect((await register({ expiresBy: '2027-05-23' })).rows.map(row => row.title)).toEqual(['将到期的办法'])
  })

  it('R-NOR-11: continued, it is registered, numbered and published anew, and the next term has its own duty', async () => {
    const item = await makePublic(
      house.system,
      house.at,
      documentFacts('继续有效的办法', {
        signedOn: '2022-02-01',
        effectiveFrom: '2022-02-01',
        validUntil: '2027-01-31',
      }),
      new Date('2022-02-01T02:00:00Z'),
    )
    const { id } = item
    await registerDocument(office(), registerInput.parse({ publicationId: id, number: 'YXGS-2022-0003' }))
    await openNormativeDuties(house.system)
    const said = {
      publicationId: id,
      decision: 'continue',
      assessedOn: '2026-11-20',
      reason: '经评估仍然需要',
    }
    await expect(
      renewDocument(officeAbove(), renewalInput.parse({ ...said, validUntilThen: '2033-01-01' })),
    ).rejects.toMatchObject({ code: 'normative.term-too-long' })
    const { number } = await renewDocument(
      officeAbove(),
      renewalInput.parse({ ...said, validUntilThen: '2032-01-30' }),
    )
    expect(number).toBe('YUNXIGS-2026-0001')
    expect((await registrationsOf(db(), id)).map(one => one.number)).toEqual([number, 'YXGS-2022-0003'])
    expect((await dutiesOf(id, 'R-NOR-11'))[0]).toMatchObject({ dueOn: '2027-01-31', metBy: '赵办' })
    const draft = await findDraft(db(), id)
    expect(draft).toMatchObject({ validUntil: '2032-01-30', fields: { unifiedNo: number } })
    await expect(
      renewDocument(officeAbove(), renewalInput.parse({ ...said, validUntilThen: '2032-01-30' })),
    ).rejects.toMatchObject({ code: 'normative.renewed' })
    const revision = draft?.revision ?? 0
    await submitDraft(officeAbove(), { publicationId: id, revision })
    await reviewDraft(house.reviewer, decisionOn({ id, revision }))
    expect((await register({ ids: [id] })).rows).toMatchObject([{ validUntil: '2032-01-30', number }])
    house.setTime('2031-08-01 10:00')
    await openNormativeDuties(house.system)
    await openNormativeDuties(house.system)
    const open = (await dutiesOf(id, 'R-NOR-11')).filter(duty => !duty.metAt)
    expect(open).toMatchObject([{ dueOn: '2032-01-30' }])
  })

  it('R-NOR-11: what may lapse needs no draft; what has expired cannot be continued', async () => {
    const [item, gone] = await makeOldDocuments(house, [
      { title: '到期失效的办法', docNo: '云政规〔2022〕4号', validUntil: '2027-01-31' },
      { title: '过期的办法', docNo: '云政规〔2019〕4号', validUntil: '2026-01-31' },
    ])
    const said = { decision: 'lapse', assessedOn: '2026-11-20', reason: '任务已经完成' }
    await renewDocument(officeAbove(), renewalInput.parse({ ...said, publicationId: item?.id }))
    expect(await findDraft(db(), item?.id ?? '')).toBeUndefined()
    await expect(
      renewDocument(officeAbove(), renewalInput.parse({ ...said, publicationId: gone?.id })),
    ).rejects.toMatchObject({ code: 'normative.expired' })
  })
})

describe('filing', () => {
  it('R-NOR-12: the record of filing meets the duty on the day of the filing, and is put right with a reason', async () => {
    const item = await makePublic(
      house.system,
      house.at,
      documentFacts('报备案的办法'),
      new Date('2026-11-10T02:00:00Z'),
    )
    expect((await register({ filing: 'open' })).rows.map(row => row.title)).toContain('报备案的办法')
    const said = { publicationId: item.id, filedTo: '市人民政府', filedOn: '2026-11-20' }
    await expect(
      fileDocument(house.drafter, filingInput.parse({ ...said, filedOn: '2026-12-01' })),
    ).rejects.toMatchObject({ code: 'normative.day-ahead' })
    await fileDocument(house.drafter, filingInput.parse({ ...said, receiptNo: '备〔2026〕8号' }))
    expect((await register({ filing: 'filed' })).rows).toMatchObject([
      { title: '报备案的办法', filedOn: '2026-11-20', receiptNo: '备〔2026〕8号' },
    ])
    await expect(fileDocument(house.drafter, filingInput.parse(said))).rejects.toMatchObject({
      code: 'normative.recorded-meanwhile',
    })
    await expect(fileDocument(house.drafter, filingInput.parse({ ...said, seen: 1 }))).rejects.toMatchObject({
      code: 'normative.no-reason',
    })
    await fileDocument(house.drafter, filingInput.parse({ ...said, seen: 1, reason: '备案号写错了' }))
  })

  it('R-NOR-14: the catalogue of last year is due by the end of January, and its record meets the duty', async () => {
    house.setTime('2027-01-05 10:00')
    await openNormativeDuties(house.system)
    const about = async () =>
      (
        await dutiesAbout(db(), { siteId: house.at.site.id, kind: 'organ', id: house.at.government.id })
      ).filter(duty => duty.rule === 'R-NOR-14')
    expect(await about()).toMatchObject([{ dueOn: '2027-01-31', period: '2026', metAt: null }])
    const input = yearlyCatalogueInput.parse({
      organId: house.at.government.id,
      siteId: house.at.site.id,
      year: '2026',
      filedTo: '市人民政府',
      filedOn: '2027-01-05',
    })
    await fileCatalogue(office(), input)
    expect((await about())[0]?.metAt).not.toBeNull()
    await expect(fileCatalogue(office(), input)).rejects.toMatchObject({ code: 'normative.catalogue-filed' })
  })
})
