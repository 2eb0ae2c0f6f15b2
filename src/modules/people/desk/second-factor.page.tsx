import { type FormErrors, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { QrCode } from '#ui/components/qr-code'
import { Sheet } from '#ui/components/sheet'
import { Actions, DangerAct, Form, HiddenField, LinkButton, TextField } from '#ui/forms'
import {
  beginEnrolment,
  confirmCodeInput,
  confirmEnrolment,
  confirmPasswordInput,
  type Enrolment,
  renewBackupCodes,
  stopSecondFactor,
} from '../actions/enrol-second-factor.ts'
import { localPath } from '../local-path.ts'
import { mayUseDesk } from '../policy.ts'
import { secretInGroups } from '../second-factor.ts'
import { getStaff } from '../staff-queries.ts'
import { mustHaveSecondFactor, nextStep } from './next-step.ts'

const path = '/account/second-factor'
export const routes: DeskRoute[] = [
  { method: 'GET', path, may: mayUseDesk, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: `${path}/begin`, may: mayUseDesk, handle: begin },
  { method: 'POST', path: `${path}/confirm`, may: mayUseDesk, handle: confirm },
  { method: 'POST', path: `${path}/codes`, may: mayUseDesk, handle: renew },
  { method: 'POST', path: `${path}/stop`, may: mayUseDesk, handle: stop },
]

const crumbs = [{ label: '我的账号', href: '/account' }]
const wantedOf = (incoming: Incoming) =>
  localPath(textOf(incoming.form, 'to') || String(incoming.query.to ?? ''))

async function begin(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(confirmPasswordInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  const begun = await beginEnrolment(ctx, incoming.cookies, read.value.password)
  return 'wrong' in begun ? show(ctx, incoming, { password: begun.wrong }) : showScan(incoming, begun)
}

async function confirm(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(confirmCodeInput, incoming.form)
  if (!read.ok) return showScan(incoming, null, read.errors)
  const cookies = await confirmEnrolment(ctx, incoming.cookies, read.value.code)
  if (!cookies)
    return showScan(incoming, null, { code: '验证码不对。请核对手机时间是否准确，填写当前显示的6位数字。' })
  const to = wantedOf(incoming) ?? '/account?done=factor-on'
  return { ...seeOther(await nextStep(ctx, ctx.actor.id, to)), cookies }
}

async function renew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(confirmPasswordInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, {}, read.errors)
  const renewed = await renewBackupCodes(ctx, incoming.cookies, read.value.password)
  if ('wrong' in renewed) return show(ctx, incoming, {}, { password: renewed.wrong })
  return page({
    title: '新的备用码',
    crumbs,
    body: (
      <>
        <PageHead title="新的备用码" note="原来的备用码从现在起作废。" />
        <BackupCodes codes={renewed.codes} />
        <LinkButton href="/account">已经抄好</LinkButton>
      </>
    ),
  })
}

async function stop(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(confirmPasswordInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, {}, {}, read.errors)
  const stopped = await stopSecondFactor(ctx, incoming.cookies, read.value.password)
  if ('wrong' in stopped) return show(ctx, incoming, {}, {}, { password: stopped.wrong })
  const next = await nextStep(ctx, ctx.actor.id, '/account?done=factor-off')
  return { ...seeOther(next), cookies: stopped.cookies }
}

function PasswordField() {
  return (
    <TextField
      name="password"
      label="登录密码"
      hint="为防别人趁您离开时操作，请再填一次。"
      type="password"
      required
      maxLength={128}
      autocomplete="current-password"
    />
  )
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  beginErrors: FormErrors = {},
  renewErrors: FormErrors = {},
  stopErrors: FormErrors = {},
): Promise<Reply> {
  const { twoFactorEnabled } = await getStaff(ctx.db, ctx.actor.id)
  const required = await mustHaveSecondFactor(ctx, ctx.actor.id)
  const failed = [beginErrors, renewErrors, stopErrors].some(errors => Object.keys(errors).length > 0)
  const to = wantedOf(incoming)
  return page({
    title: '验证器（双因素登录）',
    status: failed ? 422 : 200,
    crumbs,
    body: twoFactorEnabled ? (
      <>
        <PageHead title="验证器（双因素登录）" note="已启用。登录时输入密码以后，还要输入手机上的验证码。" />
        <Sheet title="换一组备用码">
          <p>备用码快用完了，或者可能被别人看到时，请换一组。</p>
          <Form id="renew" action={`${path}/codes`} errors={renewErrors} labels={{ password: '登录密码' }}>
            <PasswordField />
            <Actions primary="换一组备用码" />
          </Form>
        </Sheet>
        <Sheet title="换手机或停用">
          <DangerAct
            label="停用验证器"
            warning={
              required
                ? '按本单位的规定您必须使用验证器：停用后要马上在新手机上重新启用，才能继续工作。'
                : '停用后只凭密码登录，安全性会降低。'
            }
            action={`${path}/stop`}
            confirm="停用"
            errors={stopErrors}
            labels={{ password: '登录密码' }}
          >
            <PasswordField />
          </DangerAct>
        </Sheet>
      </>
    ) : (
      <>
        <PageHead
          title="启用验证器（双因素登录）"
          note="密码可能被猜到或偷看；加上手机上每30秒一换的验证码，别人拿到密码也登录不了。"
        />
        {required && (
          <Notice tone="info" title="按本单位的规定，您的账号必须启用验证器">
            启用后就可以继续工作，大约一分钟。
          </Notice>
        )}
        <p>
          手机上需要一个验证器应用，例如系统自带的密码管理、微信小程序“腾讯身份验证器”，或任何支持TOTP的应用；不需要联网。
        </p>
        <Form action={`${path}/begin`} errors={beginErrors} labels={{ password: '登录密码' }}>
          {to && <HiddenField name="to" value={to} />}
          <PasswordField />
          <Actions primary="开始启用" cancel={required ? undefined : { label: '返回', href: '/account' }} />
        </Form>
      </>
    ),
  })
}

/** The secret is on this page alone; after a wrong code only the code is asked for again. */
function showScan(incoming: Incoming, enrolment: Enrolment | null, errors?: FormErrors): Reply {
  const to = wantedOf(incoming)
  return page({
    title: '启用验证器',
    status: errors ? 422 : 200,
    crumbs,
    body: (
      <>
        <PageHead title="启用验证器" />
        {enrolment && (
          <>
            <Sheet title="第一步：用验证器扫这个二维码">
              <div class="[&_.qr-code]:size-56">
                <QrCode text={enrolment.uri} label="验证器二维码" />
              </div>
              <p class="mt-4">
                扫不了时，在验证器里选“手动输入”，填这串密钥：
                <code>{secretInGroups(enrolment.uri)}</code>
              </p>
            </Sheet>
            <Sheet title="第二步：抄下备用码">
              <BackupCodes codes={enrolment.backupCodes} />
            </Sheet>
          </>
        )}
        <Sheet title={enrolment ? '第三步：填写验证器上显示的数字' : '填写验证器上显示的数字'}>
          <Form action={`${path}/confirm`} errors={errors} labels={{ code: '验证码' }}>
            {to && <HiddenField name="to" value={to} />}
            <TextField
              name="code"
              label="验证码"
              hint="6位数字，每30秒换一次"
              required
              maxLength={10}
              width="short"
              inputMode="numeric"
              autocomplete="one-time-code"
            />
            <Actions primary="启用" cancel={{ label: '重新开始', href: path }} />
          </Form>
        </Sheet>
      </>
    ),
  })
}

function BackupCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <p>手机不在身边时，用备用码代替验证码，每个只能用一次。它们只显示这一次，请抄在纸上，锁好。</p>
      <ul class="mt-4 columns-2 max-w-md">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </>
  )
}
