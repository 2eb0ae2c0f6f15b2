import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '#lib/tlog/bytes'
import { emptyRoot, type Hash, leafHash, nodeHash, provesInclusion } from '#lib/tlog/merkle'
import { type Connection, connect } from '#platform/db/database'
import { testDatabase } from '../../../../test/make/test-database.ts'
import { auditPath, logSize, rootAt } from '../tile-queries.ts'
import { appendEntries } from './append-entries.ts'

let connection: Connection
beforeAll(async () => {
  connection = connect((await testDatabase()).url)
})
afterAll(() => connection.close())

const clock = { now: () => new Date('2026-11-23T02:00:00Z'), today: () => '2026-11-23' }
const entriesOf = (from: number, many: number) =>
  Array.from({ length: many }, (_, at) => ({ subject: 'test', entry: utf8(`entry ${from + at}`) }))
const append = (many: number, from = 0) =>
  connection.db.transaction().execute(tx => appendEntries(tx, { clock }, entriesOf(from, many)))

/** By RFC 6962 §2.1, recursive, over the entries themselves. */
function rootBy(leaves: readonly Hash[]): Hash {
  const [first] = leaves
  if (!first) return emptyRoot
  if (leaves.length === 1) return first
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return nodeHash(rootBy(leaves.slice(0, left)), rootBy(leaves.slice(left)))
}

describe('the log', () => {
  it('gives places one after the other, and every entry is proved in every later tree', async () => {
    const { db } = connection
    expect(await rootAt(db, 0)).toEqual(emptyRoot)
    const steps = [1, 1, 253, 1, 1, 300, 70]
    let size = 0
    for (const many of steps) {
      expect(await append(many, size)).toBe(size)
      size += many
    }
    expect(await logSize(db)).toBe(size)
    const leaves = entriesOf(0, size).map(({ entry }) => leafHash(entry))
    expect(await rootAt(db, size)).toEqual(rootBy(leaves))
    // A head that was signed earlier still has its tree
    expect(await rootAt(db, 256)).toEqual(rootBy(leaves.slice(0, 256)))
    for (const index of [0, 254, 255, 256, 556, size - 1]) {
      const path = await auditPath(db, index, size)
      expect(provesInclusion(leaves[index] as Hash, index, size, path, rootBy(leaves))).toBe(true)
    }
  })

  it('has no gap when many append at once and some of them fail', async () => {
    const { db } = connection
    const before = await logSize(db)
    const all = Array.from({ length: 20 }, (_, at) =>
      db.transaction().execute(async tx => {
        const place = await appendEntries(tx, { clock }, entriesOf(5000 + at * 10, 3))
        if (at % 4 === 0) throw new Error('taken back')
        return place
      }),
    )
    const places = (await Promise.allSettled(all)).flatMap(one =>
      one.status === 'fulfilled' ? [one.value] : [],
    )
    expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, at) => before + at * 3))
    expect(await logSize(db)).toBe(before + 45)
    const { rows } = await sql<{ entry: Buffer }>`select entry from log_entries order by index`.execute(db)
    expect(await rootAt(db, before + 45)).toEqual(rootBy(rows.map(row => leafHash(row.entry))))
  })

  it('cannot be rewritten by the application', async () => {
    const { db } = connection
    await expect(sql`update log_entries set entry = '\\x00' where index = 3`.execute(db)).rejects.toThrow()
    await expect(sql`delete from log_tiles`.execute(db)).rejects.toThrow()
    await expect(sql`update log_tiles set hashes = set_byte(hashes, 5, 1)`.execute(db)).rejects.toThrow(
      'only grows',
    )
    await expect(sql`update log_tiles set hashes = substring(hashes for 32)`.execute(db)).rejects.toThrow(
      'only grows',
    )
  })
})
