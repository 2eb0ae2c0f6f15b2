import { setTimeout as pause } from 'node:timers/promises'
import { type SqlBool, sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { openInternet, type ReachPolicy } from '#platform/net/addresses'
import { robotsOf } from '#platform/net/robots'
import { agent, askOutside, type OutsideAnswer } from '../links/ask-outside.ts'
import { settingsOf } from '../queries.ts'

export interface Courtesy {
  policy: ReachPolicy
  timeoutMs: number
  /** Between two questions to one host. */
  pauseMs: number
  /** Hosts that are asked at the same time; each is asked one thing at a time. */
  hosts: number
}

const usual: Courtesy = { policy: openInternet, timeoutMs: 15_000, pauseMs: 1000, hosts: 4 }

/**
 * Asks other sites whether the addresses that our texts name are still there: at most so many a night, those first that failed before
 * and those not asked for longest, one question a day at most. Only where the site has said that it wants it. @returns how many were asked.
 */
export async function askOutsideLinks(
  ctx: Context,
  siteId: string,
  courtesy: Courtesy = usual,
): Promise<number> {
  const settings = await settingsOf(ctx.db, siteId)
  if (!settings.outside) return 0
  const today = ctx.clock.today()
  const targets = await dueTargets(ctx.db, siteId, today, settings.nightlyLimit)
  const hosts = [...Map.groupBy(targets, target => new URL(target).origin)]
  const workers = Array.from({ length: courtesy.hosts }, async () => {
    for (let next = hosts.pop(); next; next = hosts.pop()) await askHost(ctx, next[0], next[1], courtesy)
  })
  await Promise.all(workers)
  return targets.length
}

async function dueTargets(db: Database, siteId: string, today: PlainDate, limit: number): Promise<string[]> {
  const askedToday = sql<SqlBool>`(o.asked_at at time zone 'Asia/Shanghai')::date >= ${today}::date`
  const { rows } = await sql<{ target: string }>`
    select l.target from text_links l join read_texts r on r.edition_id = l.edition_id
    left join outside_links o on o.target = l.target
    where r.site_id = ${siteId} and not l.internal and (o.target is null or not ${askedToday})
    group by l.target, o.outcome, o.asked_at
    order by (o.outcome = 'fails') desc nulls last, o.asked_at nulls first, l.target limit ${limit}`.execute(
    db,
  )
  return rows.map(row => row.target)
}

async function askHost(ctx: Context, origin: string, targets: readonly string[], courtesy: Courtesy) {
  const lets = await robotsOf(origin, agent, courtesy)
  for (const target of targets) {
    await pause(courtesy.pauseMs)
    const url = new URL(target)
    const answer: OutsideAnswer = lets(url.pathname + url.search)
      ? await askOutside(target, courtesy)
      : { outcome: 'not-asked', detail: '对方不允许程序访问（robots.txt）' }
    await note(ctx, url, target, answer)
  }
}

/** A failure is counted once a day; an answer between makes the count begin anew. */
async function note(
  ctx: Context,
  url: URL,
  target: string,
  { outcome, detail }: OutsideAnswer,
): Promise<void> {
  const now = ctx.clock.now()
  const failedOn = outcome === 'fails' ? [dateInBeijing(now)] : []
  await sql`
    insert into outside_links (target, host, asked_at, outcome, detail, failed_on)
    values (${target}, ${url.host}, ${now}, ${outcome}, ${detail}, ${failedOn}::date[])
    on conflict (target) do update set asked_at = excluded.asked_at, outcome = excluded.outcome, detail = excluded.detail,
      failed_on = case when excluded.outcome <> 'fails' then '{}'::date[]
        when outside_links.failed_on @> excluded.failed_on then outside_links.failed_on
        else (outside_links.failed_on || excluded.failed_on)[greatest(1, cardinality(outside_links.failed_on) - 8):] end`.execute(
    ctx.db,
  )
}
