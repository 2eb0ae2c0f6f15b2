import { uuidv7 } from '#lib/ids'
import {
  createOrgan,
  createOrganInput,
  createSite,
  createSiteInput,
  type Organ,
  type SiteRow,
} from '#modules/organisations'
import { columnInput, saveColumn } from '#modules/publications'
import { type Role, type Staff, system } from '#platform/actor'
import type { Clock } from '#platform/clock'
import { systemClock } from '#platform/clock'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'

export const quietLog = { info: () => {}, warn: () => {}, error: () => {} }

/** A context in which the system acts, as a command does. */
export function systemContext(db: Database, clock: Clock = systemClock): Context {
  return { db, actor: system('测试'), clock, log: quietLog }
}

export interface TestGovernment {
  government: Organ
  department: Organ
  site: SiteRow
  /** Path → id. */
  columns: Map<string, string>
}

/** A small government through the real acts: county, one department, a site, four columns. */
export async function makeGovernment(ctx: Context, key = 'yunxi'): Promise<TestGovernment> {
  const organ = (facts: object) =>
    createOrgan(ctx, createOrganInput.parse({ docCodes: [], level: 'county', ...facts }))
  const government = await organ({
    key,
    name: `云溪县人民政府（${key}）`,
    shortName: '县政府',
    type: 'government',
    uscc: `11990000${key
      .padEnd(10, '0')
      .toUpperCase()
      .slice(0, 10)
      .replace(/[^0-9A-Z]/g, '0')}`,
  })
  const department = await organ({
    key: `${key}-slj`,
    name: `云溪县水利局（${key}）`,
    shortName: '县水利局',
    type: 'department',
    parentId: government.id,
  })
  const site = await createSite(
    ctx,
    createSiteInput.parse({
      key,
      organId: government.id,
      name: '云溪县人民政府',
      shortName: '云溪',
      tagline: '',
      domain: 'www.yunxi.example',
      siteCode: '9900000001',
      hosts: [],
      isDefault: key === 'yunxi',
      footer: { host: '县政府办公室', contactPhone: '0990-5550100' },
    }),
  )
  const columns = new Map<string, string>()
  for (const path of ['notices', 'policies', 'policies/normative', 'interpretation']) {
    const column = {
      siteId: site.id,
      path,
      name: `栏目 ${path}`,
      description: '说明',
      keywords: '词',
      type: '政策文件',
    }
    columns.set(path, await saveColumn(ctx, columnInput.parse(column)))
  }
  return { government, department, site, columns }
}

/** Somebody on the staff, with roles in one organ; no account is needed to act. */
export function staffWith(organ: { id: string }, roles: readonly Role[], name = '李测'): Staff {
  return {
    kind: 'staff',
    id: uuidv7(),
    name,
    organId: organ.id,
    posts: roles.map(role => ({ role, organId: organ.id, reach: [organ.id] })),
  }
}
