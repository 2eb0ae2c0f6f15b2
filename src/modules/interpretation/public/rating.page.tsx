import { notAllowed, notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { publicIdPattern } from '#lib/ids'
import { addressOf, findPublicView, listsTag, type PublicView, publicationTag } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { SectionHead } from '#ui/components/section-head'
import { Actions, Form, RadioList, TextArea } from '#ui/forms'
import { rateInput, rateInterpretation } from '../actions/rate-interpretation.ts'
import { gradeNumbers, grades, type RatingFigures } from '../rating.ts'
import { ratingMinimum, shownRating } from '../rating-queries.ts'

const path = '/interpretations/:file/rating'
const rule = showsPublications(item =>
  item.segment === 'interpretations' ? [`/interpretations/${item.id}/rating`] : [],
)

export const routes: PublicRoute[] = [
  { method: 'GET', path, rule, handle: ask },
  { method: 'POST', path, rule, handle: rate },
]

/** A form that another site made the browser send is not the reader's own word. */
export function mustComeFromHere(incoming: Incoming): void {
  const from = incoming.headers['sec-fetch-site']
  if (from === 'cross-site')
    throw notAllowed('interpretation.from-elsewhere', '这次评价不是从本站页面提交的，没有收下。')
}

async function load(ctx: PublicContext, incoming: Incoming): Promise<PublicView> {
  const publicId = incoming.params.file ?? ''
  const found = publicIdPattern.test(publicId)
    ? await findPublicView(ctx.db, ctx.clock.now(), {
        siteId: ctx.site.id,
        publicId,
        segment: 'interpretations',
      })
    : null
  if (!found || 'how' in found)
    throw notFound('interpretation.unknown', '没有这篇解读，或者它已经停止公开，不能再评价。')
  return found
}

async function ask(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, await load(ctx, incoming), { isThanked: incoming.query.done === 'rated' })
}

async function rate(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  mustComeFromHere(incoming)
  const view = await load(ctx, incoming)
  const read = readForm(rateInput, incoming.form)
  if (!read.ok) return show(ctx, view, { errors: read.errors, raw: incoming.form, status: 422 })
  try {
    await rateInterpretation(
      ctx,
      { publicationId: view.id, siteId: ctx.site.id, ip: incoming.ip },
      read.value,
    )
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, view, { errors: { '': error.message }, raw: incoming.form, status: error.status })
  }
  return seeOther(`${ctx.site.base}${addressOf(view)}/rating?done=rated`)
}

/** Where readers rate, and what others said; figures only when enough have rated. */
async function show(
  ctx: PublicContext,
  view: PublicView,
  shown: { isThanked?: boolean; errors?: FormErrors; raw?: RawForm; status?: number },
): Promise<Reply> {
  const { site } = ctx
  const address = site.base + addressOf(view)
  const [figures, minimum] = await Promise.all([
    shownRating(ctx.db, site.id, view.id),
    ratingMinimum(ctx.db, site.id),
  ])
  return page({
    status: shown.status ?? 200,
    title: `评价：${view.title}`,
    door: 'policies',
    crumbs: [
      { label: '首页', href: `${site.base}/` },
      { label: '政策解读', href: `${site.base}/interpretations` },
      { label: view.title, href: address },
      { label: '评价' },
    ],
    noIndex: true,
    dependsOn: shown.status ? undefined : [publicationTag(view.id), listsTag(site.id)],
    freshUntil: view.publicUntil ?? undefined,
    body: (
      <>
        <PageHead title="评价这篇解读" note={<a href={address}>{view.title}</a>} />
        {shown.isThanked ? (
          <Notice tone="success" title="谢谢，您的评价已经收下。">
            今天再评价一次，以最后一次为准。
          </Notice>
        ) : null}
        <Form
          action={`${address}/rating`}
          values={shown.raw ?? {}}
          errors={shown.errors ?? {}}
          labels={{ grade: '看懂了吗，有没有帮助', words: '还想说的' }}
          label="评价"
        >
          <RadioList
            name="grade"
            label="看懂了吗，有没有帮助"
            required
            options={gradeNumbers.map(grade => ({ value: String(grade), label: grades[grade] }))}
          />
          <TextArea
            name="words"
            label="还想说的"
            rows={3}
            maxLength={200}
            hint="哪里没说清楚？只给写解读的工作人员看，不公开。不要写姓名、电话。"
          />
          <Actions primary="提交评价" cancel={{ label: '回到解读', href: address }} />
        </Form>
        <p class="mt-4 text-sm text-soft">
          不用登录，不留身份。同一个网络地址一天计一次，当天以后地址的痕迹即删去。满 {minimum}{' '}
          人评价后公布结果。
        </p>
        {figures ? <Figures figures={figures} /> : null}
      </>
    ),
  })
}

function Figures({ figures }: { figures: RatingFigures }) {
  return (
    <section id="figures" class="mt-6">
      <SectionHead title={`${figures.total} 人评价，${figures.understood}% 看懂`} />
      <DataTable
        caption="各项评价的人数"
        captionHidden
        columns={[
          { key: 'grade', head: '评价', cell: row => grades[row.grade] },
          { key: 'count', head: '人数', figures: true },
        ]}
        rows={gradeNumbers.map(grade => ({ grade, count: figures.counts[grade] }))}
        rowKey={row => row.grade}
      />
    </section>
  )
}
