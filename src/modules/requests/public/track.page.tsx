import { inChinese, momentInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { publicId } from '#lib/ids'
import { getOrgan } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { SectionHead } from '#ui/components/section-head'
import { Timeline } from '#ui/components/timeline'
import { Actions, Form, HiddenField, TextArea, TextField } from '#ui/forms'
import { actFacts } from '../act-facts.ts'
import {
  receiveCorrection,
  receiveReasons,
  repliedInput,
  withdraw,
  withdrawInput,
} from '../actions/ask-applicant.ts'
import { lookUp } from '../actions/look-up.ts'
import { takeBack } from '../actions/take-in-request.ts'
import { type Act, acts, actsAtHand } from '../acts.ts'
import { ClockTable, dueInWords } from '../clock-table.tsx'
import { letterKinds } from '../letters/letter.ts'
import { type Case, findRequest, gatherCase, listEvents } from '../queries.ts'
import { grounds, ruleOf } from '../reply-kinds.ts'
import { channels, type RequestEvent, states } from '../request.ts'
import { mustComeFromHere, privatePage } from './private-page.tsx'

const path = '/requests/track'

export const routes: PublicRoute[] = [
  { method: 'GET', path, rule: showsNoPublications, handle: async ctx => ask(ctx) },
  { method: 'POST', path, rule: showsNoPublications, handle: follow },
]

const labels = { number: '登记编号', code: '查询码', words: '内容' }

/** Number and code are posted, never part of an address. */
function ask(ctx: PublicContext, failed?: { raw: RawForm; message: string; status: number }): Reply {
  return privatePage(ctx, {
    status: failed?.status,
    title: '查询办理情况',
    crumb: '查询办理情况',
    body: (
      <>
        <PageHead title="查询办理情况" note="登记编号和查询码在回执上。" />
        <Form
          action={`${ctx.site.base}${path}`}
          values={failed ? { number: textOf(failed.raw, 'number') } : {}}
          errors={failed ? { number: failed.message } : {}}
          labels={labels}
          label="查询办理情况"
        >
          <TextField name="number" label="登记编号" required maxLength={30} hint="例如 20261124-001" />
          <TextField name="code" label="查询码" required maxLength={30} autocomplete="off" />
          <Actions primary="查询" />
        </Form>
      </>
    ),
  })
}

/** Shows the case, or does what the applicant asks for and shows it then. */
async function follow(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  mustComeFromHere(incoming)
  const { form: raw } = incoming
  const typed = { number: textOf(raw, 'number'), code: textOf(raw, 'code') }
  let id: string
  try {
    id = (await lookUp(ctx, { siteId: ctx.site.id, ip: incoming.ip }, typed)).id
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return ask(ctx, { raw, message: error.message, status: error.status })
  }
  const act = textOf(raw, 'act')
  if (act === '') return show(ctx, id, typed.code)
  try {
    const errors = await perform(ctx, id, typed.code, act, raw)
    if (errors) return show(ctx, id, typed.code, { act, raw, errors, status: 422 })
    return show(ctx, id, typed.code, { done: true })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return show(ctx, id, typed.code, { act, raw, errors: { '': error.message }, status: error.status })
  }
}

/** @returns what the form lacks; null when it is done. */
async function perform(
  ctx: PublicContext,
  id: string,
  code: string,
  act: string,
  raw: RawForm,
): Promise<FormErrors | null> {
  const once = { formKey: textOf(raw, 'formKey') || null }
  if (act === 'take-back') {
    await takeBack(ctx, id, { code }, once)
    return null
  }
  if (act === 'withdraw') {
    const read = readForm(withdrawInput, raw)
    if (!read.ok) return read.errors
    await withdraw(ctx, id, { code }, read.value, once)
    return null
  }
  const read = readForm(repliedInput, raw)
  if (!read.ok) return read.errors
  if (act === 'receive-correction') await receiveCorrection(ctx, id, { code }, read.value, once)
  else if (act === 'receive-reasons') await receiveReasons(ctx, id, { code }, read.value, once)
  return null
}

interface Shown {
  done?: boolean
  act?: string
  raw?: RawForm
  errors?: FormErrors
  status?: number
}

async function show(ctx: PublicContext, id: string, code: string, shown: Shown = {}): Promise<Reply> {
  const request = await findRequest(ctx.db, { id })
  if (!request) return ask(ctx)
  const facts = await gatherCase(ctx.db, request)
  const [events, organ] = await Promise.all([listEvents(ctx.db, id), getOrgan(ctx.db, request.organId)])
  const offered = actsAtHand(['applicant'], request.state, actFacts(facts, ctx.actor, ctx.clock))
  return privatePage(ctx, {
    status: shown.status,
    title: `申请 ${request.number}`,
    crumb: request.number,
    body: (
      <>
        <PageHead title={`申请 ${request.number}`} note={states[request.state]} />
        {shown.done ? <Notice tone="success" title="已经办好。" /> : null}
        {shown.errors?.[''] ? (
          <Notice tone="error" title="没有办成">
            {shown.errors['']}
          </Notice>
        ) : null}
        <DefinitionList
          items={[
            { term: '受理机关', value: organ.name },
            {
              term: '提出方式',
              value: `${channels[request.channel]}，${momentInBeijing(request.submittedAt)}`,
            },
            {
              term: '收到申请之日',
              value: request.receivedOn ? inChinese(request.receivedOn) : '还没有确认收到',
            },
            {
              term: '答复期限',
              value: request.endedOn ? null : facts.clock ? dueInWords(facts.clock) : '确认收到以后开始计算',
            },
            { term: '办结', value: request.endedOn && inChinese(request.endedOn) },
          ]}
        />
        {facts.clock && !request.endedOn ? <ClockTable clock={facts.clock} /> : null}
        {request.endedOn ? <Answer facts={facts} /> : null}
        {offered
          .filter(one => one.why === null)
          .map(({ act }) => (
            <ActForm
              key={act}
              act={act}
              asked={askedWords(events, act)}
              number={request.number}
              code={code}
              action={`${ctx.site.base}${path}`}
              failed={shown.act === act ? shown : null}
            />
          ))}
        <SectionHead title="经过" />
        <Timeline steps={events.flatMap(told)} />
      </>
    ),
  })
}

/** What of the course the applicant is told. */
function told(event: RequestEvent) {
  const title =
    event.act === 'submit' ? '您提交了申请' : event.act === 'file' ? '登记了您的申请' : acts[event.act].told
  return title ? [{ title, at: event.onDay, state: 'done' as const }] : []
}

/** What the office has asked for, so that it stands where the answer is written. */
function askedWords(events: readonly RequestEvent[], act: Act): string | null {
  const question =
    act === 'receive-correction' ? 'ask-correction' : act === 'receive-reasons' ? 'ask-reasons' : null
  return events.findLast(event => event.act === question)?.reason ?? null
}

function ActForm(props: {
  act: Act
  asked: string | null
  number: string
  code: string
  action: string
  failed: Shown | null
}) {
  const { act, failed } = props
  const { label } = acts[act]
  return (
    <details open={failed !== null || props.asked !== null}>
      <summary>
        <b>{act === 'receive-correction' ? '补正' : act === 'receive-reasons' ? '说明理由' : label}</b>
      </summary>
      {props.asked ? <p>机关的要求：{props.asked}</p> : null}
      <Form
        id={act}
        action={props.action}
        values={failed?.raw ?? {}}
        errors={failed?.errors ?? {}}
        labels={labels}
        label={label}
        formKey={publicId(20)}
      >
        <HiddenField name="act" value={act} />
        <HiddenField name="number" value={props.number} />
        <HiddenField name="code" value={props.code} />
        {act === 'receive-correction' || act === 'receive-reasons' ? (
          <TextArea name="words" label="内容" required rows={5} maxLength={5000} />
        ) : null}
        {act === 'withdraw' ? <TextArea name="words" label="还想说的" rows={2} maxLength={500} /> : null}
        <Actions primary={act === 'receive-correction' || act === 'receive-reasons' ? '提交' : label} />
      </Form>
    </details>
  )
}

/** What was decided of each item, once it was served. */
function Answer({ facts: { request, items, letters } }: { facts: Case }) {
  if (request.reportRow === null || !items.some(item => item.replyKind)) return null
  if (request.state !== 'served' && request.state !== 'archived') return null
  return (
    <section>
      <SectionHead title="答复" />
      {letters
        .filter(letter => letter.kind === 'reply')
        .map(letter => (
          <p key={letter.id}>
            {letterKinds.reply.label} {letter.number}，{inChinese(letter.signedOn)}
          </p>
        ))}
      {items.map(item =>
        item.replyKind ? (
          <DefinitionList
            key={item.id}
            items={[
              { term: `事项 ${item.position}`, value: item.description, wide: true },
              { term: '决定', value: `${ruleOf(item.replyKind).label}（${ruleOf(item.replyKind).article}）` },
              {
                term: '依据',
                value: item.ground && `${grounds[item.ground].article}：${grounds[item.ground].label}`,
              },
              { term: '理由', value: item.reasons || null, wide: true },
              { term: '获取方式', value: item.details.channel || null },
              { term: '不公开的部分', value: item.details.withheld || null },
              { term: '负责的机关', value: item.details.rightOrgan || null },
            ]}
          />
        ) : null,
      )}
    </section>
  )
}
