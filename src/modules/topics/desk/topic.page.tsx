import { momentInBeijing } from '#lib/beijing-time'
import { type RawForm, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { DangerAct, LinkButton, PostButton, TextArea } from '#ui/forms'
import { arrangeInput, arrangeSections } from '../actions/arrange-sections.ts'
import { closeTopic, closeTopicInput } from '../actions/close-topic.ts'
import { discardTopic } from '../actions/discard-topic.ts'
import { openTopic } from '../actions/open-topic.ts'
import { gatherAll, mostCounted } from '../gather.ts'
import { mayEdit, mayOpen } from '../policy.ts'
import { TopicBody } from '../public/topic-body.tsx'
import { DoneNotice } from './done-notice.tsx'
import {
  asFault,
  type Fault,
  type Loaded,
  loadTopic,
  noFault,
  publicAddress,
  publicBase,
  seenIn,
} from './load-topic.ts'
import { SectionTable } from './section-table.tsx'
import { TopicStateTag } from './topic-state-tag.tsx'

const may: DeskRoute['may'] = actor => mayEdit(actor)
const mayPublish: DeskRoute['may'] = actor => mayOpen(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/topics/:id', may, handle: ask },
  { method: 'GET', path: '/topics/:id/preview', may, handle: preview },
  { method: 'POST', path: '/topics/:id/arrange', may, handle: arrange },
  { method: 'POST', path: '/topics/:id/discard', may, handle: discard },
  { method: 'POST', path: '/topics/:id/open', may: mayPublish, handle: open },
  { method: 'POST', path: '/topics/:id/close', may: mayPublish, handle: close },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, incoming, await loadTopic(ctx, incoming))
}

/** Does the act, or shows the topic as it is now with the reason why not. */
async function act(
  ctx: DeskContext,
  incoming: Incoming,
  run: (loaded: Loaded) => Promise<string>,
): Promise<Reply> {
  const loaded = await loadTopic(ctx, incoming)
  try {
    return seeOther(await run(loaded))
  } catch (error) {
    return show(ctx, incoming, await loadTopic(ctx, incoming), { refused: asFault(error) })
  }
}

async function arrange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, async ({ topic }) => {
    await arrangeSections(ctx, seenIn(incoming, topic), arrangeInput.parse(incoming.form))
    return `/topics/${topic.id}?done=arranged#sections`
  })
}

async function discard(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, async ({ topic }) => {
    await discardTopic(ctx, seenIn(incoming, topic))
    return '/topics?done=discarded'
  })
}

async function open(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return act(ctx, incoming, async ({ topic }) => {
    await openTopic(ctx, seenIn(incoming, topic))
    return `/topics/${topic.id}?done=opened`
  })
}

async function close(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(closeTopicInput, incoming.form)
  if (!read.ok)
    return show(ctx, incoming, await loadTopic(ctx, incoming), {
      closing: { errors: read.errors, status: 422 },
      raw: incoming.form,
    })
  return act(ctx, incoming, async ({ topic }) => {
    await closeTopic(ctx, seenIn(incoming, topic), read.value)
    return `/topics/${topic.id}?done=closed`
  })
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  { topic, site, sections }: Loaded,
  faults: { refused?: Fault; closing?: Fault; raw?: RawForm } = {},
): Promise<Reply> {
  const { refused = noFault, closing = noFault, raw = {} } = faults
  const gathered = await gatherAll(ctx.db, ctx.clock.now(), site.id, sections, mostCounted)
  const address = publicAddress(ctx, site, topic)
  const opens = mayOpen(ctx.actor, site.organId)
  const hidden = { revision: String(topic.revision) }
  return page({
    title: topic.name,
    status: Math.max(refused.status, closing.status),
    crumbs: [{ label: '专题', href: '/topics' }, { label: topic.name }],
    body: (
      <>
        <PageHead
          title={topic.name}
          note={topic.summary}
          actions={
            <>
              <LinkButton href={`/topics/${topic.id}/edit`}>修改名称和概述</LinkButton>
              <LinkButton href={`/topics/${topic.id}/preview`}>预览</LinkButton>
            </>
          }
        />
        <DoneNotice incoming={incoming} />
        {Object.values(refused.errors).map(message => (
          <Notice key={message} tone="error" title={message} />
        ))}
        <Sheet title="情况">
          <DefinitionList
            items={[
              { term: '状态', value: <TopicStateTag state={topic.state} /> },
              { term: '站点', value: site.name },
              {
                term: '公开地址',
                value:
                  topic.state === 'draft' ? (
                    `${address}（公开以后可以打开）`
                  ) : (
                    <a href={address}>{address}</a>
                  ),
              },
              { term: '适用人群', value: topic.audience.join('、') || null },
              { term: '公开时间', value: topic.openedAt && momentInBeijing(topic.openedAt) },
              { term: '结束时间', value: topic.closedAt && momentInBeijing(topic.closedAt) },
              { term: '结束说明', value: topic.closingNote || null },
              { term: '最后修改', value: `${momentInBeijing(topic.changedAt)} ${topic.changedBy}` },
            ]}
          />
        </Sheet>
        <SectionTable topic={topic} gathered={gathered} />
        <Sheet title={topic.state === 'public' ? '结束' : '公开'}>
          {topic.state === 'public' && opens ? (
            <DangerAct
              label="结束专题"
              warning="结束以后，专题从列表的前面移到“已经结束的专题”，页面和地址保留，读者会看到下面的说明。以后可以重新公开。"
              action={`/topics/${topic.id}/close`}
              confirm="确认结束"
              hidden={hidden}
              values={raw as Record<string, string>}
              errors={closing.errors}
              labels={{ closingNote: '结束说明' }}
            >
              <TextArea
                name="closingNote"
                label="结束说明"
                required
                rows={2}
                maxLength={200}
                hint="为什么结束，以后到哪里看。"
              />
            </DangerAct>
          ) : null}
          {topic.state !== 'public' && opens ? (
            <details class="danger-act">
              <summary class="btn btn-primary">{topic.state === 'closed' ? '重新公开' : '公开专题'}</summary>
              <p>
                公开以后，任何人都能在导航的“专题”里看到它，地址 {address}{' '}
                不能再改。请先预览，核对每个板块收入的内容。
              </p>
              <PostButton
                action={`/topics/${topic.id}/open`}
                label="确认公开"
                tone="primary"
                hidden={hidden}
              />
            </details>
          ) : null}
          {opens ? null : <p>公开和结束由政务公开办办理。准备好以后请告诉他们。</p>}
          {topic.state === 'draft' ? (
            <DangerAct
              label="放弃这个专题"
              warning="专题和板块会删去，收入的内容不受影响。公开过的专题不能删去。"
              action={`/topics/${topic.id}/discard`}
              confirm="确认放弃"
              hidden={hidden}
            />
          ) : null}
        </Sheet>
      </>
    ),
  })
}

/** What readers would see now. */
async function preview(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { topic, site, sections } = await loadTopic(ctx, incoming)
  const gathered = await gatherAll(ctx.db, ctx.clock.now(), site.id, sections)
  return page({
    title: `预览：${topic.name}`,
    crumbs: [
      { label: '专题', href: '/topics' },
      { label: topic.name, href: `/topics/${topic.id}` },
      { label: '预览' },
    ],
    body: (
      <>
        <Notice tone="info" title="这是预览：读者现在会看到的样子。">
          没有内容的板块读者看不到。<a href={`/topics/${topic.id}`}>回到专题</a>
        </Notice>
        <TopicBody topic={topic} gathered={gathered} base={publicBase(ctx, site)} />
      </>
    ),
  })
}
