import { type FormErrors, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, DateField, Form, HiddenField, SelectField, TextField } from '#ui/forms'
import { describePlan, describePlanInput } from '../actions/keep-plan.ts'
import { mayKeepLedger } from '../policy.ts'
import { listEarlierPlans } from '../queries.ts'
import { asErrors, loadPlan } from './load-plan.ts'

const may: DeskRoute['may'] = actor => mayKeepLedger(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-facts/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/plan-facts/:id', may, handle: save },
]

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const read = readForm(describePlanInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    await describePlan(ctx, plan.id, read.value)
    return seeOther(`/ledger-plans/${plan.id}?done=saved`)
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

const labels = {
  title: '文件名称',
  issuer: '发文机关',
  docNo: '文号',
  signedOn: '成文日期',
  year: '年度',
  ownPlansDueOn: '单位方案报备截止日',
  reportDueOn: '落实情况报告截止日',
  previousId: '上一年度的台账',
}

async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { plan } = await loadPlan(ctx, incoming)
  const earlier = await listEarlierPlans(ctx.db, plan)
  const values = {
    revision: String(plan.revision),
    title: plan.title,
    issuer: plan.issuer,
    docNo: plan.docNo,
    signedOn: plan.signedOn,
    year: String(plan.year),
    ownPlansDueOn: plan.ownPlansDueOn,
    reportDueOn: plan.reportDueOn,
    previousId: plan.previousId,
    ...incoming.form,
  }
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: `文件信息：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '文件信息' },
    ],
    body: (
      <>
        <PageHead title="文件信息和报送日期" note={plan.title} />
        <Form
          action={`/plan-facts/${plan.id}`}
          values={values}
          errors={errors}
          labels={labels}
          label="文件信息"
        >
          <HiddenField name="revision" value={String(values.revision)} />
          <TextField name="title" label={labels.title} required width="full" />
          <TextField name="issuer" label={labels.issuer} width="full" />
          <TextField name="docNo" label={labels.docNo} />
          <DateField name="signedOn" label={labels.signedOn} />
          <TextField name="year" label={labels.year} required width="short" inputMode="numeric" />
          <DateField
            name="ownPlansDueOn"
            label={labels.ownPlansDueOn}
            hint="文件要求单位报备本单位方案的，写截止日：每个单位会有一项义务"
          />
          <DateField
            name="reportDueOn"
            label={labels.reportDueOn}
            hint="文件要求报告落实情况的，写截止日：每个牵头单位和主管单位会有一项义务，改日期时义务跟着改"
          />
          <SelectField
            name="previousId"
            label={labels.previousId}
            blank="没有"
            options={earlier.map(one => ({ value: one.id, label: `${one.year}年 ${one.title}` }))}
          />
          <Actions primary="保存" cancel={{ label: '返回', href: `/ledger-plans/${plan.id}` }} />
        </Form>
      </>
    ),
  })
}
