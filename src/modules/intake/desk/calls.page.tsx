import { momentInBeijing } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Actions, Form, LinkButton, SelectField, TextField } from '#ui/forms'
import { mayKeepTokens, mayReadCalls } from '../policy.ts'
import { type CallOutcome, callOutcomes, type IntakeCall, listCalls } from '../queries.ts'

const address = '/intake'
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may: actor => mayReadCalls(actor), handle: show },
]

const pageSize = 50

/** 公文接入: what the systems of offices brought, and what was refused and why. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const asked = queryText(incoming, 'outcome')
  const outcome = asked !== undefined && asked in callOutcomes ? (asked as CallOutcome) : null
  const words = queryText(incoming, 'words') ?? ''
  const number = pageNumber(queryText(incoming, 'page'))
  const organs = (await listOrgans(ctx.db)).filter(organ => mayReadCalls(ctx.actor, organ.id))
  const found = await listCalls(
    ctx.db,
    { organIds: organs.map(organ => organ.id), outcome, words },
    { limit: pageSize, offset: (number - 1) * pageSize },
  )
  const nameOf = new Map(organs.map(organ => [organ.id, organ.shortName]))
  return page({
    title: '公文接入',
    crumbs: [{ label: '公文接入' }],
    body: (
      <>
        <PageHead
          title="公文接入"
          note="各单位的办公系统交来的已签发公文。收下的进入“公文办理”，核对以后再公开；没有收下的，原因已经告诉对方系统。"
          actions={
            mayKeepTokens(ctx.actor) ? <LinkButton href="/intake-tokens">接入密钥</LinkButton> : undefined
          }
        />
        <Form method="get" action={address} values={{ words, outcome: outcome ?? '' }} label="筛选接入记录">
          <TextField name="words" label="标题" maxLength={100} />
          <SelectField
            name="outcome"
            label="结果"
            blank="全部"
            options={Object.entries(callOutcomes).map(([value, label]) => ({ value, label }))}
          />
          <Actions primary="筛选" cancel={{ label: '看全部', href: address }} />
        </Form>
        <Calls rows={found.rows} nameOf={nameOf} isNarrowed={words !== '' || outcome !== null} />
        <Pager
          page={{ ...found, page: number, pageSize }}
          href={to =>
            `${address}?${new URLSearchParams({ words, outcome: outcome ?? '', page: String(to) })}`
          }
        />
      </>
    ),
  })
}

interface CallsProps {
  rows: readonly IntakeCall[]
  nameOf: ReadonlyMap<string, string>
  isNarrowed: boolean
}

function Calls({ rows, nameOf, isNarrowed }: CallsProps) {
  return (
    <DataTable
      caption="接入记录"
      captionHidden
      columns={[
        { key: 'cameAt', head: '时间', cell: row => <span class="num">{momentInBeijing(row.cameAt)}</span> },
        {
          key: 'title',
          head: '公文',
          cell: row =>
            row.documentId ? <a href={`/documents/${row.documentId}`}>{row.title}</a> : row.title,
        },
        { key: 'from', head: '来自', cell: row => `${nameOf.get(row.organId) ?? ''} · ${row.tokenName}` },
        {
          key: 'outcome',
          head: '结果',
          cell: row =>
            row.refusal === null ? callOutcomes.accepted : `${callOutcomes.refused}：${row.refusal}`,
        },
      ]}
      rows={rows}
      rowKey={row => row.id}
      empty={
        isNarrowed ? (
          <EmptyState title="没有符合条件的记录">
            <a href={address}>看全部记录</a>
          </EmptyState>
        ) : (
          <EmptyState title="还没有办公系统交来公文">
            由安全管理员发放接入密钥，办公系统按接口说明（docs/intake-api.md）交来公文。
          </EmptyState>
        )
      }
    />
  )
}
