import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, LinkButton, RadioList, TextArea } from '#ui/forms'
import { giveOpinion, giveOpinionInput } from '../actions/give-opinion.ts'
import { findDocument } from '../document-queries.ts'
import { mayGiveOpinion, mayReadNormative } from '../policy.ts'
import { findReview } from '../review-queries.ts'
import { materials, opinionWords, pointsOf, reviewKinds } from '../reviews.ts'
import { asFault, noFault } from './load-document.ts'
import { OpinionPoints, pointsIn } from './opinion-points.tsx'
import { OpinionTag } from './reviews-sheet.tsx'

const may: DeskRoute['may'] = actor => mayReadNormative(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative-reviews/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  {
    method: 'POST',
    path: '/normative-reviews/:id',
    may: actor => actor.posts.some(post => post.role === 'legality-reviewer'),
    handle: give,
  },
]

async function load(ctx: DeskContext, incoming: Incoming) {
  const review = await findReview(ctx.db, incoming.params.id ?? '')
  const document = review && (await findDocument(ctx.db, ctx.clock.now(), { id: review.publicationId }))
  if (!review || !document) throw notFound('normative.no-review', '没有这次审核，或者文件已经撤下。')
  return { review, document }
}

async function give(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { review } = await load(ctx, incoming)
  const { opinion, words } = incoming.form
  const read = giveOpinionInput.safeParse({
    reviewId: review.id,
    opinion,
    words,
    points: pointsIn(review.kind, incoming.form),
  })
  if (!read.success) {
    const errors = Object.fromEntries(read.error.issues.map(one => [one.path.join('.'), one.message]))
    return show(ctx, incoming, { errors, status: 422, form: 'opinion' })
  }
  try {
    await giveOpinion(ctx, read.data)
    return seeOther(`/normative-reviews/${review.id}?done=given`)
  } catch (error) {
    return show(ctx, incoming, asFault(error, 'opinion'))
  }
}

async function show(ctx: DeskContext, incoming: Incoming, fault = noFault): Promise<Reply> {
  const { review, document } = await load(ctx, incoming)
  const { label, rule } = reviewKinds[review.kind]
  const points = pointsOf(review.kind)
  return page({
    title: `${label}：${document.title}`,
    status: fault.status,
    crumbs: [
      { label: '规范性文件', href: '/normative' },
      { label: document.title, href: `/normative/${document.publicId}` },
      { label },
    ],
    body: (
      <>
        <PageHead
          title={label}
          note={`《${document.title}》`}
          actions={<LinkButton href={`/publications/${document.publicId}`}>看送审稿</LinkButton>}
        />
        {queryText(incoming, 'done') ? <Notice tone="success" title="意见已出具，时限到此为止。" /> : null}
        {fault.errors[''] ? <Notice tone="error" title={fault.errors['']} /> : null}
        {review.textMark === document.textMark ? null : (
          <Notice tone="warning" title="送审以后稿子又改过。">
            意见只针对送审时的文字；起草单位要为改过的稿子重新送审。
          </Notice>
        )}
        <Sheet title="送审情况">
          <DefinitionList
            items={[
              { term: '意见', value: <OpinionTag review={review} /> },
              { term: '审核单位', value: review.organName },
              { term: '依据', value: rule },
              { term: '送审', value: `${momentInBeijing(review.askedAt)} ${review.askedBy}` },
              { term: '时限', value: `${review.days} 个工作日` },
              { term: '紧急的理由', value: review.urgentReason },
              { term: '材料', value: review.materials.map(name => materials[name]).join('、') },
              { term: '说明', value: review.note || null },
              {
                term: '出具',
                value: review.givenAt ? `${momentInBeijing(review.givenAt)} ${review.givenBy}` : null,
              },
              { term: '书面意见', value: review.words },
            ]}
          />
        </Sheet>
        {review.points && Object.keys(review.points).length > 0 ? (
          <DataTable
            caption="逐项审核"
            columns={[
              { key: 'point', head: '要点' },
              { key: 'held', head: '结果' },
              { key: 'note', head: '说明' },
            ]}
            rows={Object.entries(review.points).map(([name, answer]) => ({
              point: points[name] ?? name,
              held: answer.held ? '符合' : '不符合',
              note: answer.note,
            }))}
            rowKey={row => row.point}
          />
        ) : null}
        {!review.opinion && mayGiveOpinion(ctx.actor, review) ? (
          <Sheet title="出具书面意见">
            <Form
              action={`/normative-reviews/${review.id}`}
              values={incoming.form}
              errors={fault.errors}
              labels={{ opinion: '意见', words: '书面意见' }}
            >
              <OpinionPoints kind={review.kind} />
              <RadioList
                name="opinion"
                label="意见"
                required
                options={(['lawful', 'to-amend', 'unlawful'] as const).map(value => ({
                  value,
                  label: opinionWords(review.kind, value),
                }))}
              />
              <TextArea name="words" label="书面意见" required rows={5} maxLength={5000} />
              <Actions primary="出具意见" />
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}
