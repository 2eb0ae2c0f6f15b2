import type { ComponentChildren } from 'preact'
import { dateInBeijing, momentInBeijing } from '#lib/beijing-time'
import { dutiesAtHand } from '#modules/duties'
import { getOrgan } from '#modules/organisations'
import { roles } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { LinkButton } from '#ui/forms'
import {
  listOpeningSoon,
  listOwnDrafts,
  listRecentlyPublished,
  listToReview,
  type RecentItem,
  type WorkItem,
} from '../desk-home-queries.ts'
import { daysBetween } from '../freshness.ts'
import { allKinds } from '../kind.ts'
import { draftReach, mayDraft, mayRead, reviewReach } from '../policy.ts'
import { deskAddress, publicAddress } from './desk-address.ts'
import { DoneNotice } from './done-notice.tsx'

export const routes: DeskRoute[] = [{ method: 'GET', path: '/', may: () => true, handle: show }]

const days = (number: number) => number * 24 * 3600 * 1000

async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const organ = await getOrgan(ctx.db, ctx.actor.organId)
  const held = [...new Set(ctx.actor.posts.map(post => roles[post.role]))].join('、')
  return page({
    title: '我的工作',
    body: (
      <>
        <PageHead
          title="我的工作"
          note={`${organ.shortName} · ${held || '还没有角色'}`}
          actions={
            mayDraft(ctx.actor) ? (
              <LinkButton tone="primary" href="/publications/new">
                新建发布物
              </LinkButton>
            ) : undefined
          }
        />
        <DoneNotice incoming={incoming} />
        {await dutiesAtHand(ctx)}
        {mayRead(ctx.actor) ? (
          await work(ctx)
        ) : (
          <EmptyState title="您的角色不办理发布">
            左边的菜单是您可以使用的页面。需要起草或者审查的角色，请联系安全管理员。
          </EmptyState>
        )}
      </>
    ),
  })
}

async function work(ctx: DeskContext): Promise<ComponentChildren> {
  const now = ctx.clock.now()
  const [drafting, reviewing] = [draftReach(ctx.actor), reviewReach(ctx.actor)]
  const mine = [...new Set([...drafting, ...reviewing, ctx.actor.organId])]
  const [toReview, own, opening, recent] = await Promise.all([
    listToReview(ctx.db, reviewing, ctx.actor.id),
    listOwnDrafts(ctx.db, mine, ctx.actor.id),
    listOpeningSoon(ctx.db, mine, now, new Date(now.getTime() + days(14))),
    listRecentlyPublished(ctx.db, [ctx.actor.organId], now, new Date(now.getTime() - days(30))),
  ])
  const waits = toReview.length + own.returned.length + own.drafts.length
  return (
    <>
      {waits === 0 && (
        <EmptyState title="现在没有等您办的稿子">
          有人送审、退回，或者您起草了新的稿子，都会出现在这里。
          {mayDraft(ctx.actor) && (
            <>
              要公开新的内容，请
              <a class="underline" href="/publications/new">
                新建发布物
              </a>
              。
            </>
          )}
        </EmptyState>
      )}
      <WorkList
        title="等我审查"
        when="送审"
        items={toReview}
        note={item => `${item.by}送审`}
        mark={item => <Waiting since={item.at} today={ctx.clock.today()} />}
        act={item => (
          <LinkButton small tone="primary" href={`${deskAddress(item)}/review`}>
            审查
          </LinkButton>
        )}
      />
      <WorkList
        title="退回给我的"
        when="退回"
        items={own.returned}
        note={item => `${item.by}：${item.opinion ?? ''}`}
        act={item => (
          <LinkButton small tone="primary" href={`${deskAddress(item)}/edit`}>
            去修改
          </LinkButton>
        )}
      />
      <WorkList
        title="我的稿子"
        when="最后修改"
        items={own.drafts}
        note={item => (item.isCorrection ? '更正稿' : '还没有公开过')}
        act={item => (
          <LinkButton small tone="primary" href={`${deskAddress(item)}/edit`}>
            接着写
          </LinkButton>
        )}
      />
      <WorkList
        title="已送审，等同事审查"
        when="送审"
        items={own.waiting}
        note={item => (item.isCorrection ? '更正稿' : '第一版')}
        act={item => (
          <LinkButton small href={deskAddress(item)}>
            查看
          </LinkButton>
        )}
      />
      <WorkList
        title="今后两周定时发布"
        when="公开时间"
        items={opening}
        note={item => (item.isCorrection ? '更正' : '首次公开')}
        act={item => (
          <LinkButton small href={deskAddress(item)}>
            查看
          </LinkButton>
        )}
      />
      <WorkList
        title="本单位最近公开的"
        when="公开时间"
        items={recent}
        act={item => (
          <LinkButton small href={publicAddress(ctx, item)}>
            看公开页面
          </LinkButton>
        )}
      />
    </>
  )
}

interface WorkListProps<Item extends WorkItem> {
  title: string
  when: string
  items: readonly Item[]
  note?: (item: Item) => string
  mark?: (item: Item) => ComponentChildren
  act: (item: Item) => ComponentChildren
}

/** A group of the list; an empty one is left out. */
function WorkList<Item extends WorkItem | RecentItem>(props: WorkListProps<Item>) {
  const { items, note, mark } = props
  if (items.length === 0) return null
  return (
    <Sheet title={props.title} count={items.length}>
      <DataTable
        caption={props.title}
        captionHidden
        columns={[
          {
            key: 'title',
            head: '标题',
            cell: item => (
              <>
                <a href={deskAddress(item)}>{item.title}</a>
                <div class="field-hint">
                  {allKinds().find(kind => kind.name === item.kind)?.label ?? item.kind} · {item.organName}
                </div>
              </>
            ),
          },
          {
            key: 'at',
            head: props.when,
            cell: item => (
              <>
                <time>{momentInBeijing(item.at)}</time> {mark?.(item)}
              </>
            ),
          },
          ...(note ? [{ key: 'note', head: '说明', cell: note }] : []),
          { key: 'act', head: '', cell: props.act },
        ]}
        rows={items}
        rowKey={item => item.publicId}
      />
    </Sheet>
  )
}

/** From the third day on the drafter should not have to ask. */
function Waiting({ since, today }: { since: Date; today: string }) {
  const waited = daysBetween(dateInBeijing(since), today)
  return waited < 3 ? null : <StateTag state="soon">已等 {waited} 天</StateTag>
}
