import { Readable } from 'node:stream'
import { momentInBeijing } from '#lib/beijing-time'
import type { DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { recordAct } from '../actions/record-act.ts'
import { outcomes } from '../audit-entry.ts'
import { auditQuery, readAuditFilter } from '../audit-filter.ts'
import { mayReadAudit } from '../policy.ts'
import { type AuditFilter, type EntryRow, eachEntry } from '../queries.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/audit/export.csv', may: mayReadAudit, handle: exportEntries },
]

async function exportEntries(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const filter = readAuditFilter(incoming.query, ctx.clock.today())
  await recordAct(ctx.db, ctx, {
    act: 'audit.export-entries',
    sentence: `导出审计记录（${filter.from} 至 ${filter.until}）`,
    details: { query: auditQuery(filter) },
  })
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(lines(ctx, filter)),
    headers: {
      'content-disposition': `attachment; filename="audit-${filter.from}-${filter.until}.csv"`,
      'cache-control': 'no-store',
    },
  }
}

const heads = [
  '时间',
  '人员',
  '行为',
  '做了什么',
  '对象',
  '对象编号',
  '结果',
  '来自',
  '涉及个人信息',
  '详情',
  '链上位置',
  '指纹',
]

/** The mark at the start lets spreadsheet programs read the Chinese. */
async function* lines(ctx: DeskContext, filter: AuditFilter): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(heads)}`
  for await (const rows of eachEntry(ctx.db, filter)) yield rows.map(row => csvLine(cells(row))).join('')
}

function cells(row: EntryRow): string[] {
  return [
    momentInBeijing(row.at),
    row.actor,
    row.act,
    row.sentence,
    row.objectLabel ?? '',
    row.objectId ?? '',
    outcomes[row.outcome as keyof typeof outcomes],
    row.ip ?? '',
    row.readsPersonalData ? '是' : '否',
    JSON.stringify(row.details),
    String(row.position ?? ''),
    row.hash ?? '',
  ]
}

/** One line; a text that a spreadsheet program would take for a formula is disarmed. */
export function csvLine(texts: readonly string[]): string {
  const quoted = texts.map(
    text => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`,
  )
  return `${quoted.join(',')}\r\n`
}
