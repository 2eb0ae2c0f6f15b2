import { Readable } from 'node:stream'
import { momentInBeijing } from '#lib/beijing-time'
import { csvFile } from '#lib/csv'
import { recordAct } from '#modules/audit'
import type { DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { type DeskRow, eachForDesk } from '../desk-queries.ts'
import { allKinds } from '../kind.ts'
import { mayRead } from '../policy.ts'
import { states } from '../state.ts'
import { publicAddress } from './desk-address.ts'
import { filterOf, listAddress, readListQuery } from './list-filter.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/export.csv', may: mayRead, handle: exportList },
]

async function exportList(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const asked = readListQuery(incoming)
  await recordAct(ctx.db, ctx, {
    act: 'publications.exported',
    sentence: '导出发布物清单',
    details: { query: listAddress('', asked) },
  })
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(
      csvFile(heads, eachForDesk(ctx.db, ctx.clock.now(), filterOf(asked)), row => cells(ctx, row)),
    ),
    headers: {
      'content-disposition': `attachment; filename="publications-${ctx.clock.today()}.csv"`,
      'cache-control': 'no-store',
    },
  }
}

const heads = [
  '标题',
  '状态',
  '种类',
  '机构',
  '站点',
  '文号',
  '索引号',
  '首次公开',
  '历史存量',
  '原发布日期',
  '最后修改人',
  '最后修改时间',
  '地址',
]

const cells = (ctx: DeskContext, row: DeskRow): string[] => [
  row.title,
  states[row.state],
  allKinds().find(kind => kind.name === row.kind)?.label ?? row.kind,
  row.organName,
  row.siteName,
  row.docNo ?? '',
  row.indexNo ?? '',
  row.firstPublicAt ? momentInBeijing(row.firstPublicAt) : '',
  row.archive ? '是' : '否',
  row.sourcePublishedOn ?? '',
  row.editedBy,
  momentInBeijing(row.editedAt),
  publicAddress(ctx, row),
]
