import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64, utf8 } from '#lib/tlog/bytes'
import { writeCheckpoint } from '#lib/tlog/checkpoint'
import { consistencyPath, provesConsistency } from '#lib/tlog/merkle'
import { readNote, signersOf, writeNote, writeVerifier } from '#lib/tlog/note'
import { type Connection, connect } from '#platform/db/database'
import { systemContext } from '../../../test/make/government.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { appendEntries } from './actions/append-entries.ts'
import { cosignHead } from './actions/cosign-head.ts'
import { signAs, verifierOf } from './log-key.ts'
import { hashesIn, rootAt } from './tile-queries.ts'
import { witnessedLogs, witnessVerifier } from './witness.ts'

let connection: Connection
const ours = randomBytes(32)
const theirs = randomBytes(32)
const origin = 'other.example/log'
const logs = [verifierOf(theirs, origin)]
beforeAll(async () => {
  process.env.LOG_KEY = toBase64(ours)
  connection = connect((await testDatabase()).url)
  const entries = Array.from({ length: 700 }, (_, at) => ({ subject: 'test', entry: utf8(`entry ${at}`) }))
  await connection.db.transaction().execute(tx => appendEntries(tx, systemContext(tx), entries))
})
afterAll(() => connection.close())

/** The head of the other log (its tiles are ours here) as it would be sent. */
async function bodyOf(
  old: number,
  size: number,
  more: { key?: Uint8Array; root?: Uint8Array; lies?: boolean } = {},
) {
  const { db } = connection
  const text = writeCheckpoint({ origin, size, root: more.root ?? (await rootAt(db, size)) })
  const path = await hashesIn(db, consistencyPath(old, size))
  const lines = [`old ${old}`, ...(more.lies ? path.slice(1) : path).map(toBase64)]
  return `${lines.join('\n')}\n\n${writeNote(text, [signAs(more.key ?? theirs, origin, text)])}`
}
const send = (body: string, known = logs) =>
  cosignHead(systemContext(connection.db), known, 'us.example/log/witness', body)

describe('a witness (C2SP tlog-witness)', () => {
  it('is shown consistent trees by the tiles of the database', async () => {
    const { db } = connection
    for (const [old, size] of [
      [1, 2],
      [255, 256],
      [256, 257],
      [300, 700],
      [512, 700],
    ] as const)
      expect(
        provesConsistency(
          { size: old, root: await rootAt(db, old) },
          { size, root: await rootAt(db, size) },
          await hashesIn(db, consistencyPath(old, size)),
        ),
      ).toBe(true)
  })

  it('co-signs what only continues, and answers everything else as the protocol says', async () => {
    expect(await send('nonsense')).toEqual({ status: 400 })
    expect(await send(await bodyOf(0, 10), [])).toEqual({ status: 404 })
    expect(await send(await bodyOf(0, 10, { key: randomBytes(32) }))).toEqual({ status: 403 })
    expect(await send(await bodyOf(3, 10))).toEqual({ status: 409, size: 0 })
    const first = await send(await bodyOf(0, 300))
    if (first.status !== 200) throw new Error(`status ${first.status}`)
    const note = readNote(`${(await bodyOf(0, 300)).split('\n\n').slice(1).join('\n\n')}${first.line}`)
    const witness = witnessVerifier(ours, 'us.example/log/witness')
    expect(note && signersOf(note, [...logs, witness])?.map(one => one.by.name)).toEqual([
      origin,
      witness.name,
    ])
    expect(await send(await bodyOf(0, 700))).toEqual({ status: 409, size: 300 })
    expect(await send(await bodyOf(300, 700, { lies: true }))).toEqual({ status: 422 })
    expect(await send(await bodyOf(300, 300, { root: new Uint8Array(32) }))).toEqual({
      status: 409,
      size: 300,
    })
    expect(await send((await bodyOf(0, 300)).replace('old 0', 'old 700'))).toEqual({ status: 400 })
    expect((await send(await bodyOf(300, 700))).status).toBe(200)
    expect((await send(await bodyOf(700, 700))).status).toBe(200)
  })

  it('never goes back when many ask at once', async () => {
    const sizes = [0, 1, 2, 3, 4, 5, 6, 7].map(at => 100 + at)
    const key = randomBytes(32)
    const name = 'third.example/log'
    const bodies = await Promise.all(
      sizes.map(async size => {
        const text = writeCheckpoint({ origin: name, size, root: await rootAt(connection.db, size) })
        return `old 0\n\n${writeNote(text, [signAs(key, name, text)])}`
      }),
    )
    const done = await Promise.all(bodies.map(body => send(body, [verifierOf(key, name)])))
    expect(done.map(one => one.status).toSorted()).toEqual([200, ...Array(7).fill(409)])
  })

  it('knows the logs that are named in the data folder', async () => {
    const folder = await makeTestFolder()
    expect(await witnessedLogs(folder)).toEqual([])
    await writeFile(join(folder, 'witness-logs.txt'), `# 邻县\n${logs.map(writeVerifier).join('\n')}\n`)
    expect(await witnessedLogs(folder)).toEqual(logs)
    await writeFile(join(folder, 'witness-logs.txt'), 'x\n')
    await expect(witnessedLogs(folder)).rejects.toThrow('第 1 行')
  })
})
