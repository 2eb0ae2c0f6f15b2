import { type FormErrors, readForm } from '#lib/forms'
import { recipientsByIds } from '#modules/people'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, RadioList } from '#ui/forms'
import { chooseMail, chooseMailInput } from '../actions/choose-mail.ts'
import { mailChoices } from '../notification.ts'
import type { Outside } from '../outside.ts'
import { mayReadOwn } from '../policy.ts'
import { mailChoiceOf } from '../queries.ts'
import { NoMailServer } from './mail-notice.tsx'

export const routes = (outside: Outside): DeskRoute[] => [
  {
    method: 'GET',
    path: '/notifications/settings',
    may: mayReadOwn,
    handle: (ctx, incoming) => show(ctx, incoming, outside),
  },
  {
    method: 'POST',
    path: '/notifications/settings',
    may: mayReadOwn,
    async handle(ctx, incoming) {
      const read = readForm(chooseMailInput, incoming.form)
      if (!read.ok) return show(ctx, incoming, outside, read.errors)
      await chooseMail(ctx, read.value)
      return seeOther('/notifications/settings?done=saved')
    },
  },
]

/** How the own notifications come by mail. */
async function show(
  ctx: DeskContext,
  incoming: Incoming,
  { office, digestAt }: Outside,
  errors?: FormErrors,
): Promise<Reply> {
  const [mail, people] = await Promise.all([
    mailChoiceOf(ctx.db, ctx.actor.id),
    recipientsByIds(ctx.db, [ctx.actor.id]),
  ])
  const address = people.get(ctx.actor.id)?.mailAddress
  return page({
    status: errors ? 422 : 200,
    title: '怎样收邮件',
    crumbs: [{ label: '通知', href: '/notifications' }, { label: '怎样收邮件' }],
    body: (
      <>
        <PageHead title="怎样收邮件" note="无论怎样选，所有通知都在工作台的“通知”里。" />
        {incoming.query.done === 'saved' ? <Notice tone="success" title="已保存。" /> : null}
        {office === null && <NoMailServer />}
        {!address && (
          <Notice tone="warning" title="您还没有填写邮箱，收不到邮件">
            请在<a href="/account">我的账号</a>里填写。
          </Notice>
        )}
        <Sheet title="邮件">
          {address && (
            <p>
              发到 {address}，在<a href="/account">我的账号</a>里修改。
            </p>
          )}
          <Form
            action="/notifications/settings"
            label="怎样收邮件"
            values={errors ? incoming.form : { mail }}
            errors={errors}
            labels={{ mail: '怎样收邮件' }}
          >
            <RadioList
              name="mail"
              label="怎样收邮件"
              hint={`汇总在每天早上 ${digestAt} 发出；逾期和催办算紧急。`}
              options={Object.entries(mailChoices).map(([value, label]) => ({ value, label }))}
              required
            />
            <Actions primary="保存" cancel={{ label: '返回', href: '/notifications' }} />
          </Form>
        </Sheet>
      </>
    ),
  })
}
