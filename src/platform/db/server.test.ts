import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '#platform/root'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import type { DatabaseServer } from './database-server.ts'
import { checkServer } from './external-server.ts'
import { openServer } from './server.ts'

let dataDir: string

beforeAll(async () => {
  dataDir = await makeTestFolder()
})

afterAll(() => rm(dataDir, { recursive: true, force: true }))

describe('the embedded server', () => {
  it('is created, keeps its data and starts again', async () => {
    const first = await open()
    expect(first).toMatchObject({ kind: 'embedded', version: 18 })
    await query(first.url, 'create table kept as select 1 as one')
    await first.stop()
    expect(await postmaster()).toBeUndefined()

    const second = await open()
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }])
    await second.stop()
  })

  it('is UTF-8, durable, and orders by code point', async () => {
    const server = await open()
    const rows = await query(
      server.url,
      `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
              current_setting('max_connections')::int as connections, 'Z' < 'a' as by_code_point, upper('é') as upper`,
    )
    expect(rows).toEqual([
      { encoding: 'UTF8', fsync: 'on', connections: 150, by_code_point: true, upper: 'É' },
    ])
    await server.stop()
  })

  it('is joined by a second process and stopped by the last one to leave', async () => {
    const site = await openInProcess()
    const command = await open()
    expect(command.url).toBe(site.url)
    await site.end('SIGTERM')
    expect(await query(command.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await command.stop()
    expect(await postmaster()).toBeUndefined()
  })

  it('goes on after a kill -9 of our process, what was committed is there', async () => {
    const site = await openInProcess()
    await query(site.url, 'create table acknowledged as select 2 as two')
    await site.end('SIGKILL')
    const next = await open()
    expect(await query(next.url, 'select two from acknowledged')).toEqual([{ two: 2 }])
    await next.stop()
    expect(await postmaster()).toBeUndefined()
  })

  it('recovers after a kill -9 of our process and of the server', async () => {
    const site = await openInProcess()
    await query(site.url, 'create table survived as select 3 as three')
    process.kill((await postmaster()) ?? 0, 'SIGKILL')
    await site.end('SIGKILL')
    const next = await open()
    expect(await query(next.url, 'select three from survived')).toEqual([{ three: 3 }])
    await next.stop()
  })

  it('comes back at the same address when it is killed under us', async () => {
    const server = await open()
    process.kill((await postmaster()) ?? 0, 'SIGKILL')
    expect(await eventually(() => query(server.url, 'select 4 as four'))).toEqual([{ four: 4 }])
    await server.stop()
  })

  it('asks for an absolute data folder', async () => {
    await expect(openServer({ dataDir: 'data' })).rejects.toThrow('绝对路径')
  })
})

describe('a server of somebody else', () => {
  it('is told apart in plain words when it does not answer', async () => {
    const databaseUrl = 'postgresql://mingtang:secret@127.0.0.1:1/mingtang'
    const failure = openServer({ databaseUrl, dataDir })
    await expect(failure).rejects.toThrow('没有服务在这个地址和端口上应答')
    await expect(failure).rejects.not.toThrow('secret')
  })

  it('is refused when its address is not one', async () => {
    await expect(openServer({ databaseUrl: 'mysql://x@y/z', dataDir })).rejects.toThrow(
      'DATABASE_URL 写法不对',
    )
  })

  it('is refused when it is too old or not in UTF-8', () => {
    expect(checkServer(150_004, 'UTF8')).toBe(15)
    expect(() => checkServer(140_011, 'UTF8')).toThrow('是 14 版，需要 15 版')
    expect(() => checkServer(180_000, 'SQL_ASCII')).toThrow('需要 UTF8')
  })

  it('is used as it is and left running', async () => {
    const own = await open()
    const external = await openServer({ databaseUrl: own.url, dataDir })
    expect(external).toMatchObject({ kind: 'external', version: 18, url: own.url })
    await external.stop()
    expect(await query(own.url, 'select 5 as five')).toEqual([{ five: 5 }])
    await own.stop()
  })
})

function open() {
  return openServer({ dataDir })
}

/** Opens the server from a process of its own, as the site does beside a command. */
async function openInProcess(): Promise<
  Pick<DatabaseServer, 'url'> & { end(signal: NodeJS.Signals): Promise<void> }
> {
  const program = join(root, '.cache', 'test', 'open-server.mjs')
  await build({
    stdin: {
      contents: `import { openServer } from './src/platform/db/server.ts'
        const server = await openServer({ dataDir: process.argv[2] })
        process.on('SIGTERM', () => server.stop())
        console.log(server.url)`,
      resolveDir: root,
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = await new Promise<string>(resolve =>
    createInterface({ input: child.stdout }).once('line', resolve),
  )
  return {
    url,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

async function postmaster() {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number.parseInt(text, 10)
}

async function query(url: string, statement: string) {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(statement)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await attempt()
    } catch (error) {
      if (tries === 100) throw error
      await sleep(100)
    }
}
