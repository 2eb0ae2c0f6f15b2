import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { findOrganByKey } from '#modules/organisations'
import { listColumns, publishArchive, registerKinds } from '#modules/publications'
import { system } from '#platform/actor'
import { systemClock } from '#platform/clock'
import type { Context } from '#platform/context'
import { applicationRole, connect } from '#platform/db/database'
import { migrate } from '#platform/db/migrate'
import { kinds } from '../../../src/app/kinds.ts'
import { foundGovernment } from '../../../src/app/sample/found-government.ts'
import { governmentFile } from '../government.ts'
import { organs } from '../organs.ts'
import type { CutItem } from './item.ts'

/**
 * Fills a database with the corpus by the archive's own door: `node main.js URL SCALE SEED UP-TO`. What is there already stays, so
 * a load that was broken off goes on.
 */
const [url = '', scale = 0, seed = 0, upTo = 0] = process.argv
  .slice(2)
  .map((one, index) => (index === 0 ? one : Number(one))) as [string, number, number, number]

// Larger than those of an import: the words of a batch go into the index together
const inBatch = 1000
const threads = 2

registerKinds(kinds)
await migrate(url)
const connection = connect(url, { role: applicationRole })
const { db } = connection
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const ctx: Context = { db, actor: system('测速'), clock: systemClock, log: silent }

await found()
const place = await places()
const loaded = await count()
const began = performance.now()
let done = loaded
if (done < upTo) {
  await load()
  await tidy()
}
await connection.close()

async function found() {
  if (await db.selectFrom('installation').selectAll().executeTakeFirst()) return
  await foundGovernment(ctx, governmentFile())
  await db.insertInto('installation').values({ foundedAs: 'government' }).execute()
}

async function places() {
  const site = await db
    .selectFrom('sites')
    .select('id')
    .where('isDefault', '=', true)
    .executeTakeFirstOrThrow()
  const columns = await listColumns(db, site.id)
  const column = (path: string) => columns.find(one => one.path === path)?.id ?? ''
  const ids = await Promise.all(
    organs.map(async ({ key }) => [key, (await findOrganByKey(db, key))?.id ?? ''] as const),
  )
  return {
    siteId: site.id,
    organIds: new Map(ids),
    columnIds: {
      policy: column('policies'),
      'normative-document': column('policies/normative'),
      notice: column('notices'),
    },
  }
}

async function count(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from publications where import_key like ${`corpus-${seed}-%`}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Batches in their order; the threads are a few ahead. */
async function load() {
  const workers = Array.from(
    { length: threads },
    () => new Worker(join(import.meta.dirname, 'cutter.js'), { workerData: { scale, seed } }),
  )
  const ready = new Map<number, CutItem[]>()
  let wake = () => {}
  for (const worker of workers) {
    worker.on('message', ({ from, items }: { from: number; items: CutItem[] }) => {
      ready.set(from, items)
      wake()
    })
    worker.on('error', error => {
      throw error
    })
  }
  let asked = done
  const ask = () => {
    if (asked >= upTo) return
    const to = Math.min(asked + inBatch, upTo)
    workers[Math.floor(asked / inBatch) % threads]?.postMessage({ from: asked, to })
    asked = to
  }
  for (let ahead = 0; ahead < threads * 3; ahead++) ask()
  while (done < upTo) {
    const items = ready.get(done)
    if (!items) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
      continue
    }
    ready.delete(done)
    ask()
    await publish(items)
    done += items.length
    tell()
  }
  await Promise.all(workers.map(worker => worker.terminate()))
}

async function publish(items: readonly CutItem[]) {
  await publishArchive(
    ctx,
    items.map(({ organKey, ...item }) => ({
      ...item,
      organId: place.organIds.get(organKey) ?? '',
      siteId: place.siteId,
      columnIds: [place.columnIds[item.kind]],
      files: [],
      movedFrom: [],
    })),
    { kind: 'archive-import', run: 'corpus', source: '测速语料' },
  )
}

let told = began
function tell() {
  const now = performance.now()
  if (now - told < 5000 && done < upTo) return
  told = now
  const rate = (done - loaded) / ((now - began) / 1000)
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20)
  process.stderr.write(`${JSON.stringify({ done, rate: Math.round(rate), rss })}\n`)
}

/** As the server would do by itself in the hours after. */
async function tidy() {
  const owner = connect(url, { max: 1 })
  await sql`vacuum analyze`.execute(owner.db)
  await owner.close()
}
