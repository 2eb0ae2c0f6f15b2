import { Client } from 'pg'
import type { DatabaseServer } from './database-server.ts'
import { ServerProblem } from './server-problem.ts'

const OLDEST_VERSION = 15

export async function openExternalServer(databaseUrl: string): Promise<DatabaseServer> {
  const { versionNumber, encoding } = await askServer(databaseUrl)
  const version = checkServer(versionNumber, encoding)
  return { url: databaseUrl, kind: 'external', version, stop: async () => {} }
}

/** Refuses servers that our SQL does not run on; gives the major version. */
export function checkServer(versionNumber: number, encoding: string) {
  const major = Math.floor(versionNumber / 10_000)
  if (major < OLDEST_VERSION)
    throw new ServerProblem(
      `DATABASE_URL 指向的 PostgreSQL 是 ${major} 版，需要 ${OLDEST_VERSION} 版或更新。请升级数据库。`,
    )
  if (encoding !== 'UTF8')
    throw new ServerProblem(
      `DATABASE_URL 指向的数据库编码是 ${encoding}，需要 UTF8。请用 encoding 'UTF8' 重新建库。`,
    )
  return major
}

async function askServer(databaseUrl: string) {
  const client = clientFor(databaseUrl)
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    )
    return { versionNumber: rows[0].version as number, encoding: rows[0].encoding as string }
  } catch (error) {
    throw new ServerProblem(
      `连不上 DATABASE_URL 指向的数据库（${withoutPassword(databaseUrl)}）：${reason(error)}`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

function clientFor(databaseUrl: string) {
  try {
    if (!/^postgres(ql)?:\/\//.test(databaseUrl)) throw new Error('not an address of PostgreSQL')
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {})
    return client
  } catch {
    throw new ServerProblem('DATABASE_URL 写法不对，应形如 postgresql://用户:密码@主机:5432/库名')
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: '没有服务在这个地址和端口上应答，请确认数据库已启动',
  ENOTFOUND: '找不到这个主机名',
  EAI_AGAIN: '解析主机名失败，请检查网络',
  ETIMEDOUT: '连接超时，请检查网络和防火墙',
  '28P01': '用户名或密码不对',
  '28000': '服务器的 pg_hba.conf 不允许这样登录',
  '3D000': '没有这个库，请先建库',
}

function reason(error: unknown) {
  const { code, message } = error as { code?: string; message?: string }
  return (code && REASONS[code]) || message || code || '原因不明'
}

function withoutPassword(databaseUrl: string) {
  return databaseUrl.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@')
}
