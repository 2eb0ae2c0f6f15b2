import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeDown } from '#modules/publications'
import { clockAt } from '#platform/clock'
import { readConfig } from '#platform/config'
import type { Probe } from '#platform/http/route'
import { makeGovernment, quietLog, systemContext, type TestGovernment } from '../../test/make/government.ts'
import { makeDraft, makePublic } from '../../test/make/publication.ts'
import { testDatabase } from '../../test/make/test-database.ts'
import { makeTestFolder } from '../../test/make/test-folder.ts'
import { type House, openHouse } from './house.ts'
import { publicServer } from './public-server.tsx'

let house: House
let server: FastifyInstance
let government: TestGovernment
let drop: () => Promise<void>
const routes: string[] = []
const now = new Date('2026-11-23T02:00:00Z')
let serial = 0
const day = 24 * 3600 * 1000

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  const config = { ...readConfig({}), dataDir: await makeTestFolder(), publicUrl: 'http://site.example' }
  house = await openHouse({ config, databaseUrl: database.url, log: quietLog, clock: clockAt(() => now) })
  server = await publicServer(house, {
    onRoute: (method, path) => {
      if (![method].flat().every(one => one === 'HEAD')) routes.push(path)
    },
  })
  government = await makeGovernment(systemContext(house.connection.db, house.clock))
})

afterAll(async () => {
  await server.close()
  await house.close()
  await drop()
})

const context = () => systemContext(house.connection.db, house.clock)

/** Items with addresses of their own kind, and what the walker asks for. */
interface Family {
  segment: string
  columnPath: string
  keys: string[]
  facts: (title: string) => Record<string, unknown>
}
const probeOf = (family: Family, item: { publicId: string }, title: string): Probe => ({
  id: item.publicId,
  segment: family.segment,
  title,
  columnPath: family.columnPath,
  organKey: government.department.key,
  keys: family.keys,
  files: [],
})
const facts = (title: string) => ({
  kind: 'normative-document',
  column: 'policies/normative',
  title,
  docNo: `云水〔2026〕${++serial}号`,
  issuers: '云溪县水利局',
  signedOn: '2026-11-01',
  effectiveFrom: '2026-11-02',
  theme: '农业、林业、水利',
  summary: `${title}的概述`,
})

const policies: Family = { segment: 'policies', columnPath: 'policies/normative', keys: [], facts }
const taskKey = '7k2m9c4x3p'
const plans: Family = {
  segment: 'plans',
  columnPath: 'notices',
  keys: [taskKey],
  facts: title => ({
    kind: 'plan-progress',
    title,
    source: '县水利局',
    summary: `${title}的概述`,
    fields: planTable(`${title}的概述`),
  }),
}

/** Its one task says in its words what must not be read. */
const planTable = (words: string) => ({
  ledger: 'openness-plan',
  ledgerName: '政务公开工作要点',
  year: 2026,
  asOf: '2026-11-22',
  plan: { title: '2026年政务公开工作要点', docNo: null },
  rows: [
    {
      key: taskKey,
      no: '1',
      heading: [],
      content: words,
      requirement: '',
      lead: [government.department.shortName],
      responsible: [],
      supporting: [],
      organs: [government.department.key],
      unitsSince: null,
      due: [],
      dueOn: null,
      extended: null,
      state: 'not-reported',
      word: '尚无进展',
      share: null,
      progress: '',
      doneOn: null,
      more: [],
      reports: [],
    },
  ],
})

