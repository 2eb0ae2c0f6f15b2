import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, createSiteInput } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { boardLines, listBoardDuties } from '../board-queries.ts'
import { deleteEmptyDays } from '../count-queries.ts'
import { standingOf } from '../duty.ts'
import { countOpen, findDuty, listActs, selectDuties } from '../duty-queries.ts'
import { meetDuties } from './meet-duties.ts'
import { moveDuties } from './move-duties.ts'
import { type NewDuty, openDuties } from './open-duties.ts'
import { previewNotice, recordNotice, recordNoticeInput } from './record-notice.ts'
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
  siteId = await createSite(house.administrator, site).then(made => made.id)
})
afterAll(() => house.leave())

const at = (ctx: DeskContext, moment: string): DeskContext => ({
  ...ctx,
  clock: { now: () => new Date(moment), today: () => moment.slice(0, 10) },
})
const interpretation = (id: string, more: Partial<NewDuty> = {}): NewDuty => ({
  siteId,
  organId: house.slj.id,
  rule: 'R-INT-02',
  article: '政策解读三个工作日',
  title: '发布政策解读',
  domain: 'interpretation',
  subject: { kind: 'publication', id, label: '《农村饮水工程管护办法》' },
  limit: { amount: 3, unit: 'working-days' },
  startedAt: new Date('2026-09-29T15:00:00+08:00'),
  ...more,
})
const fact = { kind: 'publication', id: 'x', label: '一图读懂管护办法' }

describe('duties', () => {
  it('come once for each rule, subject and period, with their day (R-INT-02)', async () => {
    const { db } = house.connection
    const [id = ''] = await openDuties(db, house.openness, [interpretation('a')])
    expect(await openDuties(db, house.openness, [interpretation('a')])).toEqual([])
    expect(await findDuty(db, id)).toMatchObject({
      dueOn: '2026-10-09',
      provisional: false,
      limit: { amount: 3 },
    })
    expect((await listActs(db, id)).map(act => act.act)).toEqual(['opened'])
  })

  it('are met by a fact once, in time or late as the moment says, and counted for the board', async () => {
    const { db } = house.connection
    await openDuties(db, house.openness, [interpretation('b')])
    const which = { siteId, rules: ['R-INT-02'], subject: { kind: 'publication', id: 'b' } }
    const late = at(house.openness, '2026-10-12T09:00:00+08:00')
    const [met = ''] = await meetDuties(db, late, which, fact)
    expect(await meetDuties(db, late, which, fact)).toEqual([])
    const duty = await findDuty(db, met)
    expect(duty && standingOf(duty, new Date())).toBe('met-late')
    expect(duty?.metFact).toEqual(fact)
    expect(
      await db.selectFrom('dutyCounts').selectAll().where('month', '=', '2026-10').execute(),
    ).toMatchObject([
      {
        organId: house.slj.id,
        domain: 'interpretation',
        month: '2026-10',
        metInTime: 0,
        metLate: 1,
        waived: 0,
      },
    ])
  })

  it('are listed by the clock: late first, what stands last', async () => {
    const { db } = house.connection
    const awaiting = { since: '2026-11-10', why: '已告知补正', rule: 'R-REQ-12' }
    const startedAt = new Date('2026-11-09T09:00:00+08:00')
    await openDuties(db, house.openness, [
      interpretation('standing', {
        startedAt,
        limit: { amount: 20, unit: 'working-days' },
        events: { awaiting },
      }),
      interpretation('coming', { startedAt, limit: { amount: 60, unit: 'days' } }),
      interpretation('soon', { startedAt, limit: { amount: 14, unit: 'working-days' } }),
    ])
    const now = new Date('2026-11-23T10:02:00+08:00')
    const all = await selectDuties(
      db,
      now,
      { organIds: [house.slj.id], show: 'open' },
      { page: 1, pageSize: 10 },
    )
    expect(all.rows.map(duty => duty.subjectId)).toEqual(['a', 'soon', 'coming', 'standing'])
    expect(await countOpen(db, now, [house.slj.id])).toEqual({ late: 1, week: 2, open: 4 })
    const other = await selectDuties(
      db,
      now,
      { organIds: [house.jyj.id], show: 'open' },
      { page: 1, pageSize: 10 },
    )
    expect(other.total).toBe(0)
  })

  it('are waived by the openness office only, with a reason', async () => {
    const { db } = house.connection
    const [id = ''] = await openDuties(db, house.openness, [interpretation('c')])
    const drafter = house.as('李明', 'drafter', house.slj)
    await expect(waiveDuty(drafter, { id, reason: '不需要解读的例行通知' })).rejects.toThrow('权限')
    await waiveDuty(house.openness, { id, reason: '例行通知，不需要解读' })
    await expect(waiveDuty(house.openness, { id, reason: '再免一次看看' })).rejects.toThrow('已由何敏免除')
    expect(await meetDuties(db, house.openness, { ids: [id] }, fact)).toEqual([])
  })

  it('move with a new calendar exactly as the preview named, and each says from which day to which (R-CAL-09)', async () => {
    const { db } = house.connection
    const startedAt = new Date('2026-12-25T09:00:00+08:00')
    const [moving = '', staying = ''] = await openDuties(db, house.openness, [
      interpretation('moving', { startedAt }),
      interpretation('staying', { startedAt: new Date('2026-12-14T09:00:00+08:00') }),
    ])
    expect(await findDuty(db, moving)).toMatchObject({ dueOn: '2026-12-30', provisional: false })
    const [over = ''] = await openDuties(db, house.openness, [
      interpretation('over', { startedAt: new Date('2026-12-30T09:00:00+08:00') }),
    ])
    expect(await findDuty(db, over)).toMatchObject({ dueOn: '2027-01-04', provisional: true })
    const notice = recordNoticeInput.parse({
      text: '元旦：1月1日至3日放假调休，共3天。1月9日上班。',
      number: '国办发明电〔2026〕9号',
      issuedOn: '2026-11-05',
      year: '2027',
      wholeYear: 'yes',
    })
    const preview = await previewNotice(db, notice)
    expect(preview.moved.first.map(({ duty, after }) => [duty.id, after.dueOn])).toEqual([
      [over, '2027-01-05'],
    ])
    await recordNotice(house.openness, notice)
    expect(await findDuty(db, over)).toMatchObject({ dueOn: '2027-01-05', provisional: false })
    expect((await listActs(db, over)).at(-1)).toMatchObject({
      act: 'recalculated',
      dueBefore: '2027-01-04',
      dueAfter: '2027-01-05',
      reason: '放假安排 国办发明电〔2026〕9号',
      actedBy: '何敏',
    })
    expect((await findDuty(db, moving))?.dueOn).toBe('2026-12-30')
    expect((await listActs(db, staying)).map(act => act.act)).toEqual(['opened'])
  })
})

