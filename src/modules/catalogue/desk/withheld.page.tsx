import { type FormErrors, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, DangerAct, DateField, Form, HiddenField, SelectField, TextArea, TextField } from '#ui/forms'
import { addWithheld, addWithheldInput, endWithheld, endWithheldInput } from '../actions/save-withheld.ts'
import { mayEditCatalogue, mayReadCatalogue } from '../policy.ts'
import { listWithheld, type Withheld } from '../queries.ts'
import { type Ground, grounds } from '../withheld.ts'
import { asErrors, chosenSite } from './load-item.ts'

const mayEdit: DeskRoute['may'] = actor => mayEditCatalogue(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue/withheld', may: mayReadCatalogue, handle: show },
  { method: 'POST', path: '/catalogue/withheld', may: mayEdit, handle: add },
  { method: 'POST', path: '/catalogue/withheld/end', may: mayEdit, handle: end },
]

async function add(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(addWithheldInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    await addWithheld(ctx, read.value)
  } catch (error) {
    return show(ctx, incoming, asErrors(error, { 'catalogue.review-day': 'reviewOn' }))
  }
  const { site } = await chosenSite(ctx, incoming)
  return seeOther(`/catalogue/withheld?site=${site.key}&done=added`)
}

async function end(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const read = readForm(endWithheldInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, {}, { id: String(incoming.form.id), errors: read.errors })
  await endWithheld(ctx, read.value)
  return seeOther(`/catalogue/withheld?site=${site.key}&done=ended`)
}

const labels = {
  title: '哪一类信息',
  ground: '依据',
  why: '为什么不公开',
  body: '由谁负责',
  reviewOn: '下次评估',
}

/** 不公开清单: what is not published, why, and when that is looked at again. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  errors: FormErrors = {},
  ending?: { id: string; errors: FormErrors },
): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const rows = await listWithheld(ctx.db, site.id, { endedToo: true })
  const today = ctx.clock.today()
  const edits = mayEditCatalogue(ctx.actor, site.organId)
  const done = queryText(incoming, 'done')
  const ended = (row: Withheld) =>
    row.endedAt ? (
      <>已移出：{row.endedReason}</>
    ) : edits ? (
      <DangerAct
        label="移出清单"
        warning="移出以后，这一类信息应当公开或者可以申请公开。"
        action={`/catalogue/withheld/end?site=${site.key}`}
        confirm="移出"
        hidden={{ id: row.id }}
        values={ending?.id === row.id ? incoming.form : {}}
        errors={ending?.id === row.id ? ending.errors : {}}
        labels={{ reason: '理由' }}
      >
        <TextField name="reason" label="理由" required width="full" />
      </DangerAct>
    ) : null
  return page({
    status: Object.keys(errors).length > 0 || ending ? 422 : 200,
    title: '不公开清单',
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: '不公开清单' }],
    body: (
      <>
        <PageHead
          title="不公开清单"
          note={`${site.name}：哪些信息不公开、依据是什么。每年至少评估一次，公众能看到这张清单。`}
        />
        {done === 'added' ? <Notice tone="success" title="已列入清单，公众已经能看到。" /> : null}
        {done === 'ended' ? <Notice tone="success" title="已移出清单。" /> : null}
        <DataTable
          caption="不公开的信息"
          captionHidden
          columns={[
            { key: 'title', head: labels.title },
            { key: 'ground', head: labels.ground, cell: row => grounds[row.ground as Ground] },
            { key: 'why', head: labels.why },
            { key: 'body', head: labels.body },
            {
              key: 'reviewOn',
              head: labels.reviewOn,
              cell: row => (
                <>
                  <span class="whitespace-nowrap">{row.reviewOn}</span>
                  {!row.endedAt && row.reviewOn < today ? (
                    <StateTag state="late">应当重新评估</StateTag>
                  ) : null}
                </>
              ),
            },
            { key: 'act', head: '', cell: row => <div class="min-w-36">{ended(row)}</div> },
          ]}
          rows={rows}
          rowKey={row => row.id}
          empty={<p>清单是空的：除法律规定以外，没有列明不公开的信息。</p>}
        />
        {edits ? (
          <Sheet title="列入一类信息">
            <Form
              action={`/catalogue/withheld?site=${site.key}`}
              values={incoming.form}
              errors={errors}
              labels={labels}
              label="列入清单"
            >
              <HiddenField name="siteId" value={site.id} />
              <TextField
                name="title"
                label={labels.title}
                required
                width="full"
                hint="写到类别为止，不写具体内容，例如：尚在讨论的方案草稿"
              />
              <SelectField
                name="ground"
                label={labels.ground}
                required
                options={Object.entries(grounds).map(([value, label]) => ({ value, label }))}
              />
              <TextArea name="why" label={labels.why} required rows={3} maxLength={500} />
              <TextField name="body" label={labels.body} required />
              <DateField name="reviewOn" label={labels.reviewOn} required min={today} hint="一年以内" />
              <Actions primary="列入清单" />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}
