import { pageNumber } from '#lib/paging'
import { listOrgans } from '#modules/organisations'
import { staffByIds } from '#modules/people'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, Form, LinkButton, SelectField, TextField } from '#ui/forms'
import {
  listOpenTasks,
  listRequests,
  type RequestFilter,
  type RequestLine,
  type Show,
  shows,
} from '../list-queries.ts'
import { asNumber } from '../numbers.ts'
import { mayFileRequest, mayReadRequests, reachOf, unitsOf } from '../policy.ts'
import { applicantKinds, channels, type State, states } from '../request.ts'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/requests', may: mayReadRequests, handle: show }]

function filterOf(incoming: Incoming): RequestFilter {
  const asked = (name: string) => queryText(incoming, name)
  const show = asked('show') ?? 'open'
  const state = asked('state')
  const organId = asked('organ')
  return {
    show: Object.hasOwn(shows, show) ? (show as Show) : 'open',
    state: state && Object.hasOwn(states, state) ? (state as State) : undefined,
    organId: organId && /^[0-9a-f-]{36}$/.test(organId) ? organId : undefined,
    number: asked('number') ? asNumber(asked('number') ?? '').slice(0, 30) : undefined,
  }
}

function addressOf(filter: RequestFilter, number: number): string {
  const query = new URLSearchParams({ show: filter.show })
  if (filter.state) query.set('state', filter.state)
  if (filter.organId) query.set('organ', filter.organId)
  if (filter.number) query.set('number', filter.number)
  if (number > 1) query.set('page', String(number))
  return `/requests?${query}`
}

/** The queue by the clock; and what units were given of it. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const filter = filterOf(incoming)
  const reach = reachOf(ctx.actor)
  const today = ctx.clock.today()
  const [found, tasks, organs] = await Promise.all([
    listRequests(
      ctx.db,
      { organIds: reach, staffId: ctx.actor.id },
      filter,
      today,
      pageNumber(queryText(incoming, 'page')),
    ),
    listOpenTasks(ctx.db, unitsOf(ctx.actor)),
    listOrgans(ctx.db),
  ])
  const officers = await staffByIds(
    ctx.db,
    found.rows.flatMap(row => row.officerId ?? []),
  )
  return page({
    title: '依申请公开',
    crumbs: [{ label: '依申请公开' }],
    body: (
      <>
        <PageHead
          title="依申请公开"
          note="按答复期限排列，还没有确认收到的排在最前。"
          actions={
            mayFileRequest(ctx.actor) ? (
              <LinkButton tone="primary" href="/requests/new">
                登记申请
              </LinkButton>
            ) : null
          }
        />
        {tasks.length > 0 ? (
          <Sheet title="交给本单位的子任务" count={tasks.length}>
            <DataTable
              caption="交给本单位的子任务"
              captionHidden
              columns={[
                {
                  key: 'number',
                  head: '申请',
                  cell: row => <a href={`/requests/${row.requestId}`}>{row.number}</a>,
                },
                { key: 'organ', head: '单位', cell: row => row.organName },
                { key: 'given', head: '交办', cell: row => row.givenOn },
                { key: 'due', head: '期限', cell: row => <Due on={row.dueOn} today={today} /> },
              ]}
              rows={tasks}
              rowKey={row => row.id}
            />
          </Sheet>
        ) : null}
        <Sheet title="申请" count={found.total}>
          <Form
            method="get"
            action="/requests"
            values={{
              show: filter.show,
              state: filter.state,
              organ: filter.organId,
              number: filter.number,
            }}
            label="筛选申请"
          >
            <SelectField
              name="show"
              label="显示"
              blank={null}
              options={Object.entries(shows).map(([value, label]) => ({ value, label }))}
            />
            <SelectField
              name="state"
              label="状态"
              blank="全部"
              options={Object.entries(states).map(([value, label]) => ({ value, label }))}
            />
            <SelectField
              name="organ"
              label="机关"
              blank="全部"
              options={organs
                .filter(organ => reach.includes(organ.id))
                .map(organ => ({ value: organ.id, label: organ.shortName }))}
            />
            <TextField name="number" label="登记编号" maxLength={30} />
            <Actions primary="筛选" cancel={{ label: '看办理中的', href: '/requests' }} />
          </Form>
          <DataTable
            caption="申请"
            captionHidden
            columns={[
              {
                key: 'number',
                head: '登记编号',
                cell: row => <a href={`/requests/${row.id}`}>{row.number}</a>,
              },
              { key: 'state', head: '状态', cell: row => states[row.state] },
              { key: 'due', head: '答复期限', cell: row => dueOf(row, today) },
              { key: 'channel', head: '提出方式', cell: row => channels[row.channel] },
              { key: 'kind', head: '申请人类别', cell: row => applicantKinds[row.applicantKind] },
              { key: 'organ', head: '机关', cell: row => row.organName },
              {
                key: 'officer',
                head: '承办人',
                cell: row => (row.officerId ? officers.get(row.officerId)?.name : '未分派'),
              },
            ]}
            rows={found.rows}
            rowKey={row => row.id}
            empty={
              <EmptyState title="没有符合条件的申请">
                公众在网站上提出的申请会出现在这里；当面、邮寄、传真来的，按“登记申请”录入。
              </EmptyState>
            }
          />
          <Pager page={found} href={number => addressOf(filter, number)} />
        </Sheet>
      </>
    ),
  })
}

function dueOf(row: RequestLine, today: string) {
  if (row.endedOn) return `${row.endedOn} 办结`
  if (!row.receivedOn) return `${row.arrivedOn} 提出，待确认收到`
  if (!row.dueOn) return '期限暂停'
  return <Due on={row.dueOn} today={today} provisional={row.provisional} />
}

function Due({ on, today, provisional = false }: { on: string; today: string; provisional?: boolean }) {
  const words = `${on}${provisional ? '（暂定）' : ''}`
  if (on < today) return <StateTag state="late">{words} 逾期</StateTag>
  return on === today ? <StateTag state="soon">{words} 今天到期</StateTag> : words
}
