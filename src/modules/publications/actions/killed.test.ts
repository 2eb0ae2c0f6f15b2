import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '#modules/audit'
import { root } from '#platform/root'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'

let house: Publishing
const program = join(root, '.cache', 'test', 'publish-forever.mjs')
beforeAll(async () => {
  house = await makePublishing()
  await build({
    entryPoints: [join(root, 'test', 'make', 'publish-forever.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
})
afterAll(() => house.leave())

/** Lets a process of its own publish, and kills it hard in the middle of it. */
async function publishUntilKilled(after: number): Promise<void> {
  const government = JSON.stringify({ ...house.at, columns: [...house.at.columns] })
  const child = spawn(process.execPath, [program, house.url, government], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  await sleep(after)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

/** The server has noticed that nobody is there any more. */
async function nothingRuns() {
  await expect
    .poll(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(
        house.connection.db,
      )
      return rows.length
    })
    .toBe(0)
}

const sealedActs = sql`('published', 'corrected')`

/** What a whole publication consists of; each line finds those that are not. */
const broken: Record<string, ReturnType<typeof sql>> = {
  'an act that is not in the log': sql`select 1 from publishing_acts a
    where not exists (select from logged_acts l join log_entries n on n.index = l.entry where l.act_id = a.id)`,
  'a log with a gap': sql`select 1 from log_head where size <> (select count(*) from log_entries)`,
  'a publication without an edition': sql`select 1 from publications p
    where not exists (select from editions e where e.publication_id = p.id)`,
  'a sealed edition without its act': sql`select 1 from editions e where e.sealed_at is not null
    and 1 <> (select count(*) from publishing_acts a where a.edition_id = e.id and a.act in ${sealedActs}
      and a.clearance_id = e.clearance_id)`,
  'an act without its sealed edition': sql`select 1 from publishing_acts a left join editions e on e.id = a.edition_id
    where e.sealed_at is null`,
  'a clearance that cleared nothing': sql`select 1 from clearances c
    where 1 <> (select count(*) from editions e where e.clearance_id = c.id)`,
  'an act that the audit trail does not know': sql`select a.publication_id from publishing_acts a group by 1
    having count(*) <> (select count(*) from audit_entries t where t.object_id = a.publication_id::text
      and t.act in ('publications.published', 'publications.corrected', 'publications.withdrawn'))`,
  'a publication whose parts do not agree': sql`
    select 1 from (select p.*,
      exists (select from editions e where e.publication_id = p.id and e.sealed_at is not null) as sealed,
      exists (select from works w where w.publication_id = p.id) as work,
      exists (select from placements l where l.publication_id = p.id) as placed,
      (select count(*) from search_entries s where s.publication_id = p.id) as entries,
      (select count(*) from editions e where e.publication_id = p.id and e.public_from is not null and e.public_until is null) as open,
      exists (select from search_entries s join editions e on e.id = s.edition_id where s.publication_id = p.id and e.public_until is null) as found,
      exists (select from publishing_acts a where a.publication_id = p.id and a.act = 'withdrawn') as withdrawn
      from publications p) x
    where (index_no is not null, first_public_at is not null, sort_at is not null, work, placed)
        is distinct from (sealed, sealed, sealed, sealed, sealed)
      or (left_how is not null, left_at is not null, left_reason is not null) is distinct from (withdrawn, withdrawn, withdrawn)
      or (entries, open, found) is distinct from
        case when sealed and not withdrawn then row(1::bigint, 1::bigint, true) else row(0::bigint, 0::bigint, false) end`,
  'a serial that counted what is not there': sql`select 1 from index_serials s
    where last <> (select count(*) from publications p where p.organ_id = s.organ_id and p.index_no is not null)`,
}

describe('kill -9 in the middle of publishing', () => {
  it('20 times at random moments: what is there is whole', async () => {
    const { db } = house.connection
    let published = 0
    for (let kills = 0; kills < 20; kills += 2) {
      await Promise.all([1, 2].map(() => publishUntilKilled(Math.random() * 120)))
      await nothingRuns()
      for (const [fault, find] of Object.entries(broken))
        expect((await find.execute(db)).rows, `${fault}, after ${kills + 2} kills`).toEqual([])
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from publishing_acts`.execute(db)
      expect(rows[0]?.count).toBeGreaterThan(published)
      published = rows[0]?.count ?? 0
    }
    expect(await verifyAuditChain(db)).toMatchObject({ fault: null })
  }, 120_000)
})
