import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerKinds } from '#modules/publications'
import { system } from '#platform/actor'
import { clockAt, systemClock } from '#platform/clock'
import { applicationRole, type Connection, connect } from '#platform/db/database'
import { testDatabase } from '../../../test/make/test-database.ts'
import { openCadenceDuties } from '../../modules/catalogue/jobs/open-cadence.job.ts'
import { kinds } from '../kinds.ts'
import { modules } from '../modules.ts'
import type { SampleLogin } from './found-government.ts'
import { loadSample } from './load-sample.ts'

let connection: Connection
let drop: () => Promise<void>
let logins: SampleLogin[]
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
/** The list of November may be handed in until 10 December. */
const november = clockAt(() => new Date('2026-12-02T09:00:00+08:00'))

beforeAll(async () => {
  registerKinds(kinds)
  const database = await testDatabase()
  drop = database.drop
  connection = connect(database.url, { role: applicationRole })
  logins = await loadSample(
    { db: connection.db, actor: system('装入样例'), clock: systemClock, log: quiet },
    () => {},
  )
}, 120_000)

afterAll(async () => {
  await connection.close()
  await drop()
})

const count = async (query: ReturnType<typeof sql>) =>
  (await query.execute(connection.db)).rows as Record<string, unknown>[]

describe('the sample government', () => {
  it('has at least 12 organs and 120 publications over all kinds and two sites', async () => {
    const [organs] = await count(sql`select count(*)::int as n from organs`)
    const found = await count(sql`select kind, count(*)::int as n from publications group by kind`)
    const total = found.reduce((sum, row) => sum + Number(row.n), 0)
    expect(Number(organs?.n)).toBeGreaterThanOrEqual(12)
    expect(total).toBeGreaterThanOrEqual(120)
    expect(found.map(row => row.kind).sort()).toEqual(kinds.map(kind => kind.name).sort())
    expect(await count(sql`select site_id from placements group by site_id`)).toHaveLength(2)
  })

  it('R-EXC-09: holds nothing public without a clearance', async () => {
    expect(
      await count(sql`select 1 from editions where sealed_at is not null and clearance_id is null`),
    ).toEqual([])
  })

  it('R-CATG-04: gave every publication an index number of its own', async () => {
    expect(
      await count(sql`select 1 from publications where index_no !~ '^[0-9A-Z]{18}/[0-9]{6}-[0-9]{5}$'`),
    ).toEqual([])
  })

  it('links interpretations to the policies they interpret', async () => {
    const [row] = await count(sql`select count(*)::int as n from links l join works w on w.id = l.work_id
      where l.type = 'interprets' and w.publication_id is not null`)
    expect(Number(row?.n)).toBeGreaterThanOrEqual(20)
  })

  it('G1: has a catalogue that differs from the standard for reasons, with texts under its items', async () => {
    const [row] = await count(sql`select count(*)::int as items, count(deviation)::int as differing,
      (select count(*)::int from catalogue_publications) as linked from catalogue_items`)
    expect(row).toMatchObject({ items: 85, differing: 3, linked: 13 })
  })

  it('F9, G4: a village owes its monthly list, a public-service enterprise what its own catalogue says', async () => {
    await openCadenceDuties({ db: connection.db, actor: system('测试'), clock: november, log: quiet })
    const owed =
      await count(sql`select o.short_name as organ, d.title from duties d join organs o on o.id = d.organ_id
      where o.type in ('village', 'public-service-enterprise') order by o.key, d.title`)
    expect(owed.map(row => `${row.organ}：${row.title}`)).toEqual([
      '浅水村：公开“村务 · 每月公开清单”（2026年11月）',
      '浅水村：公开“财务 · 集体财务收支”（2026年第4季度）',
      '县自来水公司：公开“供水 · 水质检测结果”（2026年11月）',
    ])
  })

  it('S-SEC-06: has three administrators who are three persons, and a password of its own for everybody', () => {
    expect(new Set(logins.map(login => login.password)).size).toBe(logins.length)
    const administrators = logins.filter(login => login.roles.some(role => role.endsWith('管理员')))
    expect(administrators).toHaveLength(3)
  })

  it('X2: stands in the public log, leaf by leaf', async () => {
    const command = modules.flatMap(module => module.commands ?? []).find(one => one.name === 'log')
    const lines: string[] = []
    const out = { print: (line: string) => lines.push(line), error: (line: string) => lines.push(line) }
    const ctx = { db: connection.db, actor: system('测试'), clock: systemClock, log: quiet }
    expect(await command?.run(ctx, ['fsck', '--json'], out), lines.join('\n')).toBe(0)
    const [acts] = await count(sql`select count(*)::int as n from publishing_acts`)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ acts: acts?.n, size: acts?.n, faults: [] })
  })
})
