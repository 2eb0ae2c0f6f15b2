import { Readable } from 'node:stream'
import { momentInBeijing } from '#lib/beijing-time'
import { csvFile } from '#lib/csv'
import { pageNumber } from '#lib/paging'
import { recordAct } from '#modules/audit'
import { listOrgans } from '#modules/organisations'
import { allKinds, kindOf } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, LinkButton, SelectField, TextField } from '#ui/forms'
import { opennesses, states } from '../document.ts'
import { type DocumentFilter, type DocumentLine, eachDocument, listDocuments } from '../list-queries.ts'
import { mayReadDocuments, mayReceiveSigned, mayStartDocument, reachOf } from '../policy.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/documents', may: mayReadDocuments, handle: show },
  { method: 'GET', path: '/documents/export.csv', may: mayReadDocuments, handle: exportList },
]

function filterOf(incoming: Incoming): DocumentFilter {
  const asked = (name: string) => queryText(incoming, name)
  return { words: asked('words'), state: asked('state'), organ: asked('organ'), kind: asked('kind') }
}

function addressOf(path: string, filter: DocumentFilter, number?: number): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value))
  if (number && number > 1) query.set('page', String(number))
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** What waits for me first; then all that my organs handle. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const filter = filterOf(incoming)
  const reach = reachOf(ctx.actor)
  const organs = (await listOrgans(ctx.db)).filter(organ => reach.includes(organ.id))
  const [mine, all] = await Promise.all([
    listDocuments(ctx.db, ctx.actor, { mine: true }, 1, 100),
    listDocuments(ctx.db, ctx.actor, filter, pageNumber(queryText(incoming, 'page'))),
  ])
  return page({
    title: '公文办理',
    crumbs: [{ label: '公文办理' }],
    body: (
      <>
        <PageHead
          title="公文办理"
          note="公文从起草时就定公开属性，经审核、保密审查、签发，才能公开。"
          actions={
            <>
              {mayStartDocument(ctx.actor) ? (
                <LinkButton tone="primary" href="/documents/new">
                  起草公文
                </LinkButton>
              ) : null}
              {mayReceiveSigned(ctx.actor) ? (
                <LinkButton href="/documents/received/new">登记已签发公文</LinkButton>
              ) : null}
              <LinkButton href={addressOf('/documents/export.csv', filter)}>导出表格</LinkButton>
            </>
          }
        />
        <Sheet title="等我办理" count={mine.total}>
          {table(
            '等我办理',
            mine.rows,
            <EmptyState title="现在没有等您办理的公文">轮到您时会通知您。</EmptyState>,
          )}
        </Sheet>
        <Sheet title="全部公文" count={all.total}>
          <Form
            method="get"
            action="/documents"
            values={{ words: filter.words, state: filter.state, organ: filter.organ, kind: filter.kind }}
            label="筛选公文"
          >
            <TextField name="words" label="标题或者文号" maxLength={100} />
            <SelectField
              name="state"
              label="状态"
              blank="全部"
              options={Object.entries(states).map(([value, label]) => ({ value, label }))}
            />
            <SelectField
              name="organ"
              label="机构"
              blank="全部"
              options={organs.map(organ => ({ value: organ.id, label: organ.shortName }))}
            />
            <SelectField
              name="kind"
              label="种类"
              blank="全部"
              options={allKinds()
                .filter(kind => kind.procedure === 'document')
                .map(kind => ({ value: kind.name, label: kind.label }))}
            />
            <Actions primary="筛选" cancel={{ label: '看全部', href: '/documents' }} />
          </Form>
          {table(
            '全部公文',
            all.rows,
            <EmptyState title="没有符合条件的公文">按“起草公文”开始第一件，或者去掉一些条件。</EmptyState>,
          )}
          <Pager page={all} href={number => addressOf('/documents', filter, number)} />
        </Sheet>
      </>
    ),
  })
}

const table = (caption: string, rows: readonly DocumentLine[], empty: ReturnType<typeof EmptyState>) => (
  <DataTable
    caption={caption}
    captionHidden
    columns={[
      {
        key: 'title',
        head: '公文',
        cell: row => (
          <>
            <a href={`/documents/${row.id}`}>{row.title}</a>
            {row.docNo ? <div class="field-hint">{row.docNo}</div> : null}
          </>
        ),
      },
      { key: 'state', head: '状态', cell: row => states[row.state] },
      {
        key: 'openness',
        head: '公开属性',
        cell: row => (row.openness ? opennesses[row.openness] : '未标明'),
      },
      { key: 'kind', head: '种类', cell: row => kindOf(row.kind).label },
      { key: 'organ', head: '机构', cell: row => row.organName },
      { key: 'changed', head: '最近办理', cell: row => <time>{momentInBeijing(row.changedAt)}</time> },
    ]}
    rows={rows}
    rowKey={row => row.id}
    empty={empty}
  />
)

async function exportList(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const filter = filterOf(incoming)
  await recordAct(ctx.db, ctx, { act: 'documents.exported', sentence: '导出公文清单' })
  const heads = ['标题', '状态', '公开属性', '理由', '种类', '机构', '文号', '签发日期', '最近办理']
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(
      csvFile(heads, eachDocument(ctx.db, ctx.actor, filter), row => [
        row.title,
        states[row.state],
        row.openness ? opennesses[row.openness] : '',
        row.opennessReason,
        kindOf(row.kind).label,
        row.organName,
        row.docNo ?? '',
        row.signedOn ?? '',
        momentInBeijing(row.changedAt),
      ]),
    ),
    headers: {
      'content-disposition': `attachment; filename="documents-${ctx.clock.today()}.csv"`,
      'cache-control': 'no-store',
    },
  }
}
