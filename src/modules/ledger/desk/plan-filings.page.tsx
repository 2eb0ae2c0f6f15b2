import { z } from 'zod'
import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { type FormErrors, readForm } from '#lib/forms'
import { DueDay, type DutyRow, StandingTag } from '#modules/duties'
import { listOrgans } from '#modules/organisations'
import { publicByIds } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { FileField, Form, SelectField, SubmitButton, TextArea, TextField } from '#ui/forms'
import { fileOwnPlan, fileOwnPlanInput } from '../actions/file-own-plan.ts'
import { mayReportFor } from '../actions/hand-in-report.ts'
import { owedNow } from '../actions/settle-plan-duties.ts'
import { type Filing, listFilings } from '../filing-queries.ts'
import { keepFile, sendKeptFile } from '../kept-file.ts'
import { type Plan, planState } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { listPlanReports } from '../reports/plan-report-queries.ts'
import { dutiesOfPlan } from '../task-duties.ts'
import { asErrors } from './load-plan.ts'
import { planOf } from './plan-of.ts'

const largest = 30 * 1024 * 1024
const may = mayReadLedger

export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/plan-filings/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  {
    method: 'POST',
    path: '/plan-filings/:id',
    may,
    uploads: { largest },
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
  {
    method: 'GET',
    path: '/filing-files/:id',
    may,
    async handle(ctx, incoming) {
      const id = incoming.params.id ?? ''
      const [filing] = z.uuid().safeParse(id).success ? await listFilings(ctx.db, { id }) : []
      if (!filing?.file) throw notFound('ledger.no-such-file', '没有这个文件。请从单位方案的页面重新选择。')
      return sendKeptFile(storage, filing.file)
    },
  },
]

async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const [upload] = incoming.uploads.filter(one => one.size > 0)
  if (upload?.tooLarge) return show(ctx, incoming, { file: '文件最大 30 MB，请压缩或者拆开。' })
  const read = readForm(fileOwnPlanInput.omit({ file: true }), { ...incoming.form, planId: plan.id })
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    await fileOwnPlan(ctx, { ...read.value, file: upload ? await keepFile(storage, upload) : null })
    return seeOther(`/plan-filings/${plan.id}?done=filed`)
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

/** 单位方案和报告: which units have filed their own plan and reported on the whole, and which have not. */
async function show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply> {
  const plan = await planOf(ctx, incoming)
  const [owed, duties, filings, reports, organs] = await Promise.all([
    owedNow(ctx.db, plan),
    dutiesOfPlan(ctx.db, plan),
    listFilings(ctx.db, { planId: plan.id }),
    listPlanReports(ctx.db, plan.id),
    listOrgans(ctx.db),
  ])
  const shown = await publicByIds(
    ctx.db,
    ctx.clock.now(),
    plan.siteId,
    filings.flatMap(one => one.publicationId ?? []),
  )
  const links = new Map(shown.map(item => [item.id, `${ctx.publicOrigin}${item.address}`]))
  const nameOf = new Map(organs.map(organ => [organ.id, organ.shortName]))
  const newest = (part: string, organId: string) =>
    duties
      .filter(duty => duty.part === part && duty.organId === organId)
      .toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime())[0]
  const rows = [...new Set(owed.map(one => one.organId))].map(organId => ({
    organId,
    owesPlan: owed.some(one => one.part === 'own-plan' && one.organId === organId),
    owesReport: owed.some(one => one.part === 'report' && one.organId === organId),
    filings: filings.filter(one => one.organId === organId),
    reports: reports.filter(one => one.organId === organId),
    planDuty: newest('own-plan', organId),
    reportDuty: newest('report', organId),
  }))
  const filing = rows.filter(row => row.owesPlan)
  const filed = filing.filter(row => row.filings.length > 0).length
  const own = filing.filter(row => mayReportFor(ctx.actor, row.organId))
  const now = ctx.clock.now()
  return page({
    status: errors ? 422 : 200,
    title: `单位方案和报告：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '单位方案和报告' },
    ],
    body: (
      <>
        <PageHead title="单位方案和报告" note={noteOf(plan)} />
        {incoming.query.done === 'filed' ? <Notice tone="success" title="方案已经报备。" /> : null}
        <DataTable
          caption={`${filing.length} 个单位，已报备方案 ${filed} 个`}
          columns={[
            { key: 'organ', head: '单位', cell: row => nameOf.get(row.organId) ?? '' },
            {
              key: 'plan',
              head: '本单位方案',
              cell: row =>
                row.filings.length > 0
                  ? row.filings.map(one => <OneFiling key={one.id} filing={one} links={links} />)
                  : row.owesPlan
                    ? '没有报备'
                    : '不需要报备',
            },
            { key: 'planDuty', head: '报备期限', cell: row => <OfDuty duty={row.planDuty} now={now} /> },
            {
              key: 'report',
              head: '落实情况报告',
              cell: row =>
                row.reports.length > 0 ? (
                  <a href={`/plan-reports/${plan.id}`}>已报告</a>
                ) : row.owesReport ? (
                  '没有报告'
                ) : (
                  '没有牵头任务'
                ),
            },
            { key: 'reportDuty', head: '报告期限', cell: row => <OfDuty duty={row.reportDuty} now={now} /> },
          ]}
          rows={rows}
          rowKey={row => row.organId}
        />
        {own.length > 0 && planState(plan) === 'in-force' ? (
          <Sheet title="报备本单位方案">
            <Form
              action={`/plan-filings/${plan.id}`}
              uploads
              label="报备本单位方案"
              values={errors ? incoming.form : {}}
              errors={errors ?? {}}
              labels={{
                organId: '单位',
                title: '方案名称',
                note: '说明',
                address: '公开的网址',
                file: '文件',
              }}
            >
              <SelectField
                name="organId"
                label="单位"
                blank={null}
                options={own.map(row => ({ value: row.organId, label: nameOf.get(row.organId) ?? '' }))}
              />
              <TextField name="title" label="方案名称" required width="full" />
              <TextField
                name="address"
                label="公开的网址"
                width="full"
                hint="方案已经在本站公开的，写它的网址；没有公开的，上传文件"
              />
              <FileField name="file" label="文件" maxBytes={largest} hint="只供工作人员看" />
              <TextArea name="note" label="说明" rows={3} maxLength={1000} />
              <SubmitButton tone="primary">报备</SubmitButton>
            </Form>
          </Sheet>
        ) : null}
      </>
    ),
  })
}

const noteOf = (plan: Plan) =>
  [
    plan.title,
    plan.ownPlansDueOn && `方案应于 ${plan.ownPlansDueOn} 前报备`,
    plan.reportDueOn && `落实情况应于 ${plan.reportDueOn} 前报告`,
  ]
    .filter(Boolean)
    .join('，')

function OfDuty({ duty, now }: { duty: DutyRow | undefined; now: Date }) {
  if (!duty) return <>没有规定</>
  return (
    <a href={`/duties/${duty.id}`}>
      <DueDay duty={duty} /> <StandingTag duty={duty} now={now} />
    </a>
  )
}

function OneFiling({ filing, links }: { filing: Filing; links: ReadonlyMap<string, string> }) {
  const href = filing.file ? `/filing-files/${filing.id}` : links.get(filing.publicationId ?? '')
  return (
    <div>
      <StateTag state="met">已报备</StateTag> {href ? <a href={href}>{filing.title}</a> : filing.title}
      <span class="text-sm text-soft">
        　{filing.filedBy}，{momentInBeijing(filing.filedAt)}
        {filing.note ? `，${filing.note}` : ''}
      </span>
    </div>
  )
}
