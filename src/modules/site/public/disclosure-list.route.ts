import { notFound } from '#lib/errors'
import { findOrganByKey } from '#modules/organisations'
import {
  kindOf,
  type Listed,
  listPublic,
  listsTag,
  nextBoundary,
  publishedDay,
  validities,
} from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { platformPath } from '../platform.ts'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/disclosure/list.csv',
    rule: showsPublications(item => ['/disclosure/list.csv', `/disclosure/list.csv?organ=${item.organKey}`]),
    handle: sendList,
  },
]

/** More than a spreadsheet is read for; what lies beyond is in the site map. */
const mostRows = 10_000

/** The 目录 as a table: index, name, summary, day of making (R-CATG-02) and what helps to find the text. */
async function sendList(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const { db, site } = ctx
  const now = ctx.clock.now()
  const key = queryText(incoming, 'organ')
  const organ = key === undefined ? null : await findOrganByKey(db, key)
  if (key !== undefined && !organ) throw notFound('site.no-such-organ', '没有这个单位。')
  const filter = { siteId: site.id, columnPath: platformPath, organId: organ?.id }
  const [found, boundary] = await Promise.all([
    listPublic(db, now, filter, { page: 1, pageSize: mostRows }),
    nextBoundary(db, now),
  ])
  const address = site.origin + site.base
  const rows = found.rows.map(item => cellsOf(item, address))
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    // The mark at the front tells spreadsheets that this is UTF-8
    body: `\uFEFF${[heads, ...rows].map(cells => cells.map(cell).join(',')).join('\r\n')}\r\n`,
    headers: {
      'Content-Disposition': `attachment; filename="disclosure-${organ?.key ?? site.key}.csv"`,
    },
    dependsOn: [listsTag(site.id)],
    freshUntil: boundary ?? undefined,
  }
}

const heads = [
  '索引号',
  '名称',
  '内容概述',
  '文号',
  '发布机构',
  '种类',
  '主题分类',
  '生成日期',
  '发布日期',
  '有效性',
  '地址',
]

const cellsOf = (item: Listed, address: string) => [
  item.indexNo,
  item.title,
  item.summary,
  item.docNo,
  item.organName,
  kindOf(item.kind).label,
  item.theme,
  item.signedOn ?? publishedDay(item),
  publishedDay(item),
  item.validity ? validities[item.validity] : null,
  address + item.address,
]

/** A text that begins like a formula is kept from being run by a spreadsheet. */
function cell(value: string | null): string {
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
