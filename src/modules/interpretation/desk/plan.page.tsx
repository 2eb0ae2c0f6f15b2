import { momentInBeijing } from '#lib/beijing-time'
import { notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import { publicIdPattern } from '#lib/ids'
import { DueDay, StandingTag } from '#modules/duties'
import { publicationStates } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, Form, LinkButton, PostButton, SelectField } from '#ui/forms'
import { approvePlan } from '../actions/approve-plan.ts'
import { policyNamed, savePlan, savePlanInput } from '../actions/save-plan.ts'
import { startMaterial, startMaterialInput } from '../actions/start-material.ts'
import { formWord } from '../forms.ts'
import { planStates } from '../plan.ts'
import { gatherInterpretations, type Interpretations } from '../plan-queries.ts'
import { mayApprovePlan, mayPlan, mayReadPlans } from '../policy.ts'
import { Materials, PlanFacts, PlanForm } from './plan-parts.tsx'
import { interpretationDuty, planTones, reachOf } from './plans.page.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/interpretation-plans/:id', may: mayReadPlans, handle: ask },
  { method: 'POST', path: '/interpretation-plans/:id', may: actor => mayPlan(actor), handle: save },
  {
    method: 'POST',
    path: '/interpretation-plans/:id/approve',
    may: actor => mayApprovePlan(actor),
    handle: approve,
  },
  { method: 'POST', path: '/interpretation-plans/:id/start', may: actor => mayPlan(actor), handle: start },
]

/** The policy of the address, for somebody of its organ or above. */
async function load(ctx: DeskContext, incoming: Incoming): Promise<Interpretations> {
  const id = incoming.params.id ?? ''
  const unknown = notFound('interpretation.no-policy', '没有这份政策文件。请从解读方案的列表重新选择。')
  if (!publicIdPattern.test(id)) throw unknown
  const policy = await policyNamed(ctx.db, ctx.clock.now(), { publicId: id })
  if (!reachOf(ctx.actor).includes(policy.organId)) throw unknown
  const [found] = await gatherInterpretations(ctx.db, ctx.clock.now(), [policy])
  if (!found) throw unknown
  return found
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await load(ctx, incoming)
  return show(ctx, incoming, found, formOf(found))
}

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await load(ctx, incoming)
  const read = readForm(savePlanInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, found, incoming.form, read.errors, 422)
  return act(ctx, incoming, found, async () => {
    await savePlan(ctx, found.policy.id, read.value)
    return seeOther(`/interpretation-plans/${found.policy.publicId}?done=saved`)
  })
}

async function approve(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await load(ctx, incoming)
  return act(ctx, incoming, found, async () => {
    await approvePlan(ctx, found.policy.id, { revision: Number(incoming.form.revision) || 0 })
    return seeOther(`/interpretation-plans/${found.policy.publicId}?done=approved`)
  })
}

async function start(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await load(ctx, incoming)
  const read = readForm(startMaterialInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, found, formOf(found), { form: read.errors.form ?? '' }, 422)
  return act(ctx, incoming, found, async () =>
    seeOther(`/publications/${await startMaterial(ctx, found.policy.id, read.value)}/edit`),
  )
}

async function act(
  ctx: DeskContext,
  incoming: Incoming,
  found: Interpretations,
  run: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    const raw = incoming.form.draftedBy === undefined ? formOf(found) : incoming.form
    return show(ctx, incoming, found, raw, { '': error.message }, error.status)
  }
}

function formOf({ plan, policy }: Interpretations): RawForm {
  if (!plan) return { draftedBy: policy.organName, channels: ['site'], forms: ['text'], revision: '0' }
  return {
    draftedBy: plan.draftedBy,
    interpreters: plan.interpreters.join('\n'),
    leaderSpeaks: plan.leaderSpeaks ? 'yes' : '',
    forms: plan.forms,
    channels: plan.channels,
    publicOn: plan.publicOn ?? '',
    note: plan.note,
    revision: String(plan.revision),
  }
}

const done: Record<string, string> = {
  saved: '方案已保存，请负责人审定。',
  approved: '方案已审定。可以按方案起草解读稿了。',
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  found: Interpretations,
  raw: RawForm,
  errors: FormErrors = {},
  status = 200,
): Promise<Reply> {
  const { policy, plan, state, exempt } = found
  const address = `/interpretation-plans/${policy.publicId}`
  const word = done[String(incoming.query.done ?? '')]
  return page({
    status,
    title: `解读方案：${policy.title}`,
    crumbs: [{ label: '解读方案', href: '/interpretation-plans' }, { label: policy.title }],
    body: (
      <>
        <PageHead
          title="解读方案"
          note={
            <>
              《{policy.title}》 · {policy.organName} · {publicationStates[policy.state]}
            </>
          }
          actions={<LinkButton href={`/publications/${policy.publicId}`}>看文件</LinkButton>}
        />
        {word ? <Notice tone="success" title={word} /> : null}
        <Standing found={found} duty={await dutyWords(ctx, found)} />
        {exempt && state === 'exempt' ? (
          <Notice tone="info" title={`文件注明不作解读：${exempt}`}>
            要作解读，请先在文件的稿子里去掉理由。
          </Notice>
        ) : null}
        {plan ? <PlanFacts plan={plan} /> : null}
        {plan && !plan.approvedAt && mayApprovePlan(ctx.actor, plan) ? (
          <PostButton
            action={`${address}/approve`}
            label="审定方案"
            tone="primary"
            hidden={{ revision: String(plan.revision) }}
          />
        ) : null}
        <Materials found={found} />
        {plan && mayPlan(ctx.actor, policy.organId) ? (
          <Sheet title="按方案起草">
            <Form
              id="start"
              action={`${address}/start`}
              values={{ form: plan.forms[0] }}
              errors={errors.form ? { form: errors.form } : {}}
              labels={{ form: '解读形式' }}
              label="按方案起草解读稿"
              formKey={crypto.randomUUID()}
            >
              <SelectField
                name="form"
                label="解读形式"
                required
                options={plan.forms.map(form => ({ value: form, label: formWord(form) ?? form }))}
              />
              <Actions primary="起草解读稿" />
            </Form>
          </Sheet>
        ) : null}
        {mayPlan(ctx.actor, policy.organId) ? (
          <Sheet title={plan ? '修改方案' : '编制方案'}>
            <PlanForm
              address={address}
              raw={raw}
              errors={errors.form ? {} : errors}
              hasPlan={plan !== null}
            />
          </Sheet>
        ) : errors[''] ? (
          <Notice tone="error" title={errors['']} />
        ) : null}
      </>
    ),
  })
}

/** By when, and where the days are counted one by one. */
async function dutyWords(ctx: DeskContext, found: Interpretations) {
  const duty = await interpretationDuty(ctx, found)
  if (!duty) return found.policy.firstPublicAt === null ? '文件公开时起算，三个工作日内' : null
  return (
    <>
      <DueDay duty={duty} /> <StandingTag duty={duty} now={ctx.clock.now()} />{' '}
      <a href={`/duties/${duty.id}`}>一天一天怎么算的</a>
    </>
  )
}

function Standing({ found, duty }: { found: Interpretations; duty: Awaited<ReturnType<typeof dutyWords>> }) {
  return (
    <DefinitionList
      items={[
        {
          term: '解读进展',
          value: <StateTag state={planTones[found.state]}>{planStates[found.state]}</StateTag>,
        },
        { term: '解读期限', value: duty },
        {
          term: '文件公开',
          value: found.policy.firstPublicAt ? momentInBeijing(found.policy.firstPublicAt) : null,
        },
      ]}
    />
  )
}
