import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { listBambooSlips } from '../queries.ts'
import { addBambooSlip, addBambooSlipInput } from './add-bamboo-slip.ts'

let made: County
beforeEach(async () => {
  made = await makeCounty()
})
afterEach(() => made.leave())

const input = (more: object = {}) =>
  addBambooSlipInput.parse({ organId: made.slj.id, title: '第一件', opensOn: '2026-11-02', ...more })
const titles = async (openOn?: string) => {
  const filter = { organIds: [made.slj.id], ...(openOn ? { openOn } : {}) }
  const { rows } = await listBambooSlips(made.connection.db, filter, { page: 1, pageSize: 10 })
  return rows.map(row => row.title)
}

describe('adding bamboo slips', () => {
  it('shows it from its first day to its last', async () => {
    await addBambooSlip(made.as('李敏', 'drafter', made.slj), input({ closesOn: '2026-11-30' }))
    expect(await titles()).toEqual(['第一件'])
    expect(await titles('2026-11-01')).toEqual([])
    expect(await titles('2026-11-30')).toEqual(['第一件'])
    expect(await titles('2026-12-01')).toEqual([])
  })

  it('is refused to who has no role in that organ, and leaves nothing behind', async () => {
    const elsewhere = made.as('王强', 'drafter', made.jyj)
    await expect(addBambooSlip(elsewhere, input())).rejects.toMatchObject({ code: 'record-hall.may-not-add' })
    expect(await titles()).toEqual([])
  })

  it('adds one when the same form is sent twice', async () => {
    const drafter = made.as('李敏', 'drafter', made.slj)
    const form = input({ formKey: crypto.randomUUID() })
    await Promise.all([addBambooSlip(drafter, form), addBambooSlip(drafter, form)])
    expect(await titles()).toEqual(['第一件'])
  })

  it('names the field when the last day comes before the first', () => {
    const { error } = addBambooSlipInput.safeParse({
      organId: made.slj.id,
      title: '第一件',
      opensOn: '2026-11-02',
      closesOn: '2026-11-01',
    })
    expect(error?.issues.map(issue => issue.path)).toEqual([['closesOn']])
  })
})
