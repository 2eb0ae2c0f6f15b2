import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { publicId } from '#lib/ids'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, DateField, Form, LinkButton, SelectField } from '#ui/forms'
import { fileRequest, fileRequestInput } from '../actions/file-request.ts'
import type { Registered } from '../actions/submit-request.ts'
import { receiptRules } from '../clock.ts'
import { mayFileRequest } from '../policy.ts'
import { labels, WhatFields, WhoFields } from '../public/application-steps.tsx'
import { channels, states } from '../request.ts'

const may = (actor: DeskContext['actor']) => mayFileRequest(actor)

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/requests/new',
    may,
    handle: ctx =>
      show(ctx, {
        formKey: publicId(20),
        arrivedOn: ctx.clock.today(),
        purpose: 'information',
        carrier: 'paper',
        organId: ctx.actor.organId,
      }),
  },
  { method: 'POST', path: '/requests/new', may, handle: file },
]

async function file(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(fileRequestInput, incoming.form)
  if (!read.ok) return show(ctx, incoming.form, read.errors, 422)
  try {
    return showReceipt(await fileRequest(ctx, read.value))
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming.form, { '': error.message }, error.status)
  }
}

const filedOptions = Object.entries(channels)
  .filter(([value]) => value !== 'internet')
  .map(([value, label]) => ({
    value,
    label,
    hint: receiptRules[value as keyof typeof channels].words,
  }))

async function show(ctx: DeskContext, raw: RawForm, errors: FormErrors = {}, status = 200): Promise<Reply> {
  const organs = await listOrgans(ctx.db)
  return page({
    status,
    title: '登记申请',
    crumbs: [{ label: '依申请公开', href: '/requests' }, { label: '登记申请' }],
    body: (
      <>
        <PageHead
          title="登记申请"
          note="当面、口头、邮寄、传真来的申请，在这里录入。没有写全的也要登记，登记以后再告知补正。"
        />
        {errors[''] ? (
          <Notice tone="error" title="没有登记成功">
            {errors['']}
          </Notice>
        ) : null}
        <Form
          action="/requests/new"
          values={raw}
          errors={errors}
          labels={{ ...labels, channel: '提出的方式', arrivedOn: '来到机关的日期' }}
          formKey={textOf(raw, 'formKey')}
          label="登记申请"
        >
          <SelectField name="channel" label="提出的方式" required options={filedOptions} />
          <DateField
            name="arrivedOn"
            label="来到机关的日期"
            required
            max={ctx.clock.today()}
            hint="当面提交之日、签收之日，或者信函、传真到达之日"
          />
          <WhatFields
            organs={organs
              .filter(organ => mayFileRequest(ctx.actor, organ.id))
              .map(organ => ({ value: organ.id, label: organ.name }))}
          />
          <WhoFields />
          <Actions primary="登记" cancel={{ label: '返回', href: '/requests' }} />
        </Form>
      </>
    ),
  })
}

/** Number and code, to be handed to the applicant; the code is shown this once. */
function showReceipt({ request, code }: Registered): Reply {
  return page({
    title: `已经登记：${request.number}`,
    crumbs: [{ label: '依申请公开', href: '/requests' }, { label: request.number }],
    headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
    body: (
      <>
        <PageHead
          title="已经登记"
          note="请把登记编号和查询码交给申请人。查询码只显示这一次。"
          actions={
            <LinkButton tone="primary" href={`/requests/${request.id}`}>
              办理这件申请
            </LinkButton>
          }
        />
        <DefinitionList
          items={[
            { term: '登记编号', value: <b>{request.number}</b> },
            { term: '查询码', value: <b>{code}</b> },
            { term: '状态', value: states[request.state] },
            { term: '收到申请之日', value: request.receivedOn ?? '要先与申请人确认' },
            { term: '答复期限', value: request.dueOn },
            { term: '依据', value: receiptRules[request.channel].words },
          ]}
        />
      </>
    ),
  })
}
