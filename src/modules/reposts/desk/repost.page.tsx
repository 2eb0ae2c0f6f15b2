import { momentInBeijing } from '#lib/beijing-time'
import { readForm } from '#lib/forms'
import { dutiesAbout } from '#modules/duties'
import { listImported } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, PostButton, TextField } from '#ui/forms'
import { declineEntries, declineInput } from '../actions/decline-entries.ts'
import type { Reach } from '../actions/look.ts'
import { subjectKind } from '../actions/read-new.ts'
import { repostEntry, repostInput } from '../actions/repost-entry.ts'
import { usePublished, usePublishedInput } from '../actions/use-published.ts'
import { type SameElsewhere, sameOnSites } from '../elsewhere.ts'
import { startWords } from '../entry.ts'
import { mayDeclineRepost, mayReadReposts, mayRepost } from '../policy.ts'
import { type Entry, entryStates } from '../queries.ts'
import { DueMoment, publishedWords } from './clock.tsx'
import { asFault, type Fault, loadEntry, noFault } from './load.ts'

/** @param reach how other sites are asked for the text of the original */
export const repostRoutes = (reach: Reach): DeskRoute[] => [
  {
    method: 'GET',
    path: '/reposts/:id',
    may: actor => mayReadReposts(actor),
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  {
    method: 'POST',
    path: '/reposts/:id/repost',
    may: actor => mayRepost(actor),
    handle: (ctx, incoming) => repost(ctx, incoming, reach),
  },
  { method: 'POST', path: '/reposts/:id/published', may: actor => mayRepost(actor), handle: takePublished },
  { method: 'POST', path: '/reposts/:id/decline', may: actor => mayDeclineRepost(actor), handle: decline },
]

async function repost(ctx: DeskContext, incoming: Incoming, reach: Reach): Promise<Reply> {
  const { entry } = await loadEntry(ctx, incoming)
  const read = readForm(repostInput, { ...incoming.form, id: entry.id })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422 })
  try {
    const { publicId } = await repostEntry(ctx, read.value, reach)
    return seeOther(`/publications/${publicId}`)
  } catch (error) {
    return show(ctx, incoming, asFault(error))
  }
}

async function takePublished(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { entry } = await loadEntry(ctx, incoming)
  const read = readForm(usePublishedInput, { ...incoming.form, id: entry.id })
  if (!read.ok)
    return show(ctx, incoming, { errors: { '': Object.values(read.errors)[0] ?? '' }, status: 422 })
  try {
    await usePublished(ctx, read.value)
    return seeOther(`/reposts/${entry.id}`)
  } catch (error) {
    return show(ctx, incoming, asFault(error))
  }
}

async function decline(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { entry } = await loadEntry(ctx, incoming)
  const read = readForm(declineInput, { ...incoming.form, ids: entry.id })
  if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422 })
  try {
    await declineEntries(ctx, read.value)
    return seeOther(`/reposts/${entry.id}`)
  } catch (error) {
    return show(ctx, incoming, asFault(error))
  }
}

