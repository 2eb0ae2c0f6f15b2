import type { Asked } from './arguments.ts'
import { planOf } from './corpus/corpus.ts'
import { loadCorpus } from './corpus/load.ts'
import { load, megabytes, milliseconds, type Print } from './figures.ts'
import { processorTime, serverTime } from './processor-time.ts'
import { benchSearch, type ClassFigures } from './search.ts'
import { type BenchServer, startServer } from './server.ts'
import { startSite } from './site.ts'

/** A library of generated documents: what it takes to load, to search, to keep. */
export async function benchLibrary(asked: Asked, print: Print): Promise<void> {
  const server = await startServer(asked)
  try {
    await measure(server, asked, asked.scale, print)
  } finally {
    await server.stop()
  }
}

/** The same at ten thousand, a hundred thousand, a million: the corpus of the largest, loaded step by step. */
export async function benchGrowth(asked: Asked, print: Print): Promise<void> {
  const steps = [10_000, 100_000, 1_000_000].filter(step => step < asked.scale)
  const server = await startServer(asked)
  const curve: { documents: number; figures: ClassFigures[]; disk: number; rss: number }[] = []
  try {
    for (const documents of [...steps, asked.scale]) {
      print(`—— ${documents} 份`, '')
      curve.push({ documents, ...(await measure(server, asked, documents, print)) })
    }
  } finally {
    await server.stop()
  }
  print(
    '增长：问法（分面要算的 p95，ms）',
    curve.map(({ documents }) => String(documents).padStart(9)).join(''),
  )
  for (const [at, one] of (curve[0]?.figures ?? []).entries())
    print(
      `　${one.name}`,
      curve.map(({ figures }) => milliseconds(figures[at]?.fresh.p95 ?? 0).padStart(9)).join(''),
    )
  print('　磁盘', curve.map(({ disk }) => megabytes(disk).padStart(9)).join(''))
  print('　网站进程内存', curve.map(({ rss }) => `${rss} MB`.padStart(9)).join(''))
}

async function measure(server: BenchServer, { scale, seed }: Asked, loaded: number, print: Print) {
  const { seconds, last } = await loadCorpus({
    url: server.url,
    scale,
    seed,
    upTo: loaded,
    say: ({ done, rate }) => process.stderr.write(`\r已装入 ${done}/${loaded}，${rate} 份/秒 `),
  })
  process.stderr.write('\n')
  print(
    `装入语料（${server.name}）`,
    last
      ? `${loaded} 份，这一次 ${Math.round(seconds)} s，${last.rate} 份/秒；${load()}`
      : `${loaded} 份已经在`,
  )
  const site = await startSite({
    dataDir: server.dataDir,
    env: { DATABASE_URL: server.url, PAGE_CACHE_MB: '0', NO_SAMPLE: '1', TRUST_PROXY: '1' },
  })
  try {
    print('启动到可用', `${site.seconds.toFixed(1)} s`)
    const asked = {
      publicUrl: site.publicUrl,
      processor: () => processorTime(site.pid) + (serverTime(server.dataDir) ?? 0),
    }
    const figures = await benchSearch(asked, { plan: planOf({ scale, seed }), loaded }, print)
    const rss = site.rssMegabytes()
    print('网站进程内存（搜索之后）', `${rss} MB`)
    return { figures, rss, disk: await benchDisk(server, print) }
  } finally {
    await site.stop()
  }
}

/** @returns bytes of the whole database */
async function benchDisk(server: BenchServer, print: Print): Promise<number> {
  const tables = await server.query<{ name: string; bytes: string; indexes: string }>(`
    select relname as name, pg_table_size(oid) as bytes, pg_indexes_size(oid) as indexes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by pg_total_relation_size(oid) desc limit 5`)
  const [whole] = await server.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  )
  for (const { name, bytes, indexes } of tables)
    print(`　表 ${name}`, `${megabytes(Number(bytes))}，索引 ${megabytes(Number(indexes))}`)
  print('数据库共', megabytes(Number(whole?.bytes ?? 0)))
  return Number(whole?.bytes ?? 0)
}
