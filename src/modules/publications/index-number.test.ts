import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOrgan, createOrganInput } from '#modules/organisations'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { publish } from './actions/publish.ts'
import { takeDown } from './actions/take-down.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

async function indexNoOf(publicationId: string): Promise<string> {
  const { rows } = await sql<{ indexNo: string }>`
    select index_no from publications where id = ${publicationId}`.execute(house.connection.db)
  return rows[0]?.indexNo ?? ''
}
const serialOf = (indexNo: string) => Number(indexNo.split('-').at(-1))
const publishAll = (drafts: readonly { id: string; revision: number }[]) =>
  Promise.all(
    drafts.map(draft =>
      publish(
        house.system,
        { publicationId: draft.id, revision: draft.revision },
        { kind: 'sample', publicAt: house.now() },
      ),
    ),
  )

describe('index numbers (R-CATG-04, S-IDX-02)', () => {
  it('USCC/YYYYMM-NNNNN, counted anew each month, by the month of publishing in Beijing', async () => {
    const organId = house.at.government.id
    house.setTime('2026-11-30 23:59')
    const november = await indexNoOf((await makePublic(house.system, house.at, { organId })).id)
    house.setTime('2026-12-01 00:00')
    const december = await indexNoOf((await makePublic(house.system, house.at, { organId })).id)
    expect([november, december]).toEqual([
      `${house.at.government.uscc}/202611-00001`,
      `${house.at.government.uscc}/202612-00001`,
    ])
  })

  it('20 publishes at the same moment get 20 numbers without a gap', async () => {
    house.setTime('2027-01-10 10:00')
    const drafts = []
    for (let n = 0; n < 20; n++) drafts.push(await makeDraft(house.system, house.at, { title: `第 ${n} 件` }))
    await publishAll(drafts)
    const numbers = await Promise.all(drafts.map(draft => indexNoOf(draft.id)))
    expect(numbers.map(serialOf).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  })

  it('a number is never given again: not after a take-down, not after a failed publish', async () => {
    house.setTime('2027-02-10 10:00')
    const first = await makePublic(house.system, house.at)
    const number = await indexNoOf(first.id)
    house.setTime('2027-02-10 11:00')
    await takeDown(house.system, { publicationId: first.id, how: 'gone', reason: '误发', to: '' })
    await expect(makePublic(house.system, house.at, { shownUntil: '2027-02-01' })).rejects.toThrow(
      '公示截止日',
    )
    const next = await indexNoOf((await makePublic(house.system, house.at)).id)
    expect(await indexNoOf(first.id)).toBe(number)
    expect([serialOf(number), serialOf(next)]).toEqual([1, 2])
    await expect(
      sql`delete from index_serials`.execute(house.connection.db),
      'the application cannot reset the count',
    ).rejects.toThrow('permission denied')
  })

  it('organs that share one USCC (an office and its government) count together', async () => {
    house.setTime('2027-03-10 10:00')
    const office = await createOrgan(
      house.system,
      createOrganInput.parse({
        key: 'office',
        name: '云溪县人民政府办公室',
        shortName: '县政府办公室',
        type: 'department',
        level: 'county',
        docCodes: [],
        uscc: house.at.government.uscc,
        parentId: house.at.government.id,
      }),
    )
    const organs = [office, house.at.government, office, house.at.government]
    const drafts = []
    for (const organ of organs) drafts.push(await makeDraft(house.system, house.at, { organId: organ.id }))
    await publishAll(drafts)
    const numbers = await Promise.all(drafts.map(draft => indexNoOf(draft.id)))
    expect(numbers.map(serialOf).sort()).toEqual([1, 2, 3, 4])
    expect(new Set(numbers).size).toBe(4)
  })

  it('a code that was given to another organ later does not lead to a number twice', async () => {
    house.setTime('2027-04-10 10:00')
    const { department, government } = house.at
    const code = (organ: { id: string }) =>
      sql`update organs set uscc = '119900000000000099' where id = ${organ.id}`.execute(house.connection.db)
    await code(department)
    const numbers = [await indexNoOf((await makePublic(house.system, house.at)).id)]
    // The older government turns out to have the very code that the department has been using
    await code(government)
    for (const organId of [government.id, department.id])
      numbers.push(await indexNoOf((await makePublic(house.system, house.at, { organId })).id))
    expect(new Set(numbers).size).toBe(3)
  })
})
