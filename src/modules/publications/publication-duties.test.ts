import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePublic } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../test/make/publishing.ts'
import { takeDown, takeDownInput } from './actions/take-down.ts'
import { settle } from './jobs/settle-openings.job.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())
beforeEach(() => house.setTime('2026-11-23 10:00'))

let serial = 100
const facts = (title: string, more: object = {}) =>
  documentFacts(title, { docNo: `云政办发〔2026〕${serial++}号`, ...more })
const dutiesAbout = (publicationId: string) =>
  house.connection.db
    .selectFrom('duties')
    .select(['rule', 'dueOn', 'metAt', 'metFact', 'waivedAt', 'subjectLabel'])
    .where('subjectId', '=', publicationId)
    .orderBy('rule')
    .execute()
const interpret = (of: { publicId: string }, more: object = {}, publishAt = '') =>
  makeReviewed(
    house,
    {
      kind: 'interpretation',
      column: 'interpretation',
      title: '一图读懂',
      interprets: `《某办法》 /policies/${of.publicId}`,
      fields: { form: 'text', interpreter: '王工' },
      ...more,
    },
    publishAt,
  )

describe('what a publication owes and meets', () => {
  it('a normative document is to be interpreted in three working days, filed in fifteen days, looked at before it expires', async () => {
    const made = await makeReviewed(house, facts('管护办法', { validUntil: '2031-11-01' }))
    expect(await dutiesAbout(made.id)).toMatchObject([
      { rule: 'R-INT-02', dueOn: '2026-11-26' },
      { rule: 'R-NOR-11', dueOn: '2031-11-01' },
      { rule: 'R-NOR-12', dueOn: '2026-12-08' },
    ])
  })

  it('says why when it needs no interpretation (R-INT-07)', async () => {
    const made = await makeReviewed(
      house,
      facts('例行办法', { fields: { interpretationExempt: '例行通知' } }),
    )
    expect((await dutiesAbout(made.id)).map(duty => duty.rule)).toEqual(['R-NOR-12'])
  })

  it('an interpretation meets the duty of the document it explains (R-INT-02, R-INT-06)', async () => {
    const made = await makeReviewed(house, facts('供水办法'))
    const explained = await interpret(made)
    const [duty] = await dutiesAbout(made.id)
    expect(duty).toMatchObject({ rule: 'R-INT-02', metFact: { id: explained.id, label: '一图读懂' } })
    expect(duty?.metAt).toEqual(house.now())
  })

  it('a scheduled document owes from its opening on, and what is scheduled meets when it opens', async () => {
    const made = await makeReviewed(house, facts('定时办法'), '2026-11-24 09:00')
    expect(await dutiesAbout(made.id)).toEqual([])
    house.setTime('2026-11-24 09:01')
    await settle(house.system)
    await settle(house.system)
    expect((await dutiesAbout(made.id))[0]).toMatchObject({
      rule: 'R-INT-02',
      dueOn: '2026-11-27',
      metAt: null,
    })
    await interpret(made, { title: '定时解读' }, '2026-11-25 09:00')
    expect((await dutiesAbout(made.id))[0]?.metAt).toBeNull()
    house.setTime('2026-11-25 09:01')
    await settle(house.system)
    expect((await dutiesAbout(made.id))[0]?.metAt).toEqual(house.now())
  })

  it('samples and archive items owe nothing', async () => {
    const made = await makePublic(house.system, house.at, facts('样例办法'))
    expect(await dutiesAbout(made.id)).toEqual([])
  })

  it('what is taken down owes no more, and its title is told no more', async () => {
    const made = await makeReviewed(house, facts('撤下的办法'))
    const head = house.as(['department-head'], '周正')
    const input = { publicationId: made.id, how: 'withdrawn', reason: '内容有误，正在核对' }
    await takeDown(head, takeDownInput.parse(input))
    const [duty] = await dutiesAbout(made.id)
    expect(duty).toMatchObject({ waivedAt: house.now(), subjectLabel: '（已经停止公开的内容）' })
  })
})
