import { Readable } from 'node:stream'
import { csvFile } from '#lib/csv'
import { notFound } from '#lib/errors'
import type { DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { type Finding, rules } from '../finding.ts'
import { mayReadHealth } from '../policy.ts'
import { choiceOf, type HealthChoice, loadHealth, type ShownFinding, sitesFor } from './load-health.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/site-health/findings.csv', may: actor => mayReadHealth(actor), handle: send },
]

const atOnce = 2000

async function send(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const choice = choiceOf(await sitesFor(ctx), incoming)
  if (!choice) throw notFound('site-health.no-site', '没有您负责的站点。')
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(csvFile(heads, batches(ctx, choice), row => cellsOf(row, choice))),
    headers: {
      'content-disposition': `attachment; filename="site-health-${choice.site.key}-${ctx.clock.today()}.csv"`,
      'cache-control': 'no-store',
    },
  }
}

async function* batches(ctx: DeskContext, choice: HealthChoice): AsyncGenerator<ShownFinding[]> {
  let known: readonly Finding[] | undefined
  for (let offset = 0; ; offset += atOnce) {
    const { rows, columns } = await loadHealth(ctx, choice, { limit: atOnce, offset }, known)
    known = columns
    yield rows
    if (rows.length < atOnce) return
  }
}

const heads = [
  '规则',
  '问题',
  '程度',
  '站点',
  '位置',
  '地址',
  '依据',
  '怎样处理',
  '从哪天起',
  '负责',
  '暂不处理的理由',
]
const stages = { finding: '问题', soon: '快到期', urgent: '马上到期' } as const

const cellsOf = (row: ShownFinding, { site }: HealthChoice): string[] => [
  row.rule,
  rules[row.rule],
  row.stage === 'finding' && row.severity === 'block' ? '严重' : stages[row.stage],
  site.name,
  row.place.label,
  row.place.address ?? '',
  row.evidence,
  row.remedy,
  row.since ?? '',
  row.who,
  row.acknowledged?.reason ?? '',
]
