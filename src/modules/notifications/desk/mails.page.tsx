import { momentInBeijing } from '#lib/beijing-time'
import { readForm } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { staffByIds } from '#modules/people'
import type { Staff } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import { sendMailsAgain, sendMailsAgainInput } from '../actions/send-again.ts'
import { countMails, listTroubles, type MailTrouble } from '../mail-queries.ts'
import type { Outside } from '../outside.ts'
import { mayKeepMail } from '../policy.ts'
import { NoMailServer } from './mail-notice.tsx'

const may: DeskRoute['may'] = actor => mayKeepMail(actor)

export const routes = (outside: Outside): DeskRoute[] => [
  { method: 'GET', path: '/mails', may, handle: (ctx, incoming) => show(ctx, incoming, outside) },
  { method: 'POST', path: '/mails', may, handle: again },
]

const pageSize = 30
const kinds = { 'at-once': '即时', digest: '每日汇总' } as const

const keptOrgans = (actor: Staff) => [
  ...new Set(actor.posts.flatMap(post => (post.role === 'system-administrator' ? post.reach : []))),
]

async function again(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(sendMailsAgainInput, incoming.form)
  const tried = read.ok ? await sendMailsAgain(ctx, keptOrgans(ctx.actor), read.value) : 0
  return seeOther(`/mails?again=${tried}`)
}

/** 发信: what the mail server did not take, in its own words; no texts. */
async function show(ctx: DeskContext, incoming: Incoming, { office }: Outside): Promise<Reply> {
  const organIds = keptOrgans(ctx.actor)
  const yesterday = new Date(ctx.clock.now().getTime() - 86_400_000)
  const [found, counts] = await Promise.all([
    listTroubles(ctx.db, organIds, { page: pageNumber(queryText(incoming, 'page')), pageSize }),
    countMails(ctx.db, organIds, yesterday),
  ])
  const names = await staffByIds(
    ctx.db,
    found.rows.map(row => row.staffId),
  )
  const tried = Number(incoming.query.again)
  return page({
    title: '发信',
    body: (
      <>
        <PageHead
          title="发信"
          note="提醒邮件是否发出去了。这里看不到邮件的内容。"
          actions={counts.failed > 0 && <PostButton action="/mails" label="全部重新发送" />}
        />
        {incoming.query.again === undefined ? null : (
          <Notice
            tone={tried > 0 ? 'success' : 'info'}
            title={tried > 0 ? `${tried} 封邮件将在一分钟内重新发送。` : '没有需要重新发送的邮件。'}
          />
        )}
        {office === null && <NoMailServer />}
        <Figures
          items={[
            { label: '等待发送', value: counts.waiting },
            { label: '没有发出', value: counts.failed, late: counts.failed > 0 },
            { label: '24小时内发出', value: counts.sent },
          ]}
        />
        <DataTable
          caption="发送不顺利的邮件"
          columns={[
            { key: 'who', head: '收件人', cell: row => names.get(row.staffId)?.name ?? '—' },
            { key: 'kind', head: '邮件', cell: row => `${kinds[row.kind]}，${row.items} 条通知` },
            { key: 'madeAt', head: '写成', cell: row => momentInBeijing(row.madeAt) },
            { key: 'state', head: '状态', cell: row => <State row={row} /> },
            { key: 'said', head: '服务器的答复' },
            {
              key: 'act',
              head: '',
              cell: row =>
                row.failedAt ? (
                  <PostButton action="/mails" label="重新发送" hidden={{ id: row.id }} small />
                ) : null,
            },
          ]}
          rows={found.rows}
          rowKey={row => row.id}
          empty={
            <EmptyState title="没有发送不顺利的邮件">发信服务器拒收或者连不上时，这里会列出来。</EmptyState>
          }
        />
        <Pager page={found} href={number => `/mails?page=${number}`} />
      </>
    ),
  })
}

function State({ row }: { row: MailTrouble }) {
  if (row.nextTryAt === null) return <StateTag state="late">{`试了 ${row.tries} 次，没有发出`}</StateTag>
  return (
    <>
      <StateTag state="soon">{`试了 ${row.tries} 次`}</StateTag>
      <p class="text-soft">{momentInBeijing(row.nextTryAt)} 再试</p>
    </>
  )
}
