import { notAllowed } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, CheckboxField, Form, RadioList, TextArea, TextField } from '#ui/forms'
import { takeDown, takeDownInput } from '../actions/take-down.ts'
import { mayWithdraw } from '../policy.ts'
import { deskAddress, publicAddress } from './desk-address.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { type LoadedItem, loadItem } from './load-item.ts'
import { refusalAsErrors } from './refusals.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/publications/:id/take-down', may: actor => mayWithdraw(actor), handle: ask },
  { method: 'POST', path: '/publications/:id/take-down', may: actor => mayWithdraw(actor), handle: leave },
]

const labels = { how: '怎样停止公开', reason: '理由', to: '新的地址', confirmed: '确认' }

const ways = [
  {
    value: 'withdrawn',
    label: '撤下',
    hint: '内容有错或者不该公开。读者打开地址看到“发布机关已经撤下”、时间和理由，不再显示标题和正文。',
  },
  {
    value: 'superseded',
    label: '被新的内容取代',
    hint: '有了新的发布物。读者看到标题、“已经被新的内容取代”、理由和通往新内容的链接。',
  },
  {
    value: 'redirected',
    label: '转移到新地址',
    hint: '同一内容换了地址（例如重复发布）。读者直接被带到新地址，看不到停留的页面。',
  },
  {
    value: 'gone',
    label: '删除',
    hint: '依法应当删除。读者看到“发布机关已经删除”、时间和理由，不再显示标题和正文。',
  },
]

async function loadPublic(ctx: DeskContext, incoming: Incoming): Promise<LoadedItem> {
  const loaded = await loadItem(ctx, incoming)
  if (!mayWithdraw(ctx.actor, loaded.item.organId))
    throw notAllowed(
      'publications.may-not-withdraw',
      '停止公开由部门负责人或者政务公开办办理。请把理由告诉他们。',
    )
  return loaded
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadPublic(ctx, incoming)
  if (loaded.facts.left || !loaded.facts.wasPublic) return seeOther(deskAddress(loaded.item))
  return show(ctx, incoming, loaded, isGivenBack(incoming) ? incoming.form : {})
}

async function leave(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadPublic(ctx, incoming)
  const { form } = incoming
  const read = readForm(takeDownInput, { ...form, publicationId: loaded.item.id })
  const errors: FormErrors = {
    ...(read.ok ? {} : read.errors),
    ...(textOf(form, 'confirmed') === 'yes' ? {} : { confirmed: '请勾选确认：这件事马上对公众生效。' }),
  }
  if (!read.ok || Object.keys(errors).length > 0)
    return show(ctx, incoming, loaded, form, { errors, status: 422 })
  try {
    await takeDown(ctx, read.value)
    return seeOther(`${deskAddress(loaded.item)}?done=taken-down`)
  } catch (error) {
    return show(ctx, incoming, loaded, form, refusalAsErrors(error))
  }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  loaded: LoadedItem,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
): Promise<Reply> {
  const { item, current, next } = loaded
  const address = deskAddress(item)
  const title = current?.title ?? ''
  return page({
    title: `停止公开：${title}`,
    status: fault.status,
    crumbs: [
      { label: '发布物', href: '/publications' },
      { label: title, href: address },
      { label: '停止公开' },
    ],
    body: (
      <>
        <PageHead title="停止公开" note={`《${title}》 ${publicAddress(ctx, item)}`} />
        <GivenBackNotice incoming={incoming} />
        <Notice tone="warning" title="提交之后马上对公众生效，不能撤销。">
          地址会永远保留，不会变成“找不到页面”。这件事记入经过和审计，长期保存。只是文字有错，请用“更正”，不用停止公开。
          {next && '已经定时的新版也会一起取消。'}
        </Notice>
        <Form
          action={`${address}/take-down`}
          values={raw}
          errors={fault.errors}
          labels={labels}
          label="停止公开"
        >
          <RadioList name="how" label="怎样停止公开" required options={ways} />
          <TextArea
            name="reason"
            label="理由"
            required
            rows={3}
            maxLength={500}
            hint="读者打开旧地址时会看到，请用平实的话写，不要写人名和内部情况。"
          />
          <TextField
            name="to"
            label="新的地址"
            width="full"
            hint="只有“被新的内容取代”和“转移到新地址”要填：现在公开着的那一件的地址，例如 /policies/7k2m9c4x3p，也可以贴完整的网址。"
          />
          <CheckboxField name="confirmed" label="我确认：马上停止公开，理由会公开给读者" required />
          <Actions primary="停止公开" cancel={{ label: '不停止，返回', href: address }} />
        </Form>
      </>
    ),
  })
}
