import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from '#platform/db/database'

const channel = 'page_cache'
/** PostgreSQL refuses a notice above 8000 bytes. */
const longestNotice = 7500

/** Tells every process which pages have changed; sent when the transaction commits, not before. */
export async function announceChange(db: Database, tags: readonly string[]): Promise<void> {
  const notice = [...new Set(tags)].join(' ')
  await sql`select pg_notify(${channel}, ${notice.length > longestNotice ? '*' : notice})`.execute(db)
}

/** Something kept in memory that must hear of changes. */
interface Follower {
  purge(tags: readonly string[]): void
  /** Nobody tells of changes any more: nothing may be served from memory. */
  close(): void
  open(): void
}

/**
 * Listens for changes and passes them on. While the connection is lost everything kept is closed: a page may be slow,
 * never stale. Returns the way to stop.
 * @param heartbeat milliseconds after which a connection that died without a word (a pulled cable, a firewall) is noticed.
 */
export function followChanges(
  url: string,
  followers: readonly Follower[],
  heartbeat = 5000,
): { ready: Promise<void>; stop(): Promise<void> } {
  let stopped = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let pulse: NodeJS.Timeout | undefined
  const each = (tell: (one: Follower) => void) => followers.forEach(tell)

  const listen = async (): Promise<void> => {
    const mine = new pg.Client({
      connectionString: url,
      application_name: 'mingtang cache',
      keepAlive: true,
      connectionTimeoutMillis: heartbeat,
      query_timeout: heartbeat,
    })
    client = mine
    mine.on('notification', notice => each(one => one.purge((notice.payload ?? '*').split(' '))))
    mine.on('error', () => lost(mine))
    mine.on('end', () => lost(mine))
    try {
      await mine.connect()
      await mine.query(`listen ${channel}`)
      if (stopped || mine !== client) return
      each(one => one.open())
      pulse = setInterval(() => mine.query('select 1').catch(() => lost(mine)), heartbeat)
      pulse.unref()
    } catch {
      lost(mine)
    }
  }

  const lost = (which: pg.Client) => {
    if (stopped || which !== client) return
    client = undefined
    clearInterval(pulse)
    each(one => one.close())
    which.end().catch(() => {})
    retry = setTimeout(listen, 500)
    retry.unref()
  }

  each(one => one.close())
  return {
    ready: listen(),
    async stop() {
      stopped = true
      clearTimeout(retry)
      clearInterval(pulse)
      await client?.end().catch(() => {})
    },
  }
}
