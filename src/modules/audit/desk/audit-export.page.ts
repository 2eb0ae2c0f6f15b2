import { Readable } from 'node:stream'
import { momentInBeijing } from '#lib/beijing-time'
import { csvFile } from '#lib/csv'
import type { DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { recordAct } from '../actions/record-act.ts'
import { outcomes } from '../audit-entry.ts'
import { auditQuery, readAuditFilter } from '../audit-filter.ts'
import { mayReadAudit } from '../policy.ts'
import { type EntryRow, eachEntry } from '../queries.ts'

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
    body: Readable.from(csvFile(heads, eachEntry(ctx.db, filter), cells)),
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
