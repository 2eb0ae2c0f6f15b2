import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAuditChain } from '#modules/audit'
import { checkLog } from '#modules/transparency-log'
import { root } from '#platform/root'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'
import { faultsOfDocuments } from './whole-for-tests.ts'

const program = join(root, '.cache', 'test', 'sign-forever.mjs')
const many = 10
let at: ProcedureHouse
beforeAll(async () => {
  at = await makeProcedure()
  await build({
    entryPoints: [join(root, 'test', 'make', 'sign-forever.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
})
afterAll(() => at.leave())

/** Lets a process of its own sign and publish, and kills it hard soon after the first is done. @returns whether it was killed */
async function signUntilKilled(ids: readonly string[], after: number): Promise<boolean> {
  const given = JSON.stringify({ signer: at.people.signer.actor, at: at.house.now().toISOString(), ids })
  const child = spawn(process.execPath, [program, at.house.url, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  await sleep(after)
  child.kill('SIGKILL')
  const [code, signal] = await ended
  expect(code === 0 || signal === 'SIGKILL').toBe(true)
  return signal === 'SIGKILL'
}

/** The server has noticed that nobody is there any more. */
const nothingRuns = () =>
  expect
    .poll(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`.execute(at.db)
      return rows.length
    })
    .toBe(0)

const published = async () => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from documents where state = 'published'`.execute(at.db)
  return rows[0]?.n ?? 0
}

describe('kill -9 while signing and publishing', () => {
  it('leaves each document signed, numbered and public, or none of it; in the end one number each and no gap', async () => {
    const letterCodeId = crypto.randomUUID()
    const organId = at.house.at.department.id
    await at.db
      .insertInto('letterCodes')
      .values({ id: letterCodeId, organId, code: '云水发', changedBy: '文档', changedAt: at.house.now() })
      .execute()
    const ids: string[] = []
    for (let n = 0; n < many; n++) ids.push(await at.until('signature', {}, { letterCodeId }))
    let kills = 0
    for (let round = 0; (await published()) < many && round < 3 * many; round++) {
      if (await signUntilKilled(ids, Math.random() * 60)) kills++
      await nothingRuns()
      expect(await faultsOfDocuments(at.db), `after kill ${kills}`).toEqual([])
    }
    expect(kills).toBeGreaterThanOrEqual(3)
    expect(await published()).toBe(many)
    const { rows } = await sql<{
      serial: number
    }>`select serial from letter_numbers where letter_code_id = ${letterCodeId}
      order by serial`.execute(at.db)
    expect(rows.map(row => row.serial)).toEqual(Array.from({ length: many }, (_, n) => n + 1))
    expect((await checkLog(at.db)).faults).toEqual([])
    expect(await verifyAuditChain(at.db)).toMatchObject({ fault: null })
  }, 180_000)
})
