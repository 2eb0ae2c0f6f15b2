import { momentInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { listOrgans, listSites } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Actions, Form, LinkButton, type Option, SelectField, TextField } from '#ui/forms'
import { listColumns } from '../column-queries.ts'
import { type DeskRow, listForDesk } from '../desk-queries.ts'
import { allKinds } from '../kind.ts'
import { mayDraft, mayRead } from '../policy.ts'
import { states } from '../state.ts'
import { columnOptions } from './column-fields.tsx'
import { deskAddress, publicAddress } from './desk-address.ts'
import { DoneNotice } from './done-notice.tsx'
import { filterOf, type ListQuery, listAddress, readListQuery } from './list-filter.ts'
import { StateWord } from './state-word.tsx'

const path = '/publications'

export const routes: DeskRoute[] = [{ method: 'GET', path, may: mayRead, handle: show }]

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const asked = readListQuery(incoming)
  const found = await listForDesk(
    ctx.db,
    ctx.clock.now(),
    filterOf(asked),
    pageNumber(String(incoming.query.page)),
  )
  const isNarrowed = Object.values(asked).some(value => value !== undefined)
  return page({
    title: '发布物',
    crumbs: [{ label: '发布物' }],
    body: (
      <>
        <PageHead
          title="发布物"
          note="所有状态的都在这里：还没有公开过的在前，其余按公开时间从新到旧。"
          actions={
            <>
              {mayDraft(ctx.actor) && (
                <LinkButton tone="primary" href="/publications/new">
                  新建
                </LinkButton>
              )}
              <LinkButton href={listAddress('/publications/export.csv', asked)}>导出表格</LinkButton>
            </>
          }
        />
        <DoneNotice incoming={incoming} />
        <Filter asked={asked} choices={await choices(ctx)} />
        <DataTable
          caption={found.total > 25_000 ? '超过 25000 件' : `共 ${found.total} 件`}
          columns={[
            { key: 'title', head: '标题', cell: row => <Title row={row} /> },
            { key: 'state', head: '状态', cell: row => <StateWord {...row} /> },
            { key: 'kind', head: '种类', cell: row => kindLabel(row.kind) },
            { key: 'organName', head: '机构' },
            { key: 'when', head: '公开时间', cell: row => <When row={row} /> },
            { key: 'editedBy', head: '最后修改', cell: row => <Edited row={row} /> },
            { key: 'open', head: '公开页面', cell: row => <Open ctx={ctx} row={row} /> },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={
            isNarrowed ? (
              <EmptyState title="没有符合这些条件的发布物">
                请去掉一些条件，或者
                <a class="underline" href={path}>
                  看全部
                </a>
                。
              </EmptyState>
            ) : (
              <EmptyState title="还没有发布物">
                按“新建”起草第一件；已有的存量文件可以用命令 mingtang import 导入。
              </EmptyState>
            )
          }
        />
        <Pager page={found} href={number => listAddress(path, asked, number)} />
      </>
    ),
  })
}

const kindLabel = (name: string) => allKinds().find(kind => kind.name === name)?.label ?? name

function Title({ row }: { row: DeskRow }) {
  return (
    <>
      <a href={deskAddress(row)}>{row.title}</a>
      {row.docNo && <div class="field-hint">{row.docNo}</div>}
    </>
  )
}

function When({ row }: { row: DeskRow }) {
  const at = row.archive && row.sourcePublishedOn ? row.sourcePublishedOn : row.firstPublicAt
  if (!at || row.state === 'draft' || row.state === 'in-review') return <>—</>
  return (
    <>
      <time>{typeof at === 'string' ? at : momentInBeijing(at)}</time>
      {row.archive && <div class="field-hint">历史存量</div>}
    </>
  )
}

function Edited({ row }: { row: DeskRow }) {
  return (
    <>
      {row.editedBy}
      <div class="field-hint">{momentInBeijing(row.editedAt).slice(0, 10)}</div>
    </>
  )
}

function Open({ ctx, row }: { ctx: DeskContext; row: DeskRow }) {
  if (row.state !== 'public') return <>—</>
  return (
    <a href={publicAddress(ctx, row)}>
      打开<span class="sr-only">公开页面：{row.title}</span>
    </a>
  )
}

interface Choices {
  organs: Option[]
  sites: Option[]
  columns: Option[]
}

async function choices(ctx: DeskContext): Promise<Choices> {
  const [organs, sites] = await Promise.all([
    listOrgans(ctx.db, { includeAbolished: true }),
    listSites(ctx.db),
  ])
  const columns = await Promise.all(
    sites.map(async site =>
      columnOptions(await listColumns(ctx.db, site.id)).map(option => ({ ...option, group: site.shortName })),
    ),
  )
  return {
    organs: organs.map(organ => ({
      value: organ.id,
      label: organ.abolishedOn ? `${organ.shortName}（已撤并）` : organ.shortName,
    })),
    sites: sites.map(site => ({ value: site.id, label: site.shortName })),
    columns: columns.flat(),
  }
}

function Filter({ asked, choices: { organs, sites, columns } }: { asked: ListQuery; choices: Choices }) {
  return (
    <Form method="get" action={path} values={asked} label="筛选发布物">
      <TextField name="words" label="标题或者编号" hint="标题里的字、文号、索引号" maxLength={100} />
      <SelectField name="state" label="状态" blank="全部" options={optionsOf(states)} />
      <SelectField
        name="kind"
        label="种类"
        blank="全部"
        options={allKinds().map(kind => ({ value: kind.name, label: kind.label }))}
      />
      <SelectField name="organ" label="机构" blank="全部" options={organs} />
      {sites.length > 1 && <SelectField name="site" label="站点" blank="全部" options={sites} />}
      <SelectField name="column" label="栏目" blank="全部" options={columns} />
      <SelectField
        name="archive"
        label="来源"
        blank="全部"
        options={[
          { value: 'no', label: '在这里起草的' },
          { value: 'yes', label: '导入的历史存量' },
        ]}
      />
      <Actions primary="筛选" cancel={{ label: '看全部', href: path }} />
    </Form>
  )
}

const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
