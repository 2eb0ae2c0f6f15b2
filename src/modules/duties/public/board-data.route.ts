import { nextMidnight } from '#lib/beijing-time'
import { csvLine } from '#lib/csv'
import type { PublicContext } from '#platform/context'
import { json, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsNoPublications } from '#platform/http/route'
import { boardLines } from '../board-queries.ts'
import { dutiesTag } from '../duty.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/obligations.csv', rule: showsNoPublications, handle: csv },
  { method: 'GET', path: '/obligations.json', rule: showsNoPublications, handle: data },
]

async function linesOf(ctx: PublicContext) {
  const now = ctx.clock.now()
  const year = ctx.clock.today().slice(0, 4)
  const lines = await boardLines(ctx.db, now, { siteId: ctx.site.id, period: year })
  const cache = { dependsOn: [dutiesTag(ctx.site.id)], freshUntil: nextMidnight(now) }
  return { year, lines, cache }
}

async function csv(ctx: PublicContext): Promise<Reply> {
  const { year, lines, cache } = await linesOf(ctx)
  const head = [
    '单位',
    `${year}年按时完成`,
    `${year}年逾期完成`,
    '现在逾期',
    '七天内到期',
    '未完成',
    `${year}年免除`,
  ]
  const rows = lines.map(one => [
    one.organName,
    one.metInTime,
    one.metLate,
    one.late,
    one.week,
    one.open,
    one.waived,
  ])
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: `\uFEFF${[head, ...rows].map(row => csvLine(row.map(String))).join('')}`,
    headers: { 'Content-Disposition': 'attachment; filename="obligations.csv"' },
    ...cache,
  }
}

async function data(ctx: PublicContext): Promise<Reply> {
  const { year, lines, cache } = await linesOf(ctx)
  return json({ year, organs: lines.map(({ organId: _, ...line }) => line) }, cache)
}
