import { momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  CheckboxField,
  DateTimeField,
  Form,
  HiddenField,
  LinkButton,
  RadioList,
  TextArea,
} from '#ui/forms'
import { reviewDraft, reviewInput } from '../actions/review-draft.ts'
import { bodyOf } from '../draft-facts.ts'
import { filedOfForm } from '../draft-form.ts'
import { type EditionRow, textOfEdition } from '../draft-queries.ts'
import type { FilingChoice } from '../filing.ts'
import { isReviewer, mayReview } from '../policy.ts'
import { EditionChanges } from '../public/edition-changes.tsx'
import { listReviewSteps } from '../review-steps.ts'
import { deskAddress, loadColumnChoice } from './desk-address.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { FilingFields, filingFacts, loadFiling } from './filing-fields.tsx'
import { findingsOfDraft } from './findings-of-draft.tsx'
import { type LoadedItem, loadItem, loadSaid } from './load-item.ts'
import { NumberingNotice } from './numbering-notice.tsx'
import { previewFor } from './preview.tsx'
import { refusalAsErrors } from './refusals.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/:id/review', may: isReviewer, handle: ask },
  { method: 'POST', path: '/publications/:id/review', may: isReviewer, handle: decide },
]

const labels = {
  decision: '决定',
  openness: '公开属性',
  secrecyChecked: '保密审查',
  opinion: '审查意见',
  publishAt: '定时发布',
  filedUnder: '目录事项',
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadForReview(ctx, incoming)
  if (!loaded.draft) return seeOther(deskAddress(loaded.item))
  return show(ctx, incoming, loaded, isGivenBack(incoming) ? incoming.form : { openness: 'proactive' })
}

/** Nobody reviews what he himself wrote last (R-EXC-13): he does not even get the form. */
async function loadForReview(ctx: DeskContext, incoming: Incoming): Promise<LoadedItem> {
  const loaded = await loadItem(ctx, incoming)
  permit(
    mayReview(ctx.actor, {
      organId: loaded.item.organId,
      editedById: loaded.draft?.editedById ?? null,
    }),
    'publications.may-not-review',
    '发布前审查由保密审查员或政务公开办办理，并且不能是最后修改稿子的人。',
  )
  return loaded
}

async function decide(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadForReview(ctx, incoming)
  const address = deskAddress(loaded.item)
  const { form } = incoming
  const filedUnder = filedOfForm(form)
  const read = readForm(reviewInput, {
    ...form,
    publicationId: loaded.item.id,
    ...(filedUnder ? { filedUnder } : {}),
  })
  if (!read.ok) return show(ctx, incoming, loaded, form, { errors: read.errors, status: 422 })
  try {
    return seeOther(`${address}?done=${await reviewDraft(ctx, read.value)}`)
  } catch (error) {
    return show(ctx, incoming, await loadItem(ctx, incoming), form, refusalAsErrors(error))
  }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  loaded: LoadedItem,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
): Promise<Reply> {
  const { item, kind, draft } = loaded
  const address = deskAddress(item)
  const title = draft?.title ?? loaded.current?.title ?? ''
  const seen = textOf(raw, 'revision')
  const changed = draft && seen !== '' && seen !== String(draft.revision)
  return page({
    title: `审查：${title}`,
    status: fault.status,
    crumbs: [{ label: '发布物', href: '/publications' }, { label: title, href: address }, { label: '审查' }],
    body: (
      <>
        <PageHead
          title="发布前审查"
          note={
            draft
              ? `${kind.label} · ${item.organName}。${draft.editedBy}最后修改于 ${momentInBeijing(draft.editedAt)}。`
              : `${kind.label} · ${item.organName}`
          }
          actions={<LinkButton href={address}>看登记信息和经过</LinkButton>}
        />
        <GivenBackNotice incoming={incoming} />
        {draft && !draft.submittedAt && (
          <Notice tone="warning" title="稿子没有在等审查。">
            起草人还没有送审，或者已经把它取回修改。您的意见还在下面的表单里。
          </Notice>
        )}
        {changed && (
          <Notice tone="warning" title="您打开之后，稿子又改过了。">
            下面是新的文字。请看过之后再提交；您填写的意见没有丢。
          </Notice>
        )}
        {draft && loaded.kind.advice?.(textOfEdition(draft))}
        {draft && <NumberingNotice bodyHtml={draft.bodyHtml} />}
        {draft && (await findingsOfDraft(ctx, loaded, draft))}
        {draft && <Sheet title="全文">{await previewFor(ctx, loaded, draft)}</Sheet>}
        {draft && (
          <Sheet title={loaded.current ? '和现在公开的版本相比' : '关于这份稿子'}>
            {await changes(ctx, loaded, draft)}
          </Sheet>
        )}
        {draft ? (
          <Sheet title="审查">
            <ReviewForm
              address={address}
              revision={String(draft.revision)}
              raw={raw}
              errors={fault.errors}
              filing={await loadFiling(ctx, filingFacts(item, draft), raw)}
            />
          </Sheet>
        ) : (
          <Notice tone="error" title="没有待审查的稿子。">
            {fault.errors[''] ?? '也许同事刚刚已经办了。'} 您写的意见：{textOf(raw, 'opinion')}
          </Notice>
        )}
      </>
    ),
  })
}

