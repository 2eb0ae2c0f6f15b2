import { momentInBeijing } from '#lib/beijing-time'
import { readForm, textsOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { type DutyRow, dutiesAbout } from '#modules/duties'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import { Actions, Form, HiddenField, LinkButton, TextField } from '#ui/forms'
import { declineEntries, declineInput } from '../actions/decline-entries.ts'
import { subjectKind } from '../actions/read-new.ts'
import { mayDeclineRepost, mayReadReposts } from '../policy.ts'
import { countEntries, type Entry, entryStates, listFeeds, type Show, selectEntries } from '../queries.ts'
import { DueMoment, publishedWords } from './clock.tsx'
import { asFault, chosenSite, type Fault, noFault } from './load.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/reposts', may: actor => mayReadReposts(actor), handle: show },
  { method: 'POST', path: '/reposts', may: actor => mayDeclineRepost(actor), handle: decline },
]

const pageSize = 30
const shows: Record<Show, string> = {
  open: '待办',
  drafted: '稿子在办',
  done: '已转载',
  declined: '不转载',
  filtered: '没有列为提议的',
}
const isShow = (text: string | undefined): text is Show => text !== undefined && Object.hasOwn(shows, text)

async function decline(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const read = readForm(declineInput, { ...incoming.form, ids: textsOf(incoming.form, 'ids') })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422 })
  try {
    const many = await declineEntries(ctx, read.value)
    return seeOther(`/reposts?site=${site.key}&declined=${many}`)
  } catch (error) {
    return show(ctx, incoming, asFault(error))
  }
}

/** 转载: what higher governments published and is not here yet, by the clock (S-UPD-09). */
async function show(ctx: DeskContext, incoming: Incoming, fault: Fault = noFault): Promise<Reply> {
  const { site, sites } = await chosenSite(ctx, incoming)
  const asked = queryText(incoming, 'show')
  const chosen = isShow(asked) ? asked : 'open'
  const [found, counts, feeds] = await Promise.all([
    selectEntries(
      ctx.db,
      { siteId: site.id, show: chosen },
      { page: pageNumber(queryText(incoming, 'page')), pageSize },
    ),
    countEntries(ctx.db, site.id),
    listFeeds(ctx.db, [site.id]),
  ])
  const duties = await dutiesOf(ctx, found.rows)
  const failing = feeds.filter(feed => feed.failingSince && !feed.paused)
  const declined = Number(queryText(incoming, 'declined')) || 0
  const decides = chosen === 'open' && found.rows.length > 0 && mayDeclineRepost(ctx.actor, site.organId)
  const now = ctx.clock.now()
  const list = (
    <DataTable
      caption={`${shows[chosen]}，共 ${found.total} 条`}
      columns={[
        ...(decides
          ? [
              {
                key: 'choose',
                head: '选择',
                cell: (entry: Entry) => (
                  <input
                    class="checkbox"
                    type="checkbox"
                    name="ids"
                    value={entry.id}
                    checked={textsOf(incoming.form, 'ids').includes(entry.id)}
                    aria-label={`选择《${entry.title}》`}
                  />
                ),
              },
            ]
          : []),
        {
          key: 'title',
          head: '内容',
          cell: entry => (
            <>
              <a href={`/reposts/${entry.id}`}>{entry.title}</a>
              <p class="text-soft">
                {entry.feedName}
                {entry.docNo ? ` · ${entry.docNo}` : ''}
              </p>
            </>
          ),
        },
        {
          key: 'published',
          head: '来源发布时间',
          cell: entry => <span class="whitespace-nowrap">{publishedWords(entry)}</span>,
        },
        chosen === 'filtered'
          ? { key: 'state', head: '为什么', cell: entry => entryStates[entry.state] }
          : {
              key: 'due',
              head: '最迟转载时间',
              cell: entry => <DueMoment duty={duties.get(entry.id)} now={now} />,
            },
        {
          key: 'by',
          head: '办理',
          cell: entry => (entry.decidedAt ? `${entry.decidedBy} ${momentInBeijing(entry.decidedAt)}` : '—'),
        },
      ]}
      rows={found.rows}
      rowKey={entry => entry.id}
      empty={
        <EmptyState title={feeds.length === 0 ? '还没有关注任何来源' : '现在没有这样的内容'}>
          {feeds.length === 0
            ? '请政务公开办在“转载来源”里添加上级政府的订阅源。没有添加以前，系统不访问任何网站。'
            : '系统每十分钟看一次哪个来源该读了，有新内容会出现在“待办”。'}
        </EmptyState>
      }
    />
  )
  return page({
    status: fault.status,
    title: '转载',
    crumbs: [{ label: '转载' }],
    body: (
      <>
        <PageHead
          title="转载"
          note={`${site.name}：上级政府发布的重要政策，24 小时内转载。点开一条，可以一键生成稿子，照常送审后公开。`}
          actions={
            <LinkButton href={`/repost-feeds?site=${site.key}`}>转载来源（{feeds.length}）</LinkButton>
          }
        />
        {declined > 0 ? (
          <Notice tone="success" title={`已记下：${declined} 条不转载，理由在义务里公开。`} />
        ) : null}
        {!decides && fault.errors[''] ? <Notice tone="error" title={fault.errors['']} /> : null}
        {failing.map(feed => (
          <Notice key={feed.id} tone="warning" title={`读不到“${feed.name}”`}>
            从 {momentInBeijing(feed.failingSince ?? now)} 起：{feed.lastProblem}
            <a href={`/repost-feeds/${feed.id}`}>看这个来源</a>
          </Notice>
        ))}
        {sites.length > 1 ? (
          <Tabs
            label="站点"
            items={sites.map(one => ({
              label: one.shortName,
              href: `/reposts?site=${one.key}`,
              current: one.id === site.id,
            }))}
          />
        ) : null}
        <Tabs
          label="范围"
          items={Object.entries(shows).map(([value, label]) => ({
            label,
            count: counts[value as Show],
            href: `/reposts?site=${site.key}&show=${value}`,
            current: value === chosen,
          }))}
        />
        {decides ? (
          <Form
            action={`/reposts?site=${site.key}`}
            values={incoming.form}
            errors={fault.errors}
            labels={{ ids: '选择', reason: '不转载的理由' }}
            label="不转载"
          >
            <HiddenField name="siteId" value={site.id} />
            {list}
            <TextField
              name="reason"
              label="不转载的理由"
              hint="对勾选的各条都适用，公众在义务看板上会看到。例如：只涉及沿海市县，与本县无关"
              width="full"
              required
            />
            <Actions primary="勾选的不转载" />
          </Form>
        ) : (
          list
        )}
        <Pager page={found} href={number => `/reposts?site=${site.key}&show=${chosen}&page=${number}`} />
      </>
    ),
  })
}

async function dutiesOf(ctx: DeskContext, entries: readonly Entry[]): Promise<Map<string, DutyRow>> {
  const found = await Promise.all(
    entries
      .filter(entry => entry.startedAt)
      .map(async ({ id, siteId }) => {
        const [duty] = await dutiesAbout(ctx.db, { siteId, kind: subjectKind, id })
        return [id, duty] as const
      }),
  )
  return new Map(found.flatMap(([id, duty]) => (duty ? [[id, duty] as const] : [])))
}
