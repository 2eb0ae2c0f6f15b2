import { pageNumber } from '#lib/paging'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import { columnsOf } from '../columns-of.ts'
import { type Finding, type RuleId, rules } from '../finding.ts'
import { mayReadHealth } from '../policy.ts'
import {
  type Acknowledgement,
  countStored,
  listAcknowledgements,
  listStored,
  type StoredFinding,
} from '../queries.ts'

export const shows = { open: '待处理', coming: '快到期', resolved: '已恢复' } as const
export type Show = keyof typeof shows

/** What the page was asked for. */
export interface HealthChoice {
  site: SiteRow
  show: Show
  rule: RuleId | undefined
  page: number
}

/** The sites whose health the person looks after. */
export const sitesFor = async (ctx: DeskContext) =>
  (await listSites(ctx.db)).filter(site => mayReadHealth(ctx.actor, site.organId))

export function choiceOf(sites: readonly SiteRow[], incoming: Incoming): HealthChoice | null {
  const asked = (name: string) => String(incoming.query[name] ?? '')
  const site = sites.find(one => one.key === asked('site')) ?? sites[0]
  if (!site) return null
  const rule = asked('rule')
  const show = asked('show')
  return {
    site,
    show: show in shows ? (show as Show) : 'open',
    rule: rule in rules ? (rule as RuleId) : undefined,
    page: pageNumber(asked('page')),
  }
}

export function addressFor(
  choice: Partial<Omit<HealthChoice, 'site'>> & { site: SiteRow },
  path = '/site-health',
) {
  const query = new URLSearchParams({ site: choice.site.key })
  if (choice.show) query.set('show', choice.show)
  if (choice.rule) query.set('rule', choice.rule)
  if (choice.page && choice.page > 1) query.set('page', String(choice.page))
  return `${path}?${query}`
}

export type ShownFinding = (Finding | StoredFinding) & { acknowledged: Acknowledgement | null }

export interface Health {
  /** Of the columns, all stages. */
  columns: readonly Finding[]
  /** Open findings by rule, early warnings not among them. */
  counts: Map<RuleId, number>
  total: number
  rows: ShownFinding[]
}

/** Column findings first, then what is wrong in texts; a page of them. `known`: the columns, where they were asked already. */
export async function loadHealth(
  ctx: DeskContext,
  { site, show, rule }: HealthChoice,
  { limit, offset }: { limit: number; offset: number },
  known?: readonly Finding[],
): Promise<Health> {
  const columns = known ?? (await columnsOf(ctx.db, ctx.clock.now(), site))
  const filter = {
    siteIds: [site.id],
    state: show === 'resolved' ? ('resolved' as const) : ('open' as const),
  }
  const stored = await countStored(ctx.db, filter)
  const derived = columns.filter(
    one =>
      show !== 'resolved' && (one.stage === 'finding') === (show === 'open') && (!rule || one.rule === rule),
  )
  const storedTotal =
    show === 'coming'
      ? 0
      : rule
        ? (stored.get(rule) ?? 0)
        : [...stored.values()].reduce((sum, count) => sum + count, 0)
  const first = derived.slice(offset, offset + limit)
  const rest =
    storedTotal > 0 && first.length < limit
      ? await listStored(
          ctx.db,
          { ...filter, rule },
          { limit: limit - first.length, offset: Math.max(0, offset - derived.length) },
        )
      : []
  const found = [...first, ...rest]
  const acknowledged = await listAcknowledgements(
    ctx.db,
    found.map(one => one.key),
  )
  const openStored = show === 'resolved' ? await countStored(ctx.db, { ...filter, state: 'open' }) : stored
  const counts = new Map(openStored)
  for (const one of columns)
    if (one.stage === 'finding') counts.set(one.rule, (counts.get(one.rule) ?? 0) + 1)
  return {
    columns,
    counts,
    total: derived.length + storedTotal,
    rows: found.map(one => ({
      ...one,
      acknowledged:
        acknowledged.find(
          ack => ack.siteId === one.siteId && ack.finding === one.key && ack.since === (one.since ?? ''),
        ) ?? null,
    })),
  }
}