async function changes(ctx: DeskContext, loaded: LoadedItem, draft: EditionRow) {
  const columns = await loadColumnChoice(ctx, loaded.item.siteId)
  const after = await loadSaid(ctx, draft, columns)
  const returned = (await listReviewSteps(ctx.db, loaded.item.id)).find(
    step => step.editionId === draft.id && step.step === 'returned',
  )
  return (
    <>
      {returned && (
        <p>
          {returned.actor}在 {momentInBeijing(returned.actedAt)} 退回过：{returned.opinion}
        </p>
      )}
      {loaded.current ? (
        <>
          <p>修改说明：{draft.changeNote ?? '（没有填写）'}</p>
          <EditionChanges
            kind={loaded.kind}
            before={await loadSaid(ctx, loaded.current, columns)}
            after={after}
            names={{ before: '公开的版本', after: '这份稿子' }}
          />
        </>
      ) : (
        <p>
          这是第一版，还没有公开过。全文约 {[...bodyOf(after).replace(/\s/g, '')].length} 字，附件{' '}
          {after.attachments.length} 个；栏目：{after.columns.join('；') || '（没有选）'}。
        </p>
      )}
    </>
  )
}

function ReviewForm(props: {
  address: string
  revision: string
  raw: RawForm
  errors: FormErrors
  filing: readonly FilingChoice[]
}) {
  return (
    <Form
      action={`${props.address}/review`}
      values={props.raw}
      errors={props.errors}
      labels={labels}
      label="审查"
    >
      <HiddenField name="revision" value={props.revision} />
      <FilingFields choices={props.filing} />
      <CheckboxField
        name="secrecyChecked"
        label="我已逐字看过全文、附件和图片：没有国家秘密、工作秘密，没有不该公开的商业秘密和个人隐私"
        hint="发布必须勾选。依据：《政府信息公开条例》第十七条，《保守国家秘密法》第三十五条。拿不准的，退回并报主管部门或者保密部门确定。"
      />
      <RadioList
        name="openness"
        label="公开属性"
        required
        options={[
          { value: 'proactive', label: '主动公开' },
          { value: 'on-request', label: '依申请公开', hint: '不能在这里发布，请退回' },
          { value: 'withheld', label: '不予公开', hint: '不能在这里发布，请退回并写明依据' },
        ]}
      />
      <RadioList
        name="decision"
        label="决定"
        required
        options={[
          { value: 'publish', label: '通过并发布', hint: '马上公开，或者按下面的时间定时公开' },
          { value: 'return', label: '退回修改', hint: '起草人会在“我的工作”里看到您的意见' },
        ]}
      />
      <TextArea
        name="opinion"
        label="审查意见"
        required
        rows={3}
        maxLength={1000}
        hint="会和发布记录一起长期保存，例如“经审查不涉密，同意主动公开”。"
      />
      <DateTimeField
        name="publishAt"
        label="定时发布"
        hint="不填就马上公开。北京时间，到时间自动公开，不用值守。"
      />
      <Actions primary="提交审查结果" cancel={{ label: '先不办', href: props.address }} />
    </Form>
  )
}
