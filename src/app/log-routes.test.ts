import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64 } from '#lib/tlog/bytes'
import { checkEditionProof } from '#lib/tlog/edition-proof'
import { readNote, readVerifier, signersOf } from '#lib/tlog/note'
import { newestHead, signHead } from '#modules/transparency-log'
import { readConfig } from '#platform/config'
import { openInternet } from '#platform/net/addresses'
import { makeGovernment, quietLog, systemContext } from '../../test/make/government.ts'
import { makePublic } from '../../test/make/publication.ts'
import { testDatabase } from '../../test/make/test-database.ts'
import { makeTestFolder } from '../../test/make/test-folder.ts'
import { askWitnesses } from '../modules/transparency-log/actions/ask-witnesses.ts'
import { outsideWitnesses } from '../modules/transparency-log/witness.ts'
import { type House, openHouse } from './house.ts'
import { publicServer } from './public-server.tsx'

let house: House
let server: FastifyInstance
let drop: () => Promise<void>
let publicId: string
const ask = (url: string, more: object = {}) =>
  server.inject({ method: 'GET', url, headers: { host: 'site.example' }, ...more })

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  const dataDir = await makeTestFolder()
  process.env.LOG_KEY = toBase64(randomBytes(32))
  process.env.DATA_DIR = dataDir
  const config = { ...readConfig({}), dataDir, publicUrl: 'http://site.example' }
  house = await openHouse({ config, databaseUrl: database.url, log: quietLog })
  server = await publicServer(house)
  const ctx = systemContext(house.connection.db, house.clock)
  ;({ publicId } = await makePublic(ctx, await makeGovernment(ctx), { title: '关于停水的通知' }))
})
afterAll(async () => {
  delete process.env.LOG_KEY
  delete process.env.DATA_DIR
  await server.close()
  await house.close()
  await drop()
})

describe('the log on the public site', () => {
  it('a page that waits for its proof offers it as soon as the log is signed', async () => {
    expect((await ask('/log/checkpoint')).statusCode).toBe(404)
    expect((await ask(`/notices/${publicId}`)).payload).toContain('正在写入公开日志')
    await signHead(systemContext(house.connection.db, house.clock))
    await expect.poll(async () => (await ask(`/notices/${publicId}`)).payload).toContain('下载证明文件')
    const head = await newestHead(house.connection.db)
    const log = readVerifier(head?.verifier ?? '')
    const proof = (await ask(`/notices/${publicId}/editions/1/proof`)).payload
    const saved = (await ask(`/notices/${publicId}.json`)).json()
    expect(log && checkEditionProof(proof, { log }, { saved }).faults).toEqual([])
  })

  it('serves head and tiles with the right headers', async () => {
    const head = await ask('/log/checkpoint')
    expect(head.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(head.headers['cache-control']).toBe('public, max-age=5')
    for (const path of ['0/000.p/1', 'entries/000.p/1']) {
      const tile = await ask(`/log/tile/${path}`)
      expect(tile.statusCode, path).toBe(200)
      expect(tile.headers['content-type']).toBe('application/octet-stream')
      expect(tile.headers['cache-control']).toContain('immutable')
    }
    expect((await ask('/log/tile/0/000')).statusCode).toBe(404)
    expect((await ask('/log')).payload).toContain('关于停水的通知')
  })

  it('asks witnesses for their signature, which then stands in head and proof', async () => {
    const folder = process.env.DATA_DIR ?? ''
    const head = await newestHead(house.connection.db)
    await writeFile(join(folder, 'witness-logs.txt'), `${head?.verifier}\n`)
    const port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
    const key = (await ask('/log/witness')).payload.trim()
    await writeFile(join(folder, 'witnesses.txt'), `# 自己\nhttp://127.0.0.1:${port}/log/witness ${key}\n`)
    const ctx = systemContext(house.connection.db, house.clock)
    const witnesses = await outsideWitnesses(folder)
    const near = { resolve: async () => ['127.0.0.1'], mayReach: () => true }
    expect(await askWitnesses(ctx, witnesses, openInternet)).toBe(0)
    expect(await askWitnesses(ctx, witnesses, near)).toBe(1)
    expect(await askWitnesses(ctx, witnesses, near)).toBe(0)
    const log = readVerifier(head?.verifier ?? '')
    const keys = witnesses.map(one => one.key)
    const seen = async () => {
      const proof = await ask(`/notices/${publicId}/editions/1/proof`)
      return log && checkEditionProof(proof.payload, { log, witnesses: keys }).witnesses.map(one => one.name)
    }
    await expect.poll(seen).toEqual([keys[0]?.name])
    await rm(join(folder, 'witness-logs.txt'))
  })

  it('co-signs for the logs that are named in the data folder', async () => {
    const checkpoint = (await ask('/log/checkpoint')).payload
    const send = (payload: string, type: string) =>
      ask('/log/witness/add-checkpoint', {
        method: 'POST',
        payload,
        headers: { host: 'site.example', 'content-type': type },
      })
    expect((await send(`old 0\n\n${checkpoint}`, 'text/plain')).statusCode).toBe(404)
    const head = await newestHead(house.connection.db)
    await writeFile(join(process.env.DATA_DIR ?? '', 'witness-logs.txt'), `${head?.verifier}\n`)
    const done = await send(`old 1\n\n${checkpoint}`, 'application/octet-stream')
    expect(done.statusCode).toBe(200)
    const key = readVerifier((await ask('/log/witness')).payload)
    const note = readNote(checkpoint + done.payload)
    expect(note && key && signersOf(note, [key])?.length).toBe(1)
    const again = await send(`old 0\n\n${checkpoint}`, 'text/plain')
    expect(again).toMatchObject({ statusCode: 409, payload: '1\n' })
    expect(again.headers['content-type']).toContain('text/x.tlog.size')
  })
})
