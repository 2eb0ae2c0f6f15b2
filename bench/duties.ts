import { sql } from 'kysely'
import {
  createOrgan,
  createOrganInput,
  createSite,
  createSiteInput,
  type Organ,
} from '#modules/organisations'
import { system } from '#platform/actor'
import { systemClock } from '#platform/clock'
import type { Context } from '#platform/context'
import { type Connection, connect } from '#platform/db/database'
import { migrate } from '#platform/db/migrate'
import { meetDuties } from '../src/modules/duties/actions/meet-duties.ts'
import { openDuties } from '../src/modules/duties/actions/open-duties.ts'
import { boardLines, listBoardDuties } from '../src/modules/duties/board-queries.ts'
import { countOpen, selectDuties } from '../src/modules/duties/duty-queries.ts'
import type { Asked } from './arguments.ts'
import { load, milliseconds, type Print, quantile } from './figures.ts'
import { startServer } from './server.ts'

const small = 10_000
const departments = 60
const asks = 200
const inFlight = 4
const rounds = 300

/** A table of open duties: what lists and the board cost, and whether opening and meeting one grows dear with it. */
export async function benchDuties(asked: Asked, print: Print): Promise<void> {
  // Another folder than that of the library of the same size
  const server = await startServer({ ...asked, seed: asked.seed + 1_000_000, keep: false })
  const connection = connect(server.url, { max: inFlight })
  try {
    await migrate(server.url)
    const at = await found(contextOf(connection))
    print('义务', `${server.name}，${load()}`)
    await fill(connection, at, small)
    const cheap = await costOfOne(connection, at)
    print(`生成并完成一项（${small} 项）`, `中位数 ${milliseconds(cheap)} ms`)
    await fill(connection, at, asked.scale - small)
    const dear = await costOfOne(connection, at)
    print(
      `生成并完成一项（${asked.scale} 项）`,
      `中位数 ${milliseconds(dear)} ms；比值 ${(dear / cheap).toFixed(2)}`,
    )
    await lists(connection, at, print)
  } finally {
    await connection.close()
    await server.stop()
  }
}

const contextOf = ({ db }: Connection): Context => ({
  db,
  actor: system('测速'),
  clock: systemClock,
  log: { info: () => {}, warn: () => {}, error: () => {} },
})

interface Place {
  siteId: string
  organ: Organ
}

/** A county with sixty departments and its site. */
async function found(ctx: Context): Promise<Place> {
  const make = (key: string, name: string, more: object) =>
    createOrgan(
      ctx,
      createOrganInput.parse({ docCodes: [], level: 'county', key, name, shortName: name, ...more }),
    )
  const county = await make('yunxi', '云溪县人民政府', { type: 'government' })
  const site = createSiteInput.parse({
    key: 'yunxi',
    organId: county.id,
    name: '云溪县人民政府',
    shortName: '云溪',
    tagline: '',
    domain: 'www.yunxi.example',
    siteCode: '9900000001',
    hosts: [],
    isDefault: true,
    footer: { host: '县政府办公室', contactPhone: '0990-5550100' },
  })
  const { id: siteId } = await createSite(ctx, site)
  for (let serial = 1; serial <= departments; serial++)
    await make(`ju-${serial}`, `云溪县第${serial}局`, { type: 'department', parentId: county.id })
  return { siteId, organ: county }
}

/** Open duties of all organs, due from ten days ago to three hundred days ahead. */
async function fill({ db }: Connection, { siteId }: Place, many: number): Promise<void> {
  await sql`
    insert into duties (id, site_id, organ_id, rule, article, title, domain, subject_kind, subject_id, subject_label, amount, unit,
      events, started_at, due_on, due_at, opened_at, opened_by)
    select gen_random_uuid(), ${siteId}, o.id, 'R-PUB-08', '条例第二十六条', '主动公开', 'proactive', 'bench', gen_random_uuid()::text,
      '测速用的信息', 20, 'working-days', '{}', now() - interval '30 days', (now() + day)::date, now() + day, now(), '测速'
    from generate_series(1, ${many}) as n
    cross join lateral (select make_interval(hours => (random() * 310 * 24)::int) - interval '10 days' as day, n as same) as due
    join (select id, row_number() over () as no, count(*) over () as organs from organs) as o on o.no = 1 + n % o.organs`.execute(
    db,
  )
  await sql`delete from duty_counts`.execute(db)
  await sql`insert into duty_counts (site_id, organ_id, domain, month, opened)
    select site_id, organ_id, domain, to_char(opened_at, 'YYYY-MM'), count(*) from duties group by 1, 2, 3, 4`.execute(
    db,
  )
  await sql`delete from duty_days`.execute(db)
  await sql`insert into duty_days (site_id, organ_id, domain, due_on, open)
    select site_id, organ_id, domain, due_on, count(*) from duties group by 1, 2, 3, 4`.execute(db)
  await sql`vacuum analyze duties`.execute(db)
}

/** Milliseconds of one opening and one meeting, each in its own transaction; the median. */
async function costOfOne(connection: Connection, at: Place): Promise<number> {
  const ctx = contextOf(connection)
  const { db } = connection
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now()
    const ids = await db.transaction().execute(tx =>
      openDuties(tx, ctx, [
        {
          siteId: at.siteId,
          organId: at.organ.id,
          rule: 'R-INT-02',
          article: '三个工作日内解读',
          title: '发布政策解读',
          domain: 'interpretation',
          subject: { kind: 'bench', id: crypto.randomUUID(), label: '测速用的文件' },
          limit: { amount: 3, unit: 'working-days' },
          startedAt: new Date(),
        },
      ]),
    )
    await db
      .transaction()
      .execute(tx => meetDuties(tx, ctx, { ids }, { kind: 'bench', id: '', label: '测速用的解读' }))
    times.push(performance.now() - begun)
  }
  return quantile(times, 0.5)
}

async function lists({ db }: Connection, at: Place, print: Print): Promise<void> {
  const now = new Date()
  const organs = await db.selectFrom('organs').select('id').execute()
  const organOf = (turn: number) => organs[turn % organs.length]?.id ?? ''
  const paging = { page: 1, pageSize: 30 }
  const week = async (turn: number) => {
    const organIds = [organOf(turn)]
    await Promise.all([
      selectDuties(db, now, { organIds, show: 'week' }, paging),
      countOpen(db, now, organIds),
    ])
  }
  const board = async () => {
    await Promise.all([
      boardLines(db, now, { siteId: at.siteId, period: String(now.getFullYear()) }),
      listBoardDuties(db, now, { siteId: at.siteId, show: 'late' }, paging),
    ])
  }
  for (const [name, ask] of [
    ['一个单位逾期和七天内的义务', week],
    ['公开义务看板', board],
  ] as const) {
    const times: number[] = []
    let turn = 0
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (turn < asks) {
          const begun = performance.now()
          await ask(turn++)
          times.push(performance.now() - begun)
        }
      }),
    )
    print(
      `${name}（${inFlight} 路并行）`,
      `p50 ${milliseconds(quantile(times, 0.5))} ms，p95 ${milliseconds(quantile(times, 0.95))} ms；${load()}`,
    )
  }
}
