import { momentInBeijing } from '#lib/beijing-time'
import { notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { FileField, Form, SelectField, SubmitButton, TextArea } from '#ui/forms'
import { mayReportFor } from '../actions/hand-in-report.ts'
import { reportOnPlan, reportOnPlanInput } from '../actions/report-on-plan.ts'
import { keepFile, sendKeptFile } from '../kept-file.ts'
import { mayReadLedger } from '../policy.ts'
import { listPlanReports } from '../reports/plan-report-queries.ts'
import { planOf } from './plan-of.ts'

const largest = 30 * 1024 * 1024

export const routes = (storage: FileStorage): DeskRoute[] => [
  {
    method: 'GET',
    path: '/plan-reports/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => show(ctx, incoming),
  },
  {
    method: 'POST',
    path: '/plan-reports/:id',
    may: mayReadLedger,
    uploads: { largest },
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
  {
    method: 'GET',
    path: '/plan-report-files/:id',
    may: mayReadLedger,
    handle: (ctx, incoming) => sendAttachment(ctx, incoming, storage),
  },
]

async function sendAttachment(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const asked = queryText(incoming, 'report')
  const file = (await listPlanReports(ctx.db, plan.id)).find(report => report.id === asked)?.file
  if (!file) throw notFound('ledger.no-such-file', '没有这个文件。请从落实情况报告页里重新选择。')
  return sendKeptFile(storage, file)
}

/** 落实情况报告: what each organ reported on the whole plan by the day that the plan names (S0 六（五）). */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  failed: { raw?: RawForm; errors?: FormErrors } = {},
): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const [reports, organs] = await Promise.all([listPlanReports(ctx.db, plan.id), listOrgans(ctx.db)])
  const own = organs.filter(organ => mayReportFor(ctx.actor, organ.id))
  return page({
    status: failed.errors ? 422 : 200,
    title: `落实情况报告：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '落实情况报告' },
    ],
    body: (
      <>
        <PageHead
          title="落实情况报告"
          note={plan.reportDueOn ? `${plan.title}，应于 ${plan.reportDueOn} 前报告` : plan.title}
        />
        {incoming.query.done === 'reported' ? <Notice tone="success" title="报告已收下。" /> : null}
        <Sheet title="已经报告的" count={reports.length}>
          {reports.length === 0 ? (
            <EmptyState title="还没有报告">各单位的方案制定、工作部署和推进情况报在这里。</EmptyState>
          ) : null}
          {reports.map(report => (
            <section key={report.id} class="my-3">
              <h3>{report.organName}</h3>
              <p>{report.words}</p>
              <p class="text-sm text-soft">
                {report.reportedBy}，{momentInBeijing(report.reportedAt)}
                {report.file ? (
                  <>
                    ，附件：
                    <a href={`/plan-report-files/${plan.id}?report=${report.id}`} download>
                      {report.file.name}
                    </a>
                  </>
                ) : null}
              </p>
            </section>
          ))}
        </Sheet>
        {own.length > 0 ? (
          <Sheet title="报告">
            <Form
              action={`/plan-reports/${plan.id}`}
              uploads
              label="报告"
              values={failed.raw ?? {}}
              errors={failed.errors ?? {}}
            >
              <SelectField
                name="organId"
                label="单位"
                blank={null}
                options={own.map(organ => ({ value: organ.id, label: organ.shortName }))}
              />
              <TextArea name="words" label="报告" required rows={8} maxLength={10_000} />
              <FileField name="file" label="附件" maxBytes={largest} hint="只供工作人员看" />
              <SubmitButton tone="primary">报送</SubmitButton>
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}

async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const [upload] = incoming.uploads.filter(one => one.size > 0)
  if (upload?.tooLarge)
    return show(ctx, incoming, { raw: incoming.form, errors: { file: '附件最大 30 MB，请压缩或者拆开。' } })
  const read = readForm(reportOnPlanInput.omit({ file: true }), { ...incoming.form, planId: plan.id })
  if (!read.ok) return show(ctx, incoming, { raw: incoming.form, errors: read.errors })
  try {
    await reportOnPlan(ctx, { ...read.value, file: upload ? await keepFile(storage, upload) : null })
    return seeOther(`/plan-reports/${plan.id}?done=reported`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal !== 'conflict') throw error
    return show(ctx, incoming, { raw: incoming.form, errors: { '': error.message } })
  }
}
