import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { textsOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { listStillOpen } from '#modules/duties'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { StateTag } from '#ui/components/state-tag'
import { Tabs } from '#ui/components/tabs'
import { LinkButton, PostButton } from '#ui/forms'
import type { Outside } from '../outside.ts'
import { mayChoosePoints, mayReadOwn } from '../policy.ts'
import {
  countUnread,
  findOwn,
  listNotifications,
  markRead,
  type NotificationFilter,
  type NotificationRow,
} from '../queries.ts'
import { NoMailServer } from './mail-notice.tsx'

export const routes = (outside: Outside): DeskRoute[] => [
  {
    method: 'GET',
    path: '/notifications',
    may: mayReadOwn,
    handle: (ctx, incoming) => show(ctx, incoming, outside),
  },
  { method: 'POST', path: '/notifications/read', may: mayReadOwn, handle: read },
  { method: 'GET', path: '/notifications/:id', may: mayReadOwn, handle: open },
]

const pageSize = 30
const shows: Record<NotificationFilter, string> = { all: '全部', unread: '未读', urgent: '紧急' }
const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

async function read(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const ids = textsOf(incoming.form, 'id').filter(isId)
  await markRead(ctx.db, ctx.clock.now(), { staffId: ctx.actor.id, ...(ids.length > 0 ? { ids } : {}) })
  return seeOther(`/notifications?done=${ids.length > 0 ? 'read' : 'all-read'}`)
}

/** From the list or a mail to where something can be done about it; whoever went there has read it. */
async function open(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await findOwn(ctx.db, ctx.actor.id, incoming.params.id ?? '')
  if (!found) throw notFound('notifications.unknown', '没有这条通知，或者它不是发给您的。')
  await markRead(ctx.db, ctx.clock.now(), { staffId: ctx.actor.id, ids: [found.id] })
  return seeOther(found.address)
}

/** 通知: what concerns me, unread first. */
async function show(ctx: DeskContext, incoming: Incoming, { office }: Outside): Promise<Reply> {
  const asked = queryText(incoming, 'show') ?? 'all'
  const chosen: NotificationFilter = Object.hasOwn(shows, asked) ? (asked as NotificationFilter) : 'all'
  const [found, unread] = await Promise.all([
    listNotifications(ctx.db, ctx.actor.id, chosen, {
      page: pageNumber(queryText(incoming, 'page')),
      pageSize,
    }),
    countUnread(ctx.db, ctx.actor.id),
  ])
  const open = await listStillOpen(
    ctx.db,
    found.rows.flatMap(row => (row.aboutKind === 'duty' && row.aboutId ? [row.aboutId] : [])),
  )
  const isSettled = (row: NotificationRow) =>
    row.aboutKind === 'duty' && row.aboutId !== null && !open.has(row.aboutId)
  const { done } = incoming.query
  return page({
    title: '通知',
    body: (
      <>
        <PageHead
          title="通知"
          note="到期提醒、催办和其他要您知道的事，未读的在前。"
          actions={
            <>
              {unread.count > 0 && <PostButton action="/notifications/read" label="全部标为已读" />}
              <LinkButton href="/notifications/settings">怎样收邮件</LinkButton>
              {mayChoosePoints(ctx.actor) && <LinkButton href="/reminder-points">提醒时间</LinkButton>}
            </>
          }
        />
        {done === 'read' || done === 'all-read' ? (
          <Notice tone="success" title={done === 'read' ? '已标为已读。' : '已全部标为已读。'} />
        ) : null}
        {office === null && <NoMailServer />}
        <Tabs
          label="范围"
          items={Object.entries(shows).map(([value, label]) => ({
            label,
            href: `/notifications?show=${value}`,
            current: value === chosen,
            count: value === 'unread' ? unread.count : undefined,
          }))}
        />
        <DataTable
          caption={`共 ${found.total} 条`}
          columns={[
            { key: 'title', head: '通知', cell: row => <Words row={row} /> },
            {
              key: 'state',
              head: '状态',
              cell: row => <State row={row} isSettled={isSettled(row)} />,
            },
            { key: 'madeAt', head: '时间', cell: row => momentInBeijing(row.madeAt) },
            {
              key: 'act',
              head: '',
              cell: row =>
                row.readAt === null ? (
                  <PostButton action="/notifications/read" label="已读" hidden={{ id: row.id }} small />
                ) : null,
            },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={
            <EmptyState title={chosen === 'all' ? '还没有通知' : `没有${shows[chosen]}的通知`}>
              公开义务快到期、逾期或者被催办时，这里会告诉您。
            </EmptyState>
          }
        />
        <Pager page={found} href={number => `/notifications?show=${chosen}&page=${number}`} />
      </>
    ),
  })
}

function Words({ row }: { row: NotificationRow }) {
  const link = <a href={`/notifications/${row.id}`}>{row.title}</a>
  return (
    <>
      {row.readAt === null ? <b>{link}</b> : link}
      <p class="text-soft">{row.sentence}</p>
    </>
  )
}

function State({ row, isSettled }: { row: NotificationRow; isSettled: boolean }) {
  if (isSettled) return <StateTag state="met">已办结</StateTag>
  if (row.readAt !== null) return <StateTag state="off">已读</StateTag>
  return row.urgent ? <StateTag state="late">紧急</StateTag> : <StateTag state="info">未读</StateTag>
}
