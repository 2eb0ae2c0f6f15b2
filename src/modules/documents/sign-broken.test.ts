import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#platform/context'
import { receiveSigned } from './actions/receive-signed.ts'
import { signAndPublish, signInput } from './actions/sign-document.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'
import { faultsOfDocuments } from './whole-for-tests.ts'

let at: ProcedureHouse
beforeAll(async () => {
  at = await makeProcedure()
})
afterAll(() => at.leave())

const broken = new Error('the connection broke')

/** The same database, but it breaks right after its n-th statement. */
function breakingAfter(person: Context, n: number): Context {
  let done = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (++done >= n) throw broken
      return result
    },
  }
  return { ...person, db: at.db.withPlugin(plugin) }
}

const isWhole = async (after: string) => expect(await faultsOfDocuments(at.db), after).toEqual([])

/** Goes on from wherever it broke, until it comes through. @returns how often it broke. */
async function goOnUntilDone(act: (n: number) => Promise<unknown>): Promise<number> {
  for (let n = 1; ; n++) {
    const error = await act(n).then(
      () => null,
      (reason: unknown) => reason,
    )
    await isWhole(`broken after statement ${n}`)
    if (error === null) return n - 1
    expect(error).toBe(broken)
  }
}

describe('broken between any two statements, and repeated', () => {
  it('签发并公开: what is there is whole, and in the end one number and one edition', async () => {
    const id = await at.until('signature')
    const seen = await at.seen(id)
    const input = signInput.parse({
      opinion: '同意',
      docNo: '云水〔2026〕700号',
      effectiveFrom: '2026-12-01',
    })
    const breaks = await goOnUntilDone(n => signAndPublish(breakingAfter(at.people.signer, n), seen, input))
    expect(breaks).toBeGreaterThan(60)
    expect((await at.caseOf(id)).document.state).toBe('published')
  }, 120_000)

  it('登记已签发公文: all of it, or nothing', async () => {
    const input = at.received('OA-broken', '云水〔2026〕701号')
    await goOnUntilDone(n => receiveSigned(breakingAfter(at.people.office, n), input))
    const { rows } = await sql`select 1 from documents where origin_key = 'OA-broken'`.execute(at.db)
    expect(rows).toHaveLength(1)
  }, 120_000)
})
