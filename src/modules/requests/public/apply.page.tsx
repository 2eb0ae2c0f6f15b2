import { z } from 'zod'
import { dateInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { publicId } from '#lib/ids'
import { workingCalendar } from '#modules/duties'
import { listOrgans, listOrgansBelow } from '#modules/organisations'
import { type Listed, newestPublic } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications, showsPublications } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { PrintButton } from '#ui/components/print-button'
import { PublicationList } from '#ui/components/publication-list'
import { Actions, Form, HiddenField, type Option, PostButton, SubmitButton } from '#ui/forms'
import { type Registered, submitRequest, submitRequestInput, undoMinutes } from '../actions/submit-request.ts'
import { applicationFields } from '../application.ts'
import { expectedDue } from '../clock.ts'
import { ClockTable, dueInWords } from '../clock-table.tsx'
import { settingsOf } from '../queries.ts'
import {
  Carried,
  labels,
  type StepName,
  Summary,
  stepFields,
  WhatFields,
  WhoFields,
} from './application-steps.tsx'
import { mustComeFromHere, privatePage } from './private-page.tsx'

const path = '/requests/new'
/** Says what is public already and may answer: it goes through the gate of all lists, and only as the answer to a post. */
const rule = showsPublications(() => [])

export const routes: PublicRoute[] = [
  { method: 'GET', path, rule: showsNoPublications, handle: begin },
  { method: 'POST', path, rule, handle: goOn },
]

type Step = StepName | 'check'
const titles: Record<Step, string> = { what: '需要什么信息', who: '您是谁', check: '核对提交' }
const order: readonly Step[] = ['what', 'who', 'check']
const { organId, purpose, description, way, carrier, help, formKey } = applicationFields
const whatInput = z.object({ organId, purpose, description, way, carrier, help, formKey })

async function begin(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const organs = await organsHere(ctx)
  const asked = queryText(incoming, 'organ')
  const chosen = organs.find(one => one.key === asked || one.value === asked)?.value
  return show(ctx, 'what', {
    organs,
    raw: {
      formKey: publicId(20),
      purpose: 'information',
      carrier: 'electronic',
      description: queryText(incoming, 'about') ?? '',
      ...(chosen && { organId: chosen }),
    },
  })
}

/** Steps forwards and backwards; what was typed goes along in the form, nothing is stored before it is sent. */
async function goOn(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  mustComeFromHere(incoming)
  const { form: raw } = incoming
  const organs = await organsHere(ctx)
  const at = order.find(step => step === textOf(raw, 'at')) ?? 'what'
  const back = order.find(step => step === textOf(raw, 'back'))
  if (back) return show(ctx, back, { organs, raw })
  const what = readForm(whatInput, raw)
  if (!what.ok) return show(ctx, 'what', { organs, raw, errors: what.errors, status: 422 })
  if (at === 'what') return show(ctx, 'who', { organs, raw, near: await nearBy(ctx, what.value.description) })
  const all = readForm(submitRequestInput, raw)
  if (!all.ok) {
    const isWhat = Object.keys(all.errors).some(name => (stepFields.what as readonly string[]).includes(name))
    return show(ctx, isWhat ? 'what' : 'who', { organs, raw, errors: all.errors, status: 422 })
  }
  if (at === 'who') return show(ctx, 'check', { organs, raw })
  try {
    const { site } = ctx
    const where = { siteId: site.id, siteOrganId: site.organId, ip: incoming.ip }
    return await receipt(ctx, await submitRequest(ctx, where, all.value), organs)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, 'check', { organs, raw, errors: { '': error.message }, status: error.status })
  }
}

type OrganOption = Option & { key: string }

async function organsHere(ctx: PublicContext): Promise<OrganOption[]> {
  const [organs, here] = await Promise.all([listOrgans(ctx.db), listOrgansBelow(ctx.db, ctx.site.organId)])
  return organs
    .filter(organ => here.includes(organ.id))
    .map(organ => ({ value: organ.id, label: organ.name, key: organ.key }))
}

const mostNear = 5

/** What is public and may already answer (条例 Art. 36(1)); found or not, the application goes on. */
const nearBy = (ctx: PublicContext, words: string): Promise<Listed[]> =>
  newestPublic(
    ctx.db,
    ctx.clock.now(),
    { siteId: ctx.site.id, words: [words.slice(0, 60)], order: 'relevance' },
    mostNear,
  )

interface Shown {
  organs: readonly OrganOption[]
  raw: RawForm
  errors?: FormErrors
  status?: number
  near?: readonly Listed[]
}

