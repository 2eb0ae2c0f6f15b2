import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { DatabaseServer, ServerOptions } from '../database-server.ts'
import { ServerProblem } from '../server-problem.ts'
import { type Cluster, getCluster } from './cluster.ts'
import { runningPort, startPostmaster, stopPostmaster, tailOfLog } from './postmaster.ts'

// Every process of ours that uses the server holds this lock, shared, on a session of its own. Who cannot get it alone
// on leaving is not the last one. It falls with its process, so a kill -9 leaves nobody counted: the next one to come
// joins the orphaned server and becomes responsible for it.
const PRESENCE = 7_130_241
const DATABASE = 'mingtang'
const PATIENCE_MS = 15_000
const RECOVERY_MS = 10 * 60_000

type Options = Required<Pick<ServerOptions, 'dataDir' | 'say' | 'durable'>> & Pick<ServerOptions, 'binaries'>

export async function openEmbeddedServer(options: Options): Promise<DatabaseServer> {
  const cluster = await getCluster(options)
  let presence = await bePresent(cluster, options)
  const port = presence.port
  await createDatabase(cluster, port)
  let leaving = false
  // A server that dies under us (killed, out of memory) is started again at the same address.
  async function returnToService() {
    while (!leaving)
      try {
        presence = await bePresent(cluster, options, port)
        presence.once('end', returnToService)
        return
      } catch (error) {
        options.say((error as Error).message)
        await sleep(5000)
      }
  }
  presence.once('end', returnToService)
  return {
    url: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`,
    kind: 'embedded',
    version: cluster.version,
    async stop() {
      if (leaving) return
      leaving = true
      await leave(cluster, presence)
    },
  }
}

/** Joins the server of this cluster, or starts it and joins; tries until one of the two succeeds. */
async function bePresent(cluster: Cluster, { say, durable }: Options, wantedPort?: number): Promise<Client> {
  const began = Date.now()
  let failedStarts = 0
  let told = false
  for (;;) {
    const waited = Date.now() - began
    const port = await runningPort(cluster)
    if (port === undefined) {
      if (await startPostmaster(cluster, durable, wantedPort)) continue
      // Right after a kill -9 the old shared memory is still in use; or another process of ours was quicker.
      if (++failedStarts >= 12)
        throw new ServerProblem(`自带数据库无法启动，它的日志最后几行是：\n${await tailOfLog(cluster)}`)
      await sleep(400)
      continue
    }
    const answer = await enter(cluster, port)
    if (answer instanceof Client) return answer
    if (answer === 'silent' && waited > PATIENCE_MS) await stopPostmaster(cluster, 'immediate')
    if (answer === 'busy' && waited > 3000 && !told) {
      told = true
      say('数据库正在恢复上次没有正常结束的工作，请稍候…')
    }
    if (waited > RECOVERY_MS)
      throw new ServerProblem('自带数据库十分钟内没有恢复，请查看数据目录里的 postgres/server.log。')
    await sleep(100)
  }
}

/** A session that holds the presence lock; 'busy' while the server recovers or somebody is just stopping it. */
async function enter(cluster: Cluster, port: number): Promise<Client | 'busy' | 'silent'> {
  const client = clientOf(cluster, port)
  try {
    await client.connect()
    const { rows } = await client.query(`select pg_try_advisory_lock_shared(${PRESENCE}) as present`)
    if (rows[0].present) return client
    await client.end()
    return 'busy'
  } catch (error) {
    await client.end().catch(() => {})
    const { code } = error as { code?: string }
    if (code === '28P01')
      throw new ServerProblem('自带数据库的密码与 postgres/mingtang.json 里的不符，请恢复这个文件。')
    // Class 57: starting up, recovering, shutting down.
    return code?.startsWith('57P') ? 'busy' : 'silent'
  }
}

async function leave(cluster: Cluster, presence: Client) {
  let last = false
  try {
    await presence.query(`select pg_advisory_unlock_shared(${PRESENCE})`)
    const { rows } = await presence.query(`select pg_try_advisory_lock(${PRESENCE}) as last`)
    last = rows[0].last
    if (last) await stopPostmaster(cluster, 'fast')
  } catch {
    // The server is gone already.
  } finally {
    await presence.end().catch(() => {})
  }
}

async function createDatabase(cluster: Cluster, port: number) {
  const client = clientOf(cluster, port)
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    // Two first starts at the same moment: the other one has made it (duplicate_database, unique_violation).
    if (!['42P04', '23505'].includes((error as { code: string }).code)) throw error
  } finally {
    await client.end()
  }
}

function clientOf(cluster: Cluster, port: number) {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: cluster.password,
    database: 'postgres',
    ssl: false,
    application_name: 'mingtang presence',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  client.on('error', () => {})
  return client
}