describe('the clock of an open duty', () => {
  const about = (id: string) => ({ siteId, rules: ['R-INT-02'], subject: { kind: 'publication', id } })
  const extended = (by: number) => ({ by, most: 20, why: '经批准延长', rule: 'R-REQ-23' })

  it('is moved by what happens to it, and tells from which day to which (R-REQ-23, R-REQ-25)', async () => {
    const { db } = house.connection
    const [id = ''] = await openDuties(db, house.openness, [interpretation('moved')])
    expect(
      await moveDuties(
        db,
        house.openness,
        about('moved'),
        { events: { extended: extended(2) } },
        '经批准延长',
      ),
    ).toEqual([id])
    expect(await findDuty(db, id)).toMatchObject({ dueOn: '2026-10-12', events: { extended: { by: 2 } } })
    expect((await listActs(db, id)).at(-1)).toMatchObject({
      act: 'moved',
      reason: '经批准延长',
      dueBefore: '2026-10-09',
      dueAfter: '2026-10-12',
    })
    const limit = { fixedOn: '2026-12-01' }
    await moveDuties(db, house.openness, { ids: [id] }, { limit }, '改为规定的日期')
    expect(await findDuty(db, id)).toMatchObject({ dueOn: '2026-12-01', limit })
  })

  it('stands while something is awaited, and is neither late nor due this week meanwhile (R-REQ-13)', async () => {
    const { db } = house.connection
    const [id = ''] = await openDuties(db, house.openness, [interpretation('waits')])
    const before = await counted()
    const awaiting = { since: '2026-09-30', why: '已告知补正', rule: 'R-REQ-13' }
    await moveDuties(db, house.openness, { ids: [id] }, { events: { awaiting } }, '已告知补正')
    expect(await findDuty(db, id)).toMatchObject({ dueOn: null, dueAt: null })
    expect(await counted()).toMatchObject({ late: before.late - 1, open: before.open })
  })

  it('goes nowhere when the extension is over its cap, and not at all once the duty has ended', async () => {
    const { db } = house.connection
    const [id = ''] = await openDuties(db, house.openness, [interpretation('capped')])
    const move = (by: number) =>
      moveDuties(db, house.openness, { ids: [id] }, { events: { extended: extended(by) } }, '延长')
    await expect(move(21)).rejects.toThrow('延长最多 20')
    expect(await findDuty(db, id)).toMatchObject({ dueOn: '2026-10-09' })
    await meetDuties(db, house.openness, { ids: [id] }, fact)
    expect(await move(2)).toEqual([])
  })

  it('the board counts by due day exactly what its lists show', async () => {
    const { db } = house.connection
    await openDuties(db, house.openness, [
      interpretation('hours-past', { limit: { amount: 24, unit: 'hours' }, startedAt: hoursAgo(25) }),
      interpretation('hours-soon', { limit: { amount: 24, unit: 'hours' }, startedAt: hoursAgo(23.9) }),
      interpretation('tomorrow', { startedAt: new Date(now.getTime() + 86_400_000) }),
    ])
    for (const show of ['late', 'week', 'open'] as const) {
      const listed = await selectDuties(db, now, { siteId, show, startedBy: now }, { page: 1, pageSize: 100 })
      const board = await listBoardDuties(db, now, { siteId, show }, { page: 1, pageSize: 100 })
      expect(board.total).toBe(listed.total)
      expect(board.rows.map(row => row.id)).toEqual(listed.rows.map(row => row.id))
    }
    const before = await counted()
    await deleteEmptyDays(db)
    expect(await counted()).toEqual(before)
  })

  const now = new Date('2026-11-23T10:00:00+08:00')
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  async function counted() {
    const [line] = await boardLines(house.connection.db, now, { siteId, period: '2026' })
    if (!line) throw new Error('no line on the board')
    return line
  }
})
