import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '#modules/audit'
import { root } from '#platform/root'
import { openStorage } from '#platform/storage/storage'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { writeMirror } from '../import/mirror-for-tests.ts'
import { listener, printed } from '../import-for-tests.ts'
import { listResults } from '../queries.ts'
import { beginImport } from './begin-import.ts'
import { runImport } from './run-import.ts'

let house: Publishing
let folder: string
let data: string
let documents: number
const program = join(root, '.cache', 'test', 'import-folder.js')
beforeAll(async () => {
  house = await makePublishing()
  data = await makeTestFolder()
  folder = await makeTestFolder()
  const mirror = await writeMirror(folder, 60)
  await mkdir(join(folder, 'texts'))
  for (let n = 1; n <= 80; n++)
    await writeFile(
      join(folder, 'texts', `${n}.txt`),
      printed(`关于第${n}件杂事的通知`, `云办〔2019〕${n}号`, '云溪县水利局'),
    )
  documents = mirror.old.length + 80
  await build({
    entryPoints: [
      { in: join(root, 'test', 'make', 'import-folder.ts'), out: 'import-folder' },
      { in: join(root, 'src', 'modules', 'policies', 'import', 'import-worker.ts'), out: 'import-worker' },
    ],
    outdir: join(root, '.cache', 'test'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
})
afterAll(() => house.leave())

const db = () => house.connection.db

/** Kills a process hard once it has written so many batches. */
async function importUntilKilled(batches: number, run = ''): Promise<void> {
  const child = spawn(process.execPath, [program, house.url, folder, data, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let seen = 0
  await new Promise<void>(resolve => {
    child.stdout.on('data', (dots: Buffer) => {
      seen += dots.length
      if (seen >= batches) resolve()
    })
    child.on('exit', () => resolve())
  })
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  await expect
    .poll(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(db())
      return rows.length
    })
    .toBe(0)
}

/** Each line finds what is there twice, or in part. */
const broken = {
  'the same bytes twice': sql`select 1 from publications group by import_key having count(*) > 1`,
  'an address twice': sql`select 1 from publications where source_url is not null group by source_url having count(*) > 1`,
  'a publication without an edition': sql`select 1 from publications p where not exists
    (select from editions e where e.publication_id = p.id and e.sealed_at is not null)`,
  'an item that search does not know': sql`select 1 from publications p where not exists
    (select from search_entries s where s.publication_id = p.id)`,
  'an item without its result': sql`select 1 from publications p where not exists
    (select from import_results r where r.publication_id = p.id and r.result = 'published')`,
  'a file twice': sql`select 1 from files where state = 'checked' group by sha256 having count(*) > 1`,
  'an act twice': sql`select 1 from publishing_acts group by publication_id having count(*) > 1`,
}

async function expectWhole() {
  for (const [what, query] of Object.entries(broken))
    expect((await query.execute(db())).rows, what).toEqual([])
}

const published = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from publications`.execute(db())).rows[0]?.n ?? 0

describe('an import that is killed', () => {
  it('goes on by the same command, and nothing is there twice', async () => {
    let before = 0
    for (const batches of [2, 6, 11]) {
      await importUntilKilled(batches)
      await expectWhole()
      const now = await published()
      expect(now).toBeGreaterThan(before)
      expect(now).toBeLessThan(documents)
      before = now
    }
    const { lines, faults } = await again()
    expect(faults).toEqual([])
    expect(lines).toHaveLength(documents)
    expect(await published()).toBe(documents)
    await expectWhole()
    expect((await verifyAuditChain(db())).fault).toBeNull()
  }, 180_000)

  it('two at once bring nothing twice', async () => {
    for (let n = 1; n <= 40; n++)
      await writeFile(
        join(folder, 'texts', `neu-${n}.txt`),
        printed(`关于第${n}件新事的通知`, `云办〔2020〕${n}号`, '云溪县水利局'),
      )
    const [one, other] = await Promise.all([again(), again()])
    const results = [...one.lines, ...other.lines].map(line => line.result)
    expect(results.filter(result => result === 'published')).toHaveLength(40)
    expect(await published()).toBe(documents + 40)
    await expectWhole()
  }, 180_000)

  it('goes on as the same run on the desk: every file is told of once', async () => {
    for (let n = 1; n <= 60; n++)
      await writeFile(
        join(folder, 'texts', `more-${n}.txt`),
        printed(`关于第${n}件要事的通知`, `云办〔2021〕${n}号`, '云溪县水利局'),
      )
    const run = await beginImport(house.system, { choice: {}, publishes: true, paths: [folder] })
    await importUntilKilled(4, run.id)
    const needs = { storage: openStorage(data), report: listener() }
    await expect(runImport(house.system, run, { paths: [folder] }, needs)).rejects.toThrow('正在另一个进程')
    // Long enough for the other to be given up
    house.setTime('2030-01-01 10:00')
    await runImport(house.system, run, { paths: [folder] }, needs)
    const told = (await listResults(db(), run.id)).rows
    expect(new Set(told.map(row => row.file)).size).toBe(told.length)
    expect(told.filter(row => row.result !== 'skipped')).toHaveLength(documents + 100)
    await expectWhole()
    await expect(runImport(house.system, run, { paths: [folder] }, needs)).rejects.toThrow('已经做完')
  }, 180_000)
})

function again() {
  return beginImport(house.system, { choice: {}, publishes: true, paths: [folder] }).then(async run => {
    const report = listener()
    await runImport(
      house.system,
      run,
      { paths: [folder] },
      { storage: openStorage(data), report, batchSize: 10 },
    )
    return report
  })
}
