import { columnInput, registerKinds, saveColumn } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context, PublicContext } from '#platform/context'
import { applicationRole, connect } from '#platform/db/database'
import { makeGovernment, systemContext, type TestGovernment } from '../../../../test/make/government.ts'
import { readerOf, type Visit, visit } from '../../../../test/make/public-visit.ts'
import { makePublic } from '../../../../test/make/publication.ts'
import { testDatabase } from '../../../../test/make/test-database.ts'
import { kinds } from '../../../app/kinds.ts'
import { interpretation } from '../../interpretation/module.ts'
import { policies } from '../../policies/module.ts'
import { site } from '../module.ts'

export const routes = [site, policies, interpretation].flatMap(module => module.publicRoutes ?? [])
export const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`)

/** Titles of a list of publications on a page. */
export const titlesOn = (html: string) =>
  [...html.matchAll(/class="pub-title"[^>]*>(.*?)<\/a>/g)].map(([, title = '']) =>
    title.replace(/<[^>]*>/g, ''),
  )

export interface TestSite {
  ctx: Context
  reader: PublicContext
  county: TestGovernment
  /** What a reader gets at an address, on the morning of 2026-11-23. */
  ask(address: string): Promise<Visit>
  close(): Promise<void>
}

/** A small site with something of every kind, on a database of its own. */
export async function openTestSite(): Promise<TestSite> {
  registerKinds(kinds)
  const database = await testDatabase()
  const connection = connect(database.url, { role: applicationRole })
  const ctx = systemContext(
    connection.db,
    clockAt(() => at('2026-11-23 09:00')),
  )
  const county = await makeGovernment(ctx)
  const reader = readerOf(ctx, county.site)
  const columns: [string, string, string][] = [
    ['dynamics', '云溪要闻', '工作动态'],
    ['disclosure', '政府信息公开', '信息公开目录'],
    ['disclosure/guide', '政府信息公开指南', '信息公开指南'],
    ['disclosure/rules', '政府信息公开制度', '信息公开目录'],
    ['disclosure/content', '法定主动公开内容', '信息公开目录'],
    ['disclosure/content/budget', '财政预决算', '信息公开目录'],
    ['disclosure/content/fees', '收费目录', '信息公开目录'],
    ['disclosure/annual-reports', '政府信息公开年报', '信息公开年报'],
  ]
  for (const [path, name, type] of columns) {
    const column = { siteId: county.site.id, path, name, type, description: `${name}的说明`, keywords: name }
    county.columns.set(path, await saveColumn(ctx, columnInput.parse(column)))
  }
  await fill(ctx, county)
  return {
    ctx,
    reader,
    county,
    ask: address => visit(reader, routes, address),
    async close() {
      await connection.close()
      await database.drop()
    },
  }
}

const guide = {
  officeName: '县政府办政务公开股',
  officeAddress: '溪湖路1号',
  officeHours: '工作日 8:30—17:30',
  officePhone: '0990-5550106',
  officeFax: '0990-5550105',
  officeInternet: 'xxgk@yunxi.example',
}

export const policyFacts = {
  kind: 'policy',
  column: 'policies',
  issuers: '云溪县人民政府',
  signedOn: '2026-11-01',
  theme: '农业、林业、水利',
}

async function fill(ctx: Context, county: TestGovernment) {
  const add = (facts: Record<string, unknown>, moment: string) => makePublic(ctx, county, facts, at(moment))
  await add(
    { ...policyFacts, title: '云溪县节约用水办法', docNo: '云政发〔2026〕12号', keywords: '节水,水价' },
    '2026-11-05 10:00',
  )
  await add(
    {
      ...policyFacts,
      title: '云溪县城镇供水细则',
      docNo: '云政发〔2026〕13号',
      keywords: '水价',
      effectiveFrom: '2026-12-01',
    },
    '2026-11-06 10:00',
  )
  await add(
    {
      ...policyFacts,
      title: '云溪县学校建设方案',
      docNo: '云政发〔2025〕12号',
      bodyHtml: '<p>学校应当节约用水。</p>',
    },
    '2025-03-01 10:00',
  )
  await add({ title: '县里开会部署冬修', column: 'dynamics' }, '2026-11-20 10:00')
  await add(
    {
      title: '云溪县政府信息公开年度报告',
      column: 'disclosure/annual-reports',
      organId: county.government.id,
    },
    '2026-03-20 10:00',
  )
  await add({ title: '县水利局2026年部门预算', column: 'disclosure/content/budget' }, '2026-02-10 10:00')
  await add(
    {
      kind: 'disclosure-guide',
      title: '云溪县政府信息公开指南',
      column: 'disclosure/guide',
      organId: county.government.id,
      fields: guide,
    },
    '2026-01-10 10:00',
  )
  await add(
    {
      kind: 'disclosure-rules',
      title: '云溪县保密审查办法',
      column: 'disclosure/rules',
      organId: county.government.id,
    },
    '2026-01-11 10:00',
  )
}
