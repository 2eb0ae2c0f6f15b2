import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, createSiteInput } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { boardLines } from '../board-queries.ts'
import { deleteEmptyDays } from '../count-queries.ts'
import { findDuty, listActs, listDutiesOfMany } from '../duty-queries.ts'
import { meetDuties } from './meet-duties.ts'
import { openDuties } from './open-duties.ts'
import { reopenDuties } from './reopen-duties.ts'
import { waiveDuty } from './waive-duty.ts'

let house: County
let siteId: string
beforeAll(async () => {
  house = await makeCounty()
  const site = createSiteInput.parse({
    key: 'yunxi',
    name: '云溪县人民政府',
    shortName: '云溪县政府',
    domain: 'www.yunxi.example',
    organId: house.county.id,
    siteCode: '1199000001',
    isDefault: true,
  })
  siteId = (await createSite(house.administrator, site)).id
})
afterAll(() => house.leave())

const at = (moment: string): DeskContext => ({
  ...house.openness,
  clock: { now: () => new Date(moment), today: () => moment.slice(0, 10) },
})
const fact = { kind: 'ledger-report', id: 'r', label: '报送已完成' }

/** One that was met in October in time, one met late in November, one waived and one open. */
async function four() {
  const open = (id: string, fixedOn: string) =>
    openDuties(house.connection.db, at('2026-09-01T09:00:00+08:00'), [
      {
        siteId,
        organId: house.slj.id,
        rule: 'R-SUP-02',
        article: '督促',
        title: '推进任务',
        domain: 'supervision',
        subject: { kind: 'ledger-task', id, label: '任务' },
        limit: { fixedOn },
        startedAt: new Date('2026-09-01T09:00:00+08:00'),
      },
    ]).then(([made = '']) => made)
  const ids = [
    await open('in-time', '2026-10-20'),
    await open('late', '2026-11-05'),
    await open('waived', '2026-12-01'),
    await open('open', '2026-12-31'),
  ]
  const { db } = house.connection
  await meetDuties(db, at('2026-10-19T09:00:00+08:00'), { ids: ids.slice(0, 1) }, fact)
  await meetDuties(db, at('2026-11-09T09:00:00+08:00'), { ids: ids.slice(1, 2) }, fact)
  await waiveDuty(house.openness, { id: ids[2] ?? '', reason: '任务已经取消' })
  return ids
}

describe('a duty that was met is opened again', () => {
  it('only what was met, with the day it had, and the board counts it so', async () => {
    const { db } = house.connection
    const ids = await four()
    const line = async (period: string) => {
      const now = new Date('2026-11-24T10:00:00+08:00')
      const [found] = await boardLines(db, now, { siteId, period })
      return found && [found.metInTime, found.metLate, found.waived, found.late, found.open]
    }
    expect([await line('2026-10'), await line('2026-11')]).toEqual([
      [1, 0, 0, 0, 1],
      [0, 1, 1, 0, 1],
    ])
    const again = await reopenDuties(db, at('2026-11-24T10:00:00+08:00'), { ids }, '抽查发现没有做到')
    expect(again.toSorted()).toEqual(ids.slice(0, 2).toSorted())
    expect([await line('2026-10'), await line('2026-11')]).toEqual([
      [0, 0, 0, 2, 3],
      [0, 0, 1, 2, 3],
    ])
    expect(await findDuty(db, ids[1] ?? '')).toMatchObject({
      dueOn: '2026-11-05',
      metAt: null,
      metBy: null,
      metFact: null,
    })
    expect((await findDuty(db, ids[2] ?? ''))?.waivedAt).not.toBeNull()
    expect((await listActs(db, ids[0] ?? '')).map(act => [act.act, act.reason])).toEqual([
      ['opened', null],
      ['met', '报送已完成'],
      ['reopened', '抽查发现没有做到'],
    ])
    expect(await reopenDuties(db, house.openness, { ids }, '再一次')).toEqual([])
    expect(
      await meetDuties(db, at('2026-12-02T10:00:00+08:00'), { ids: again }, fact).then(met => met.length),
    ).toBe(2)
    await deleteEmptyDays(db)
    expect(await line('2026-12')).toEqual([0, 2, 0, 0, 1])
  })

  it('many subjects are listed at once, the open ones first', async () => {
    const { db } = house.connection
    const found = await listDutiesOfMany(db, { siteId, kind: 'ledger-task', ids: ['open', 'waived', 'none'] })
    expect(found.map(duty => duty.subjectId)).toEqual(['open', 'waived'])
  })
})
