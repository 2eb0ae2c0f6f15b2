import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#platform/db/database'
import { type County, makeCounty } from '../../../test/make/county.ts'
import { createSite, createSiteInput } from './actions/create-site.ts'
import { updateSite, updateSiteInput } from './actions/update-site.ts'
import {
  findOrgan,
  findOrganByKey,
  getOrgan,
  listOrgans,
  listOrgansAbove,
  listOrgansBelow,
} from './queries.ts'
import { defaultSite, findSite, listSites } from './site-queries.ts'

let made: County
let db: Database
beforeAll(async () => {
  made = await makeCounty()
  db = made.connection.db
})
afterAll(() => made.leave())

describe('organs', () => {
  it('are listed in tree order (A1)', async () => {
    expect((await listOrgans(db)).map(organ => organ.key)).toEqual(['yunxi', 'jyj', 'slj', 'zls'])
  })

  it('are found by id and by key, or not', async () => {
    expect((await findOrganByKey(db, 'slj'))?.name).toBe('云溪县水利局')
    expect(await findOrganByKey(db, 'nobody')).toBeNull()
    expect(await findOrgan(db, crypto.randomUUID())).toBeNull()
    await expect(getOrgan(db, crypto.randomUUID())).rejects.toMatchObject({ status: 404 })
  })

  it('know what stands below and above them', async () => {
    expect(await listOrgansBelow(db, made.slj.id)).toEqual([made.slj.id, made.zls.id])
    expect((await listOrgansBelow(db, made.county.id)).sort()).toEqual(
      [made.county, made.slj, made.jyj, made.zls].map(organ => organ.id).sort(),
    )
    expect(await listOrgansAbove(db, made.zls.id)).toEqual([made.slj.id, made.county.id])
  })

  it('cannot be deleted by the application, nor can its history be changed', async () => {
    await expect(db.deleteFrom('organs').execute()).rejects.toThrow('permission denied')
    await expect(db.updateTable('restructurings').set({ reason: 'x' }).execute()).rejects.toThrow(
      'permission denied',
    )
    await expect(sql`delete from organ_profile_corrections`.execute(db)).rejects.toThrow('permission denied')
  })
})

describe('sites (W3)', () => {
  const settings = (key: string, organId: string, more: object = {}) =>
    createSiteInput.parse({
      key,
      organId,
      name: `站点${key}`,
      shortName: key,
      domain: `${key}.example`,
      siteCode: '9900000001',
      ...more,
    })

  it('the first is the default one, and there is always exactly one', async () => {
    const portal = await createSite(made.administrator, settings('yunxi', made.county.id))
    expect(portal.isDefault).toBe(true)
    const water = await createSite(
      made.administrator,
      settings('shuili', made.slj.id, { hosts: ['slj.yunxi.example'], isDefault: true }),
    )
    expect((await defaultSite(db))?.key).toBe('shuili')
    expect((await listSites(db)).filter(site => site.isDefault)).toHaveLength(1)
    const undone = updateSiteInput.parse({ ...water, siteId: water.id, revision: null, isDefault: false })
    await expect(updateSite(made.administrator, undone)).rejects.toThrow('必须有一个默认站点')
  })

  it('are found by key before host, by host in any case and with a port', async () => {
    expect((await findSite(db, { host: 'SLJ.yunxi.example:3000' }))?.key).toBe('shuili')
    expect((await findSite(db, { host: 'slj.yunxi.example', key: 'yunxi' }))?.key).toBe('yunxi')
    expect(await findSite(db, { host: 'elsewhere.example' })).toBeNull()
    expect(await findSite(db, {})).toBeNull()
  })

  it('share no host name and no key', async () => {
    const taken = settings('jiaoyu', made.jyj.id, { hosts: ['slj.yunxi.example'] })
    await expect(createSite(made.administrator, taken)).rejects.toThrow('已由站点“站点shuili”使用')
    await expect(createSite(made.administrator, settings('shuili', made.slj.id))).rejects.toMatchObject({
      status: 409,
    })
  })

  it('give a footer in full even where little was stated (S-ID-02)', async () => {
    expect((await findSite(db, { key: 'yunxi' }))?.footer).toMatchObject({
      host: '',
      findErrorUrl: null,
      supportsIpv6: false,
    })
  })

  it('are made by the system administrator of their organ', async () => {
    const own = made.as('李敏', 'system-administrator', made.slj)
    await expect(createSite(own, settings('jiaoyu', made.jyj.id))).rejects.toMatchObject({ status: 403 })
    await expect(createSite(made.openness, settings('jiaoyu', made.jyj.id))).rejects.toMatchObject({
      status: 403,
    })
  })
})
