import { mkdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { warmEntryMemory } from '#modules/search'
import { system } from '#platform/actor'
import { readConfig } from '#platform/config'
import { migrate } from '#platform/db/migrate'
import { openServer } from '#platform/db/server'
import { listen } from '#platform/http/listen'
import { deskServer } from './desk-server.tsx'
import { type House, openHouse } from './house.ts'
import { openLog } from './log.ts'
import { publicServer } from './public-server.tsx'
import type { SampleLogin } from './sample/found-government.ts'
import { loadSample } from './sample/load-sample.ts'
import { startWorker } from './worker.ts'

const allRoles = ['public', 'desk', 'worker'] as const
type ProcessRole = (typeof allRoles)[number]

/** Starts the roles asked for in this process and stays until it is told to stop. @returns the exit code. */
export async function runRoles(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !allRoles.includes(name as ProcessRole))
  if (unknown.length > 0) {
    console.error(`不认识的角色：${unknown.join('、')}。可用：${allRoles.join('、')}，或者 command。`)
    return 2
  }
  const roles = new Set(names.length > 0 ? names : allRoles)
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const one of stops.reverse()) await one().catch(() => {})
  }
  try {
    const config = readConfig()
    mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
    const say = (line: string) => console.error(line)
    const database = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, say })
    stops.push(() => database.stop())
    await migrate(database.url)
    const house = await openHouse({ config, databaseUrl: database.url, log: openLog(config) })
    stops.push(() => house.close())
    await firstStart(house, say)
    if (roles.has('public')) {
      const server = await publicServer(house)
      const port = await listen(server, config.host, config.publicPort, 3000)
      void warmEntryMemory(house.connection.db, house.clock.now())
      house.origin.public ||= `http://${shownHost(config.host)}:${port}`
      stops.push(() => server.close())
    }
    if (roles.has('desk')) {
      const server = await deskServer(house)
      const port = await listen(server, config.host, config.deskPort, 3001)
      house.origin.desk ||= `http://${shownHost(config.host)}:${port}`
      stops.push(() => server.close())
    }
    if (roles.has('worker')) stops.push(await startWorker(house, database.url))
    announce(house, roles)
    await toldToStop()
    await stop()
    return 0
  } catch (error) {
    console.error((error as Error).message)
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
    await stop()
    return 1
  }
}

/** By a signal, or because the launcher that holds our channel is gone. Later signals change nothing: we are stopping. */
function toldToStop(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    if (process.channel) {
      process.on('disconnect', () => resolve())
      process.channel.unref()
    }
  })
}

/** An installation that nobody has founded yet becomes the sample government, unless told otherwise. */
async function firstStart(house: House, say: (line: string) => void): Promise<void> {
  const { db } = house.connection
  if (!house.config.sample || (await db.selectFrom('installation').select('foundedAs').executeTakeFirst()))
    return
  say('第一次启动：正在装入样例政府“云溪县”…')
  const logins = await loadSample({ db, actor: system('装入样例'), clock: house.clock, log: house.log }, say)
  // Random for each installation; kept where only the owner of the folder may read
  await writeFile(loginsFile(house), JSON.stringify(logins, null, 2), { mode: 0o600 })
}

const loginsFile = (house: House) => join(house.config.dataDir, 'sample-logins.json')

function sampleLogins(house: House): SampleLogin[] {
  try {
    return JSON.parse(readFileSync(loginsFile(house), 'utf8')) as SampleLogin[]
  } catch {
    return []
  }
}

const shownHost = (host: string) =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host

function announce(house: House, roles: ReadonlySet<string>): void {
  const logins = sampleLogins(house)
  if (process.env.MINGTANG_READY === 'json') {
    console.log(
      JSON.stringify({ ready: true, public: house.origin.public, desk: house.origin.desk, accounts: logins }),
    )
    return
  }
  console.log('')
  if (roles.has('public')) console.log(`  公众网站  ${house.origin.public}`)
  if (roles.has('desk')) console.log(`  工作台    ${house.origin.desk}`)
  if (logins.length > 0 && roles.has('desk')) {
    console.log('\n  样例账号（只在这台机器上有效，保存在 data/sample-logins.json）：')
    for (const login of logins) {
      const code = login.secondFactor
        ? `   动态口令可用备用码 ${login.secondFactor.backupCodes[0]}（只能用一次）`
        : ''
      console.log(
        `    ${login.username.padEnd(14)} ${login.password}   ${login.name} · ${login.roles.join('、')}${code}`,
      )
    }
  }
  console.log('\n  按 Ctrl+C 停止。')
}
