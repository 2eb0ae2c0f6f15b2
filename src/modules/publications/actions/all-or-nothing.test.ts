import { type KyselyPlugin, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#platform/context'
import { makeDraft } from '../../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
} from '../../../../test/make/publishing.ts'
import { findDraft } from '../draft-queries.ts'
import { settle } from '../jobs/settle-openings.job.ts'
import { cancelSchedule } from './cancel-schedule.ts'
import { discardDraft } from './discard-draft.ts'
import { publish } from './publish.ts'
import { saveDraft, saveDraftInput } from './save-draft.ts'
import { startEdition } from './start-edition.ts'
import { takeDown } from './take-down.ts'

let house: Publishing
let listener: pg.Client
const heard: string[] = []
beforeAll(async () => {
  house = await makePublishing()
  listener = new pg.Client({ connectionString: house.url })
  await listener.connect()
  listener.on('notification', notice => heard.push(notice.payload ?? ''))
  await listener.query('listen page_cache')
})
afterAll(async () => {
  await listener.end()
  await house.leave()
})

const broken = new Error('the connection broke')

/** The same database, but it breaks right after its n-th statement. */
function breakingAfter(n: number): Context {
  let done = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (++done >= n) throw broken
      return result
    },
  }
  return { ...house.system, db: house.connection.db.withPlugin(plugin) }
}

/** Rows and content of every table. */
async function everything(): Promise<Record<string, string>> {
  const { db } = house.connection
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db)
  const parts = tables.rows.map(
    ({
      name,
    }) => sql`select ${name} as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as held
      from ${sql.table(name)} t`,
  )
  const { rows } = await sql<{ name: string; held: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(rows.map(row => [row.name, row.held]))
}

/** Breaks the act after each of its statements in turn, until it comes through. @returns how often it broke. */
async function breakEverywhere(act: (ctx: Context) => Promise<unknown>): Promise<number> {
  const before = await everything()
  for (let n = 1; ; n++) {
    const error = await act(breakingAfter(n)).then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error === null) {
      expect(await everything()).not.toEqual(before)
      return n - 1
    }
    expect(error).toBe(broken)
    expect(await everything(), `broken after statement ${n}`).toEqual(before)
    expect(heard, 'nobody is told of what did not happen').toEqual([])
  }
}

async function nowHeard() {
  await expect.poll(() => heard.length).toBe(1)
  heard.length = 0
}

const hushed = async <T>(work: Promise<T>) => {
  const result = await work
  await nowHeard()
  return result
}

describe('all or nothing: an act that breaks after any of its statements has not happened', () => {
  const sample = () => ({ kind: 'sample', publicAt: house.now() }) as const
  const facts = (no: number) =>
    documentFacts(`第 ${no} 号文件`, {
      docNo: `云政发〔2026〕${no}号`,
      cites: '云政发〔2020〕1号',
      repeals: `云政发〔2026〕${no + 1}号 @ 2027-01-01`,
    })

  it('publishing', async () => {
    // Others wait for it under its number and its title, and a work is merged on the way
    await makeDraft(house.system, house.at, { cites: '云政发〔2026〕10号\n《第 10 号文件》' })
    const draft = await makeDraft(house.system, house.at, facts(10))
    const input = { publicationId: draft.id, revision: 1 }
    expect(await breakEverywhere(ctx => publish(ctx, input, sample()))).toBeGreaterThan(20)
    await nowHeard()
  })

  it('correcting: beginning, saving, publishing at a later time, cancelling that', async () => {
    const item = await hushed(makeReviewed(house, facts(20)))
    expect(await breakEverywhere(ctx => startEdition(ctx, item.id))).toBeGreaterThan(5)
    const form = { ...(await findDraft(house.connection.db, item.id)), publicationId: item.id }
    const saved = saveDraftInput.parse({
      ...form,
      ...facts(30),
      columnIds: form.columnIds,
      changeNote: '更正',
    })
    expect(await breakEverywhere(ctx => saveDraft(ctx, saved))).toBeGreaterThan(10)
    const input = {
      publicationId: item.id,
      revision: 2,
      publicAt: new Date(house.now().getTime() + 3600_000),
    }
    const clearance = { kind: 'review', opinion: '可以公开' } as const
    expect(await breakEverywhere(ctx => publish(ctx, input, clearance))).toBeGreaterThan(15)
    await nowHeard()
    expect(await breakEverywhere(ctx => cancelSchedule(ctx, item.id))).toBeGreaterThan(10)
    await nowHeard()
    expect(await breakEverywhere(ctx => discardDraft(ctx, item.id))).toBeGreaterThan(2)
  })

  it('beginning a publication', async () => {
    expect(await breakEverywhere(ctx => makeDraft(ctx, house.at, facts(40)))).toBeGreaterThan(5)
  })

  it('taking down', async () => {
    const item = await hushed(makeReviewed(house, facts(50)))
    house.setTime('2026-11-24 10:00')
    const input = { publicationId: item.id, how: 'withdrawn', reason: '有误', to: '' } as const
    expect(await breakEverywhere(ctx => takeDown(ctx, input))).toBeGreaterThan(8)
    await nowHeard()
  })

  it('settling what has opened and ended by the clock', async () => {
    await hushed(makeReviewed(house, { shownUntil: '2026-11-25' }))
    house.setTime('2026-11-26 10:00')
    expect(await breakEverywhere(ctx => settle(ctx))).toBeGreaterThan(3)
    await nowHeard()
  })
})
