import { momentInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import { getOrgan, listOrgans } from '#modules/organisations'
import { holdersOf, staffByIds } from '#modules/people'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Timeline } from '#ui/components/timeline'
import { LinkButton } from '#ui/forms'
import { actFacts } from '../act-facts.ts'
import { acts, actsAtHand } from '../acts.ts'
import { concernedIn } from '../on-request.ts'
import { mayHandleRequest, mayReadRequests, partiesOf, rolesOfParty } from '../policy.ts'
import { type Case, listEvents } from '../queries.ts'
import { reportRows } from '../reply-kinds.ts'
import {
  applicantKinds,
  carriers,
  channels,
  purposes,
  type RequestEvent,
  states,
  titleOf,
  ways,
} from '../request.ts'
import { ActForms, type Failed } from './act-forms.tsx'
import { ClockSheet, Items, Papers } from './case-sheets.tsx'
import { loadCase } from './load-case.ts'
import { perform } from './perform.ts'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/requests/:id',
    may: mayReadRequests,
    handle: async (ctx, incoming) =>
      show(ctx, await loadCase(ctx, incoming), { isDone: incoming.query.done !== undefined }),
  },
  { method: 'POST', path: '/requests/:id', may: mayReadRequests, handle: act },
]

async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const facts = await loadCase(ctx, incoming)
  const { form: raw } = incoming
  const name = textOf(raw, 'act')
  try {
    const done = await perform(ctx, name, facts.request.id, raw)
    if (done.errors) return show(ctx, facts, { failed: { act: name, raw, errors: done.errors }, status: 422 })
    if (done.code) return show(ctx, await loadCase(ctx, incoming), { code: done.code })
    return seeOther(`/requests/${facts.request.id}?done=done`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    const failed = { act: name, raw, errors: { '': error.message } }
    return show(ctx, await loadCase(ctx, incoming), { failed, status: error.status })
  }
}

interface Shown {
  failed?: Failed
  status?: number
  isDone?: boolean
  code?: string
}

async function show(ctx: DeskContext, facts: Case, shown: Shown): Promise<Reply> {
  const { request } = facts
  const isOwn = mayHandleRequest(ctx.actor, request.organId)
  const [organ, organs, events, holders] = await Promise.all([
    getOrgan(ctx.db, request.organId),
    listOrgans(ctx.db),
    listEvents(ctx.db, request.id),
    holdersOf(ctx.db, { organIds: [request.organId], roles: rolesOfParty('officer') }, ctx.clock.today()),
  ])
  const names = await staffByIds(ctx.db, [
    ...holders.map(holder => holder.staffId),
    ...(request.officerId ? [request.officerId] : []),
  ])
  const organName = (id: string) => organs.find(one => one.id === id)?.shortName ?? ''
  const title = titleOf(request)
  return page({
    status: shown.status ?? 200,
    title,
    headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
    crumbs: [{ label: '依申请公开', href: '/requests' }, { label: request.number }],
    body: (
      <>
        <PageHead
          title={title}
          note={`${states[request.state]} · ${organ.shortName} · ${channels[request.channel]}`}
          actions={
            isOwn ? <LinkButton href={`/requests/${request.id}/applicant`}>看申请人</LinkButton> : null
          }
        />
        {shown.isDone ? <Notice tone="success" title="已经办好，记在经过里。" /> : null}
        {shown.code ? (
          <Notice tone="success" title={`新的查询码：${shown.code}`}>
            请交给申请人，只显示这一次；原来的查询码已经失效。
          </Notice>
        ) : null}
        {shown.failed?.errors[''] ? (
          <Notice tone="error" title="没有办成。">
            {shown.failed.errors['']}
          </Notice>
        ) : null}
        <ClockSheet facts={facts} today={ctx.clock.today()} />
        <ActForms
          facts={facts}
          offered={actsAtHand(
            partiesOf(ctx.actor, concernedIn(facts)),
            request.state,
            actFacts(facts, ctx.actor, ctx.clock),
          )}
          officers={[...names.values()].map(one => ({ value: one.id, label: one.name }))}
          units={organs.map(one => ({ value: one.id, label: one.shortName }))}
          failed={shown.failed ?? null}
        />
        {isOwn ? (
          <Sheet title="申请">
            <DefinitionList
              items={[
                { term: '申请事项', value: purposes[request.purpose] },
                { term: '申请人类别', value: applicantKinds[request.applicantKind] },
                { term: '怎样获取', value: ways[request.way] },
                { term: '载体', value: carriers[request.carrier] },
                { term: '需要的帮助', value: request.help || null },
                { term: '承办人', value: request.officerId ? names.get(request.officerId)?.name : '未分派' },
                { term: '登记', value: request.filedBy },
                {
                  term: '年度报告',
                  value: request.reportRow && `${request.reportRow} ${reportRows[request.reportRow]}`,
                },
              ]}
            />
          </Sheet>
        ) : null}
        <Items facts={facts} organName={organName} isOwn={isOwn} />
        {isOwn ? <Papers facts={facts} /> : null}
        {isOwn ? (
          <Sheet title="经过">
            <Timeline
              steps={[
                ...events.map(event => ({
                  title: labelOf(event),
                  at: event.onDay,
                  text: wordsOf(event),
                  state: 'done' as const,
                })),
                { title: states[request.state], state: 'now' as const },
              ]}
            />
          </Sheet>
        ) : null}
      </>
    ),
  })
}

const labelOf = ({ act }: RequestEvent) =>
  act === 'submit' ? '提交申请' : act === 'file' ? '登记申请' : acts[act].label

const wordsOf = (event: RequestEvent) =>
  [
    `${event.actedBy}${event.actedBy === event.actedAs ? '' : `（${event.actedAs}）`}，${momentInBeijing(event.actedAt)}`,
    event.reason,
  ]
    .filter(Boolean)
    .join('；')
