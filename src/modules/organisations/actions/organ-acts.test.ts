import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#platform/db/database'
import { type County, makeCounty } from '../../../../test/make/county.ts'
import { currentProfile, listCorrections, profileHistory } from '../profile-queries.ts'
import { formerNames, getOrgan, listOrgans, listRestructurings, successorOf } from '../queries.ts'
import { findSite } from '../site-queries.ts'
import { correctProfile, correctProfileInput } from './correct-profile.ts'
import { createOrgan, createOrganInput } from './create-organ.ts'
import { createSite, createSiteInput } from './create-site.ts'
import { restructure, restructureInput } from './restructure.ts'
import { saveProfile, saveProfileInput } from './save-profile.ts'
import { updateOrgan, updateOrganInput } from './update-organ.ts'

let made: County
let db: Database
beforeEach(async () => {
  made = await makeCounty()
  db = made.connection.db
})
afterEach(() => made.leave())

const profile = (organId: string, more: object = {}) => saveProfileInput.parse({ organId, ...more })
const correction = (organId: string, more: object = {}) =>
  correctProfileInput.parse({ organId, reason: '漏记', ...more })
const change = (organ: object & { id: string }, more: object = {}) =>
  updateOrganInput.parse({ ...organ, organId: organ.id, ...more })
const merge = (organId: string, successorId: string | null, more: object = {}) =>
  restructureInput.parse({
    organId,
    kind: 'merged',
    successorId,
    happenedOn: '2026-11-20',
    reason: '机构改革方案',
    ...more,
  })