function show(ctx: PublicContext, step: Step, { organs, raw, errors = {}, status, near }: Shown): Reply {
  const address = `${ctx.site.base}${path}`
  const number = order.indexOf(step) + 1
  const before = order[number - 2]
  return privatePage(ctx, {
    status,
    title: `申请公开政府信息：${titles[step]}`,
    crumb: '提出申请',
    body: (
      <>
        <PageHead title="申请公开政府信息" note={`第 ${number} 步，共 3 步：${titles[step]}`} />
        {near && near.length > 0 ? <Near ctx={ctx} items={near} /> : null}
        {errors[''] ? (
          <Notice tone="error" title="没有提交成功">
            {errors['']}
          </Notice>
        ) : null}
        <Form
          action={address}
          values={raw}
          errors={errors}
          labels={labels}
          formKey={textOf(raw, 'formKey')}
          label={titles[step]}
        >
          <HiddenField name="at" value={step} />
          {step === 'what' ? (
            <>
              <WhatFields organs={organs} />
              <Carried raw={raw} steps={['who']} />
            </>
          ) : null}
          {step === 'who' ? (
            <>
              <WhoFields />
              <Carried raw={raw} steps={['what']} />
            </>
          ) : null}
          {step === 'check' ? (
            <>
              <Summary
                raw={raw}
                organName={organs.find(one => one.value === textOf(raw, 'organId'))?.label ?? ''}
              />
              <Carried raw={raw} steps={['what', 'who']} />
            </>
          ) : null}
          <Actions primary={step === 'check' ? '提交申请' : '下一步'}>
            {before ? (
              <SubmitButton tone="plain" name="back" value={before}>
                上一步
              </SubmitButton>
            ) : null}
          </Actions>
        </Form>
        <p class="mt-4 text-sm text-soft">
          您填写的身份和联系方式只用来办理这件申请，只有承办人员能看到，证件号码加密保存。提交以后十分钟内可以收回。
        </p>
      </>
    ),
  })
}

function Near({ ctx, items }: { ctx: PublicContext; items: readonly Listed[] }) {
  return (
    <Notice tone="info" title="这些已经公开的信息，也许就是您要找的">
      <PublicationList
        items={items.map(item => ({
          href: ctx.site.base + item.address,
          title: item.title,
          date: dateInBeijing(item.firstPublicAt),
          meta: [item.docNo, item.organName].filter(Boolean).join(' · '),
        }))}
      />
      <p>不是的，请继续填写。</p>
    </Notice>
  )
}

/** The receipt (R-LET-11): number, code, and the day that may be expected, with its arithmetic. */
async function receipt(
  ctx: PublicContext,
  { request, code }: Registered,
  organs: readonly OrganOption[],
): Promise<Reply> {
  const calendar = await workingCalendar(ctx.db, request.organId)
  const { confirmWithin } = await settingsOf(ctx.db, request.siteId)
  const expected = expectedDue(dateInBeijing(request.submittedAt), confirmWithin, calendar)
  const track = `${ctx.site.base}/requests/track`
  return privatePage(ctx, {
    title: `申请已经提交：${request.number}`,
    crumb: '回执',
    body: (
      <>
        <PageHead
          title="申请已经提交"
          note="请把登记编号和查询码抄下来，或者打印这一页。查询码只显示这一次。"
        />
        <PrintButton label="打印回执" />
        <DefinitionList
          items={[
            { term: '登记编号', value: <b class="text-xl">{request.number}</b> },
            { term: '查询码', value: <b class="text-xl">{code}</b> },
            { term: '受理机关', value: organs.find(one => one.value === request.organId)?.label ?? null },
            { term: '预计答复', value: `${dueInWords(expected)}以前` },
          ]}
        />
        <Notice tone="info" title="提交还不是收到">
          通过互联网提交的，以双方确认之日为收到申请之日（条例第三十一条）。机关会在{confirmWithin}
          个工作日内与您确认；上面的日期按届时确认来算，确认以后以确认的为准。
        </Notice>
        <ClockTable clock={expected} />
        <div class="actions mt-4">
          <PostButton
            action={track}
            label="查看办理情况"
            tone="primary"
            hidden={{ number: request.number, code }}
          />
          <PostButton
            action={track}
            label={`收回这件申请（${undoMinutes}分钟内）`}
            tone="danger"
            hidden={{ number: request.number, code, act: 'take-back', formKey: publicId(20) }}
          />
        </div>
      </>
    ),
  })
}
