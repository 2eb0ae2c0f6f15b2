import { type FormErrors, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, HiddenField, TextField } from '#ui/forms'
import { changeOwnPassword, changeOwnPasswordInput } from '../actions/change-own-password.ts'
import { localPath } from '../local-path.ts'
import { sessionCookie } from '../login.ts'
import { passwordAdvice } from '../password-rules.ts'
import { mayUseDesk } from '../policy.ts'
import { findSessionId } from '../session-queries.ts'
import { nextStep } from './next-step.ts'

export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/account/password',
    may: mayUseDesk,
    handle: async (_, incoming) => show(incoming),
  },
  { method: 'POST', path: '/account/password', may: mayUseDesk, handle: change },
]

async function change(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(changeOwnPasswordInput, incoming.form)
  if (!read.ok) return show(incoming, read.errors)
  const sessionId = await findSessionId(ctx.db, incoming.cookies[sessionCookie])
  const errors = await changeOwnPassword(ctx, sessionId, read.value)
  if (errors) return show(incoming, errors)
  const to = localPath(textOf(incoming.form, 'to'))
  return seeOther(await nextStep(ctx, ctx.actor.id, to ?? '/account?done=password'))
}

const labels = { currentPassword: '现在的密码', newPassword: '新密码', repeatedPassword: '再填一次新密码' }

function show(incoming: Incoming, errors?: FormErrors): Reply {
  const first = textOf({ ...incoming.form, ...(incoming.query as typeof incoming.form) }, 'first') === '1'
  const to = localPath(textOf(incoming.form, 'to') || String(incoming.query.to ?? ''))
  return page({
    title: '修改密码',
    status: errors ? 422 : 200,
    crumbs: [{ label: '我的账号', href: '/account' }],
    body: (
      <>
        <PageHead title="修改密码" />
        {first && (
          <Notice tone="info" title="请先改成自己的密码">
            初始密码只能用来登录一次；密码用满规定的天数后也要更换。改好后就可以继续。
          </Notice>
        )}
        <Form action="/account/password" errors={errors} labels={labels}>
          {to && <HiddenField name="to" value={to} />}
          {first && <HiddenField name="first" value="1" />}
          <TextField
            name="currentPassword"
            label={labels.currentPassword}
            type="password"
            required
            maxLength={128}
            autocomplete="current-password"
          />
          <TextField
            name="newPassword"
            label={labels.newPassword}
            hint={passwordAdvice}
            type="password"
            required
            maxLength={128}
            autocomplete="new-password"
          />
          <TextField
            name="repeatedPassword"
            label={labels.repeatedPassword}
            type="password"
            required
            maxLength={128}
            autocomplete="new-password"
          />
          <Actions primary="修改密码" cancel={first ? undefined : { label: '返回', href: '/account' }} />
        </Form>
      </>
    ),
  })
}
