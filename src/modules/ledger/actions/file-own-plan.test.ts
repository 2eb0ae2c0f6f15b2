import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Staff } from '#platform/actor'
import { makePublic } from '../../../../test/make/publication.ts'
import { listFilings } from '../filing-queries.ts'
import { type Ledger, makeLedger } from '../progress-for-tests.ts'
import { findTask } from '../queries.ts'
import { dutiesOfPlan } from '../task-duties.ts'
import { changeUnits, changeUnitsInput } from './change-task.ts'
import { fileOwnPlan, fileOwnPlanInput } from './file-own-plan.ts'
import { closePlan, describePlan, describePlanInput } from './keep-plan.ts'

let at: Ledger
beforeAll(async () => {
  at = await makeLedger([
    { no: '1', title: '牵头的', text: '水利局牵头的任务。', lead: ['水利局'], responsible: ['教体局'] },
  ])
})
beforeEach(() => at.house.setTime('2026-11-24 10:00'))
afterAll(() => at.house.leave())

/** The office of the government reaches down to the organs below. */
const office = () => {
  const actor = at.keeper.actor as Staff
  const reach = [at.house.at.government.id, at.water.id, at.school.id]
  return { ...at.keeper, actor: { ...actor, posts: actor.posts.map(post => ({ ...post, reach })) } }
}
/** Each duty for the plan as a whole: its period, day and end. */
const owed = async () =>
  (await dutiesOfPlan(at.db, await at.plan()))
    .map(duty => [duty.period, duty.dueOn, duty.metAt ? 'met' : duty.waivedAt ? 'waived' : 'open'].join(' '))
    .toSorted()
const setDays = async (days: { ownPlansDueOn: string; reportDueOn: string }) => {
  const plan = await at.plan()
  const { title, issuer, year, revision } = plan
  const facts = { title, issuer, year: String(year), revision: String(revision) }
  await describePlan(office(), plan.id, describePlanInput.parse({ ...facts, ...days }))
}
const file = (facts: object, ctx = at.ofSchool) =>
  fileOwnPlan(
    ctx,
    fileOwnPlanInput.parse({ planId: at.planId, organId: at.school.id, title: '本局落实方案', ...facts }),
  )
const kept = { name: '方案.docx', size: 10, sha256: 'a'.repeat(64), key: `ledger/aa/${'a'.repeat(64)}` }
const keys = () => ({ county: at.house.at.government.key, water: at.water.key, school: at.school.key })

describe('days of the plan as a whole', () => {
  it('S0 六（五）: the report is owed by who leads a task, and by who keeps the ledger; not by who is only responsible', async () => {
    const { county, water } = keys()
    expect(await owed()).toEqual(
      [`report ${county} 2026-12-15 open`, `report ${water} 2026-12-15 open`].toSorted(),
    )
  })

  it('O2: a day that is set opens duties, another day moves them, none ends them, and a new one opens them again', async () => {
    const { county, water, school } = keys()
    await setDays({ ownPlansDueOn: '2026-12-01', reportDueOn: '2026-12-20' })
    expect(await owed()).toEqual(
      [
        `own-plan ${school} 2026-12-01 open`,
        `own-plan ${water} 2026-12-01 open`,
        `report ${county} 2026-12-20 open`,
        `report ${water} 2026-12-20 open`,
      ].toSorted(),
    )
    await setDays({ ownPlansDueOn: '', reportDueOn: '2026-12-20' })
    expect((await owed()).filter(line => line.startsWith('own-plan'))).toEqual(
      [`own-plan ${school} 2026-12-01 waived`, `own-plan ${water} 2026-12-01 waived`].toSorted(),
    )
    await setDays({ ownPlansDueOn: '2026-12-05', reportDueOn: '2026-12-20' })
    expect((await owed()).filter(line => line.endsWith('2026-12-05 open'))).toEqual(
      [`own-plan 2 ${school} 2026-12-05 open`, `own-plan 2 ${water} 2026-12-05 open`].toSorted(),
    )
  })
})

describe('方案备案', () => {
  it('is refused for others, without anything, with two things, and with what is not public', async () => {
    await expect(file({ file: kept }, at.ofWater)).rejects.toMatchObject({ status: 403 })
    await expect(file({})).rejects.toMatchObject({ code: 'ledger.one-own-plan' })
    await expect(file({ file: kept, address: '/x/y' })).rejects.toMatchObject({ code: 'ledger.one-own-plan' })
    await expect(file({ address: '/notices/zzzzzzzzzz' })).rejects.toMatchObject({
      code: 'ledger.own-plan-not-public',
    })
    await expect(file({ organId: at.house.at.government.id, file: kept }, at.keeper)).rejects.toMatchObject({
      code: 'ledger.not-owing-plan',
    })
  })

  it('O2: as a file or a publication it meets the duty of that unit only', async () => {
    const { water, school } = keys()
    await file({ file: kept })
    const item = await makePublic(at.house.system, at.house.at, { title: '水利局落实方案' })
    expect((await owed()).filter(line => line.startsWith('own-plan 2'))).toEqual(
      [`own-plan 2 ${school} 2026-12-05 met`, `own-plan 2 ${water} 2026-12-05 open`].toSorted(),
    )
    await file({ organId: at.water.id, address: `/notices/${item.publicId}` }, at.ofWater)
    expect((await owed()).some(line => line.startsWith('own-plan 2') && line.endsWith('open'))).toBe(false)
    const filings = await listFilings(at.db, { planId: at.planId })
    expect(filings.map(one => [one.organName, one.file?.name ?? null, one.publicationId]).toSorted()).toEqual(
      [
        [at.school.shortName, '方案.docx', null],
        [at.water.shortName, null, item.id],
      ].toSorted(),
    )
  })

  it('who leads no longer owes no report; closing the ledger ends what is open', async () => {
    const { county, water, school } = keys()
    const task = await findTask(at.db, at.taskIds[0] ?? '')
    await changeUnits(
      office(),
      { taskId: at.taskIds[0] ?? '', revision: task?.revision ?? 0 },
      changeUnitsInput.parse({
        units: [{ organId: at.school.id, role: 'lead' }],
        reason: '职责划转给教体局',
      }),
    )
    const reports = async () => (await owed()).filter(line => line.startsWith('report'))
    expect(await reports()).toEqual(
      [
        `report ${county} 2026-12-20 open`,
        `report ${school} 2026-12-20 open`,
        `report ${water} 2026-12-20 waived`,
      ].toSorted(),
    )
    await closePlan(office(), at.planId, '年度任务期满，结账')
    expect((await reports()).every(line => line.endsWith('waived'))).toBe(true)
    await expect(file({ file: kept })).rejects.toMatchObject({ code: 'ledger.not-now' })
  })
})