describe('changing an organ', () => {
  it('counts revisions and says who changed it', async () => {
    const saved = await updateOrgan(made.administrator, change(made.slj, { shortName: '水利局' }))
    expect(saved).toMatchObject({ shortName: '水利局', revision: 2, changedBy: '周敏' })
  })

  it('tells the second of two who changed it meanwhile, and keeps what the first saved', async () => {
    await updateOrgan(made.administrator, change(made.slj, { shortName: '水利局' }))
    const late = updateOrgan(made.administrator, change(made.slj, { shortName: '县水务局' }))
    await expect(late).rejects.toThrow('周敏在您打开表单以后已经保存过修改')
    expect((await getOrgan(db, made.slj.id)).shortName).toBe('水利局')
  })

  it('lets one of two that come at the same moment through', async () => {
    const both = await Promise.allSettled(
      ['甲', '乙'].map(shortName => updateOrgan(made.administrator, change(made.slj, { shortName }))),
    )
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('never puts an organ below itself, even when two moves come together', async () => {
    await expect(
      updateOrgan(made.administrator, change(made.slj, { parentId: made.zls.id })),
    ).rejects.toThrow('它的下级机构')
    const moves = await Promise.allSettled([
      updateOrgan(made.administrator, change(made.slj, { parentId: made.jyj.id })),
      updateOrgan(made.administrator, change(made.jyj, { parentId: made.slj.id })),
    ])
    expect(moves.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    expect(await listOrgans(db)).toHaveLength(4)
  })

  it('refuses a key or a document code that another organ has', async () => {
    const facts = {
      name: '新局',
      shortName: '新局',
      type: 'department',
      level: 'county',
      parentId: made.county.id,
    }
    const input = (more: object) => createOrganInput.parse({ ...facts, key: 'xj', ...more })
    await expect(createOrgan(made.administrator, input({ key: 'slj' }))).rejects.toThrow(
      '已由“云溪县水利局”使用',
    )
    await expect(createOrgan(made.administrator, input({ docCodes: '云水' }))).rejects.toThrow(
      '机关代字“云水”',
    )
  })

  it('is for the system administrator of the organ', async () => {
    await expect(updateOrgan(made.openness, change(made.slj))).rejects.toMatchObject({ status: 403 })
    const elsewhere = made.as('李敏', 'system-administrator', made.jyj)
    await expect(updateOrgan(elsewhere, change(made.slj))).rejects.toMatchObject({ status: 403 })
  })

  it('stands in the audit trail with what changed, and a refusal leaves nothing', async () => {
    await updateOrgan(made.administrator, change(made.slj, { shortName: '水利局' }))
    const entries = await db
      .selectFrom('auditEntries')
      .selectAll()
      .where('act', '=', 'organisations.update-organ')
      .execute()
    expect(entries).toMatchObject([
      { actor: '周敏', details: { shortName: { before: '县水利局', after: '水利局' } } },
    ])
    expect(Object.keys(entries[0]?.details as object)).toEqual(['shortName'])
  })
})

describe('what an organ says of itself (A2)', () => {
  it('is a new dated row, and what was said before stays', async () => {
    await saveProfile(made.on(made.openness, '2026-11-01'), profile(made.slj.id, { phone: '1' }))
    await saveProfile(made.openness, profile(made.slj.id, { phone: '2' }))
    expect((await currentProfile(db, made.slj.id, '2026-11-22'))?.phone).toBe('1')
    expect((await currentProfile(db, made.slj.id, '2026-11-23'))?.phone).toBe('2')
    expect(await currentProfile(db, made.slj.id, '2026-10-31')).toBeNull()
  })

  it('is replaced by a second change on the same day', async () => {
    await saveProfile(made.openness, profile(made.slj.id, { phone: '1' }))
    const second = await saveProfile(made.openness, profile(made.slj.id, { phone: '2' }))
    expect(second).toMatchObject({ phone: '2', revision: 2 })
    expect(await profileHistory(db, made.slj.id)).toHaveLength(1)
  })

  it('may be arranged for a day to come', async () => {
    await saveProfile(made.openness, profile(made.slj.id, { phone: '1' }))
    await saveProfile(made.openness, profile(made.slj.id, { phone: '2', validFrom: '2026-12-01' }))
    expect((await currentProfile(db, made.slj.id, '2026-11-30'))?.phone).toBe('1')
    expect((await currentProfile(db, made.slj.id, '2026-12-01'))?.phone).toBe('2')
  })

  it('may begin in the past only the first time', async () => {
    await saveProfile(made.openness, profile(made.slj.id, { phone: '1', validFrom: '2020-01-01' }))
    const again = saveProfile(made.openness, profile(made.slj.id, { phone: '2', validFrom: '2026-11-22' }))
    await expect(again).rejects.toThrow('更正历史内容')
  })

  it('is corrected for the past with a reason, and what stood there is kept', async () => {
    await saveProfile(made.openness, profile(made.slj.id, { phone: '1', validFrom: '2020-01-01' }))
    await correctProfile(
      made.openness,
      correction(made.slj.id, { phone: '2', validFrom: '2020-01-01', reason: '号码写错' }),
    )
    expect((await currentProfile(db, made.slj.id, '2021-01-01'))?.phone).toBe('2')
    expect(await listCorrections(db, made.slj.id)).toMatchObject([
      { validFrom: '2020-01-01', reason: '号码写错', correctedBy: '何敏', before: { phone: '1' } },
    ])
    await correctProfile(made.openness, correction(made.slj.id, { phone: '3', validFrom: '2024-01-01' }))
    expect((await listCorrections(db, made.slj.id))[0]?.before).toBeNull()
    expect(await profileHistory(db, made.slj.id)).toHaveLength(2)
    const today = correction(made.slj.id, { validFrom: '2026-11-23' })
    await expect(correctProfile(made.openness, today)).rejects.toThrow('今天以前')
  })

  it('tells the second of two who has saved meanwhile', async () => {
    const first = await saveProfile(
      made.on(made.openness, '2026-11-01'),
      profile(made.slj.id, { phone: '1' }),
    )
    const version = `${first.id}.${first.revision}`
    await saveProfile(made.openness, profile(made.slj.id, { phone: '2', version }))
    const late = saveProfile(made.openness, profile(made.slj.id, { phone: '3', version }))
    await expect(late).rejects.toThrow('何敏在您打开表单以后')
    const both = await Promise.allSettled(
      ['4', '5'].map(phone => saveProfile(made.openness, profile(made.jyj.id, { phone, version: 'none' }))),
    )
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is written by the openness office of the organ or of one above', async () => {
    const bureau = made.as('李敏', 'openness-office', made.slj)
    await saveProfile(bureau, profile(made.zls.id, { phone: '1' }))
    await expect(saveProfile(bureau, profile(made.jyj.id))).rejects.toMatchObject({ status: 403 })
    await expect(saveProfile(made.administrator, profile(made.slj.id))).rejects.toMatchObject({ status: 403 })
  })
})

describe('a restructuring (A2)', () => {
  it('moves children and sites to the successor and keeps the history', async () => {
    const site = createSiteInput.parse({
      key: 'shuili',
      organId: made.slj.id,
      name: '水利局',
      shortName: '水利',
      domain: 'slj.example',
      siteCode: '9900000002',
    })
    await createSite(made.administrator, site)
    const moved = await restructure(made.administrator, merge(made.slj.id, made.jyj.id))
    expect(moved.movedOrgans.map(organ => organ.key)).toEqual(['zls'])
    expect(moved.movedSites.map(one => one.key)).toEqual(['shuili'])
    expect((await getOrgan(db, made.zls.id)).parentId).toBe(made.jyj.id)
    expect((await findSite(db, { key: 'shuili' }))?.organId).toBe(made.jyj.id)
    expect((await listOrgans(db)).map(organ => organ.key)).toEqual(['yunxi', 'jyj', 'zls'])
    expect(await listOrgans(db, { includeAbolished: true })).toHaveLength(4)
    expect((await listRestructurings(db, made.jyj.id)).takenOver).toMatchObject([
      { formerName: '云溪县水利局' },
    ])
    expect((await successorOf(db, made.slj.id, '2026-11-20')).key).toBe('slj')
    expect((await successorOf(db, made.slj.id, '2026-11-21')).key).toBe('jyj')
  })

  it('is followed through several successors', async () => {
    await restructure(made.administrator, merge(made.zls.id, made.slj.id, { happenedOn: '2025-06-30' }))
    await restructure(made.administrator, merge(made.slj.id, made.jyj.id))
    expect((await successorOf(db, made.zls.id, '2026-01-01')).key).toBe('slj')
    expect((await successorOf(db, made.zls.id, '2026-11-23')).key).toBe('jyj')
  })

  it('leaves the organ below in the place of the one it succeeds', async () => {
    await restructure(made.administrator, merge(made.slj.id, made.zls.id))
    expect((await getOrgan(db, made.zls.id)).parentId).toBe(made.county.id)
    expect((await listOrgans(db)).map(organ => organ.key)).toEqual(['yunxi', 'zls', 'jyj'])
  })

  it('keeps the former name with its last day', async () => {
    const renamed = { kind: 'renamed', newName: '云溪县水务局', newShortName: '县水务局' }
    await restructure(made.administrator, merge(made.slj.id, null, renamed))
    expect(await getOrgan(db, made.slj.id)).toMatchObject({
      name: '云溪县水务局',
      shortName: '县水务局',
      abolishedOn: null,
    })
    expect(await formerNames(db, made.slj.id)).toEqual([{ name: '云溪县水利局', until: '2026-11-20' }])
    expect((await successorOf(db, made.slj.id, '2026-11-23')).name).toBe('云溪县水务局')
  })

  it('ends every act in the name of the organ after its last day', async () => {
    await restructure(made.administrator, merge(made.slj.id, made.jyj.id))
    const refused = { code: 'organisations.abolished' }
    await expect(saveProfile(made.openness, profile(made.slj.id))).rejects.toMatchObject(refused)
    await expect(
      updateOrgan(made.administrator, change(await getOrgan(db, made.slj.id))),
    ).rejects.toMatchObject(refused)
    await expect(restructure(made.administrator, merge(made.slj.id, made.county.id))).rejects.toMatchObject(
      refused,
    )
    await expect(restructure(made.administrator, merge(made.jyj.id, made.slj.id))).rejects.toThrow(
      '自己已经撤销',
    )
    await expect(
      updateOrgan(made.administrator, change(made.zls, { parentId: made.slj.id, revision: null })),
    ).rejects.toMatchObject(refused)
    // what was wrong while it stood may still be put right
    await correctProfile(made.openness, correction(made.slj.id, { validFrom: '2026-11-01', phone: '1' }))
    await expect(
      correctProfile(made.openness, correction(made.slj.id, { validFrom: '2026-11-21' })),
    ).rejects.toMatchObject(refused)
  })

  it('is done once when the button is pressed twice', async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() => restructure(made.administrator, merge(made.slj.id, made.jyj.id))),
    )
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await listRestructurings(db, made.slj.id)).own).toHaveLength(1)
  })

  it('needs the say over both organs', async () => {
    const own = made.as('李敏', 'system-administrator', made.slj)
    await expect(restructure(own, merge(made.slj.id, made.jyj.id))).rejects.toMatchObject({ status: 403 })
    expect((await getOrgan(db, made.slj.id)).abolishedOn).toBeNull()
  })
})