/** One proposal: what it is, by when, what to do. */
async function show(ctx: DeskContext, incoming: Incoming, fault: Fault = noFault): Promise<Reply> {
  const { entry, site } = await loadEntry(ctx, incoming)
  const now = ctx.clock.now()
  const [duties, same, [item]] = await Promise.all([
    dutiesAbout(ctx.db, { siteId: site.id, kind: subjectKind, id: entry.id }),
    sameOnSites(ctx.db, now, entry),
    listImported(ctx.db, now, entry.publicationId ? [entry.publicationId] : []),
  ])
  const isOpen = entry.state === 'open'
  const { '': general, ...errors } = fault.errors
  return page({
    status: fault.status,
    title: entry.title,
    crumbs: [{ label: '转载', href: `/reposts?site=${site.key}` }, { label: entry.title }],
    body: (
      <>
        <PageHead title={entry.title} note={`${entry.feedName} · ${entryStates[entry.state]}`} />
        {general ? <Notice tone="error" title={general} /> : null}
        {isOpen ? (
          <SameNotice ctx={ctx} entryId={entry.id} same={same} mayAct={mayRepost(ctx.actor, site.organId)} />
        ) : null}
        <DefinitionList
          items={[
            { term: '来源', value: entry.feedName },
            { term: '文号', value: entry.docNo },
            { term: '来源发布时间', value: publishedWords(entry) },
            { term: '本站看到', value: momentInBeijing(entry.seenAt) },
            { term: '起算', value: startOf(entry) },
            {
              term: '最迟转载时间',
              value: duties[0] ? <DueMoment duty={duties[0]} now={now} /> : null,
            },
            {
              term: '稿子',
              value: item ? (
                <a href={`/publications/${item.publicId}`}>
                  《{item.title}》（{item.stateName}）
                </a>
              ) : null,
            },
            { term: '办理', value: decidedWords(entry) },
            { term: '摘要', value: entry.summary || null, wide: true },
            {
              term: '原文',
              value: (
                <a href={entry.link} rel="noreferrer">
                  {entry.link}
                </a>
              ),
              wide: true,
            },
          ]}
        />
        {isOpen && mayRepost(ctx.actor, site.organId) ? (
          <Sheet title="转载">
            <p>
              系统取来原文，写明来源和网址，生成稿子。核对以后照常送审；审查通过才公开，公开即完成这项义务。图片和附件留在原网站。
            </p>
            <div class="actions">
              <PostButton
                action={`/reposts/${entry.id}/repost`}
                label="转载全文"
                hidden={{ how: 'text' }}
                tone="primary"
              />
              <PostButton action={`/reposts/${entry.id}/repost`} label="只发链接" hidden={{ how: 'link' }} />
            </div>
          </Sheet>
        ) : null}
        {isOpen && mayDeclineRepost(ctx.actor, site.organId) ? (
          <details open={errors.reason !== undefined}>
            <summary>不转载</summary>
            <p>写明理由以后，这项义务免除。理由在义务看板上公开。</p>
            <Form
              action={`/reposts/${entry.id}/decline`}
              values={incoming.form}
              errors={errors}
              labels={{ reason: '不转载的理由' }}
              label="不转载"
            >
              <TextField name="reason" label="不转载的理由" width="full" required />
              <Actions primary="不转载" />
            </Form>
          </details>
        ) : null}
      </>
    ),
  })
}

/** The same document, public already: here it can stand for the repost; elsewhere it may be placed in a column of ours. */
function SameNotice(props: {
  ctx: DeskContext
  entryId: string
  same: { here: SameElsewhere[]; elsewhere: SameElsewhere[] }
  mayAct: boolean
}) {
  const { ctx, entryId, same, mayAct } = props
  const link = ({ site, item }: SameElsewhere) => (
    <a href={`${ctx.publicOrigin}${site.isDefault ? '' : `/s/${site.key}`}${item.address}`}>
      《{item.title}》
    </a>
  )
  return (
    <>
      {same.here.map(one => (
        <Notice key={one.item.id} tone="warning" title="本站已经公开了同名或者同文号的内容">
          {link(one)}（{one.item.organName}）
          {mayAct ? (
            <PostButton
              action={`/reposts/${entryId}/published`}
              label="就是这一件，不再另发"
              hidden={{ publicationId: one.item.id }}
              small
            />
          ) : null}
        </Notice>
      ))}
      {same.elsewhere.map(one => (
        <Notice key={one.site.id + one.item.id} tone="info" title={`“${one.site.name}”已经公开了同一份文件`}>
          {link(one)}。不必再发一份：请{one.item.organName}在
          <a href={`/publications/${one.item.publicId}`}>它的栏目</a>
          里加上本站的栏目，公开后回到这里选它；来不及的，可以“只发链接”。
        </Notice>
      ))}
    </>
  )
}

/** From when the hours run, and how they are counted. */
function startOf({ startedAt, startedFrom }: Entry): string | null {
  if (!startedAt || !startedFrom) return null
  const due = momentInBeijing(new Date(startedAt.getTime() + 24 * 3_600_000))
  return `${momentInBeijing(startedAt)}（${startWords[startedFrom]}）；加 24 小时，休息日照算，到 ${due}`
}

function decidedWords({ decidedAt, decidedBy, reason }: Entry): string | null {
  if (!decidedAt) return null
  return `${decidedBy}，${momentInBeijing(decidedAt)}${reason ? `，理由：${reason}` : ''}`
}
