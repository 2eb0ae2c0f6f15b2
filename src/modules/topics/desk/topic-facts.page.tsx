import { notFound, permit } from '#lib/errors'
import { type RawForm, readForm, textOf } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, HiddenField, TextArea, TextField } from '#ui/forms'
import { saveTopic, saveTopicInput } from '../actions/save-topic.ts'
import { mayEdit } from '../policy.ts'
import type { Topic } from '../topic.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { asFault, type Fault, isChangedMeanwhile, loadTopic, noFault, seenIn } from './load-topic.ts'
import { Meanwhile } from './meanwhile.tsx'

const may: DeskRoute['may'] = actor => mayEdit(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/topics/new', may, handle: askNew },
  { method: 'POST', path: '/topics/new', may, handle: saveNew },
  { method: 'GET', path: '/topics/:id/edit', may, handle: askChange },
  { method: 'POST', path: '/topics/:id/edit', may, handle: saveChange },
]

const labels = {
  name: '名称',
  key: '地址',
  summary: '概述',
  audience: '适用人群',
  closingNote: '结束说明',
}

async function siteIn(ctx: DeskContext, key: string | undefined): Promise<SiteRow> {
  const sites = (await listSites(ctx.db)).filter(site => mayEdit(ctx.actor, site.organId))
  const site = sites.find(one => one.key === key) ?? sites[0]
  permit(site !== undefined, 'topics.not-allowed')
  if (!site) throw notFound('topics.unknown-site', '没有这个站点。请从专题列表重新进入。')
  return site
}

async function askNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const given = isGivenBack(incoming) ? incoming.form : null
  const site = await siteIn(ctx, given ? textOf(given, 'site') : queryText(incoming, 'site'))
  return show(incoming, site, null, given ?? { formKey: crypto.randomUUID() })
}

async function saveNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { form } = incoming
  const site = await siteIn(ctx, textOf(form, 'site'))
  const read = readForm(saveTopicInput, form)
  if (!read.ok) return show(incoming, site, null, form, { errors: read.errors, status: 422 })
  try {
    const id = await saveTopic(ctx, { siteId: site.id }, read.value)
    return seeOther(`/topics/${id}?done=created`)
  } catch (error) {
    return show(incoming, site, null, form, asFault(error))
  }
}

async function askChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { topic, site } = await loadTopic(ctx, incoming)
  return show(incoming, site, topic, isGivenBack(incoming) ? incoming.form : formOf(topic))
}

async function saveChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { form } = incoming
  const { topic, site } = await loadTopic(ctx, incoming)
  const read = readForm(saveTopicInput, form)
  if (!read.ok) return show(incoming, site, topic, form, { errors: read.errors, status: 422 })
  try {
    await saveTopic(ctx, seenIn(incoming, topic), read.value)
    return seeOther(`/topics/${topic.id}?done=saved`)
  } catch (error) {
    if (!isChangedMeanwhile(error)) return show(incoming, site, topic, form, asFault(error))
    const now = await loadTopic(ctx, incoming)
    const mine = { ...form, revision: String(now.topic.revision) }
    return show(incoming, site, now.topic, mine, { errors: {}, status: 409 })
  }
}

const formOf = (topic: Topic): RawForm => ({
  name: topic.name,
  key: topic.key,
  summary: topic.summary,
  audience: topic.audience.join('、'),
  closingNote: topic.closingNote,
  revision: String(topic.revision),
})

function show(
  incoming: Incoming,
  site: SiteRow,
  topic: Topic | null,
  raw: RawForm,
  fault: Fault = noFault,
): Reply {
  const title = topic ? `修改专题“${topic.name}”` : '新建专题'
  return page({
    title,
    status: fault.status,
    crumbs: [
      { label: '专题', href: '/topics' },
      ...(topic ? [{ label: topic.name, href: `/topics/${topic.id}` }] : []),
      { label: topic ? '修改' : title },
    ],
    body: (
      <>
        <PageHead title={title} note={site.name} />
        <GivenBackNotice incoming={incoming} />
        {fault.status === 409 && topic && Object.keys(fault.errors).length === 0 ? (
          <Meanwhile by={topic.changedBy} labels={labels} theirs={formOf(topic)} mine={raw} />
        ) : null}
        <Form
          action={topic ? `/topics/${topic.id}/edit` : '/topics/new'}
          values={raw}
          errors={fault.errors}
          labels={labels}
          formKey={topic ? undefined : textOf(raw, 'formKey')}
          label="专题"
        >
          <HiddenField name="site" value={site.key} />
          <HiddenField name="revision" value={textOf(raw, 'revision')} />
          <TextField
            name="name"
            label="名称"
            required
            maxLength={40}
            hint="读者一看就知道是不是自己要找的，例如“残疾人服务”“个体工商户扶持”。"
          />
          <TextField
            name="key"
            label="地址"
            required
            maxLength={40}
            hint="小写字母、数字和连字符，例如 disability-aid。公开以后不能再改。"
          />
          <TextArea
            name="summary"
            label="概述"
            required
            rows={3}
            maxLength={300}
            hint="收了什么、对谁有用、怎么用，一两句话。"
          />
          <TextField
            name="audience"
            label="适用人群"
            width="full"
            maxLength={160}
            hint="用顿号隔开，例如“残疾人、残疾人亲属”。没有特定人群的不填。"
          />
          {topic?.state === 'closed' ? (
            <TextArea name="closingNote" label="结束说明" rows={2} maxLength={200} />
          ) : null}
          <Actions
            primary="保存"
            cancel={{ label: '返回', href: topic ? `/topics/${topic.id}` : '/topics' }}
          />
        </Form>
      </>
    ),
  })
}