/** One item in each way of being hidden, with a title that stands nowhere else. */
async function hiddenItems(family: Family): Promise<[string, Probe][]> {
  const ctx = context()
  const { facts } = family
  const titles = ['起草中甲一号事项', '定时中乙二号事项', '撤下的丙三号事项', '到期的丁四号事项'].map(
    title => `${family.segment}${title}`,
  ) as [string, string, string, string]
  const draft = await makeDraft(ctx, government, facts(titles[0]))
  const scheduled = await makePublic(ctx, government, { ...facts(titles[1]) }, new Date(now.getTime() + day))
  const withdrawn = await makePublic(ctx, government, facts(titles[2]), new Date(now.getTime() - day))
  await takeDown(ctx, { publicationId: withdrawn.id, how: 'withdrawn', reason: '内容有误', to: '' })
  const expired = await makePublic(
    ctx,
    government,
    { ...facts(titles[3]), shownUntil: '2026-11-20' },
    new Date(now.getTime() - 10 * day),
  )
  return [draft, scheduled, withdrawn, expired].map((item, index) => [
    titles[index] ?? '',
    probeOf(family, item, titles[index] ?? ''),
  ])
}

const get = (url: string) => server.inject({ method: 'GET', url, headers: { host: 'site.example' } })

describe('visibility: one gate for every route', () => {
  it('every route of the router has a rule', () => {
    const infrastructure = ['/health', '/assets/*']
    const ruled = new Set(house.publicRoutes.filter(route => route.rule).map(route => route.path))
    expect([...new Set(routes)].filter(path => !ruled.has(path) && !infrastructure.includes(path))).toEqual(
      [],
    )
  })

  it.each([
    ['policies', policies],
    ['plans', plans],
  ])(
    'drafts, scheduled, withdrawn and expired items are nowhere; a public one is wherever its routes say: %s',
    async (_, family) => {
      const hidden = await hiddenItems(family)
      const shown = await makePublic(
        context(),
        government,
        family.facts('公开的戊五号事项'),
        new Date(now.getTime() - day),
      )
      const control = probeOf(family, shown, '公开的戊五号事项')
      for (const route of house.publicRoutes) {
        if (route.rule.shows !== 'publications') continue
        for (const url of route.rule.probe(control)) {
          const answer = await get(url)
          expect(answer.statusCode, `${url} does not show what is public`).toBe(200)
        }
        for (const [title, probe] of hidden) {
          for (const url of route.rule.probe(probe)) {
            // Twice: what was not shown when made must not come out of the cache either
            for (const answer of [await get(url), await get(url)]) {
              const text = answer.payload
                .replaceAll(encodeURIComponent(title), '')
                .replaceAll(/value="[^"]*"/g, '')
              const echoed = url.includes('?q=')
                ? text.replaceAll(/<(h1|title|strong|mark|p|meta|input)[^>]*>[^<]*/g, '')
                : text
              const mayNameIt = answer.statusCode === 410 && title.includes('到期')
              expect(mayNameIt || !echoed.includes(`${title}的概述`), `${url} shows “${title}”`).toBe(true)
              expect(
                echoed.includes(`/${family.segment}/${probe.id}`) && answer.statusCode === 200,
                `${url} links “${title}”`,
              ).toBe(false)
            }
          }
        }
      }
    },
  )

  it('an address that never was public answers as one that does not exist', async () => {
    const draft = await makeDraft(context(), government, facts('另一份起草中的事项'))
    const [never, unknown] = [await get(`/policies/${draft.publicId}`), await get('/policies/2222222222')]
    expect(never.statusCode).toBe(404)
    expect(never.payload.replaceAll(draft.publicId, '')).toBe(unknown.payload.replaceAll('2222222222', ''))
  })

  it('S-DOM-04: a withdrawn item answers 410 with the reason, not 404', async () => {
    const item = await makePublic(
      context(),
      government,
      facts('将被撤下的事项'),
      new Date(now.getTime() - day),
    )
    expect((await get(`/policies/${item.publicId}`)).statusCode).toBe(200)
    await takeDown(context(), { publicationId: item.id, how: 'withdrawn', reason: '数字有误', to: '' })
    await expect
      .poll(async () => (await get(`/policies/${item.publicId}`)).statusCode, { timeout: 1000 })
      .toBe(410)
    expect((await get(`/policies/${item.publicId}`)).payload).toContain('数字有误')
  })
})
