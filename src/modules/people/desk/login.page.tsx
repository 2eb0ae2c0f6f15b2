import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { Context } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, HiddenField, TextField } from '#ui/forms'
import { answerChallenge, answerChallengeInput } from '../actions/answer-challenge.ts'
import { keptFormPath } from '../actions/keep-form.ts'
import { signIn, signInInput } from '../actions/sign-in.ts'
import { signOut } from '../actions/sign-out.ts'
import { localPath, withQuery } from '../local-path.ts'
import { challengeCookie, endedCookies } from '../login.ts'
import { nextStep } from './next-step.ts'

/** A page for people who are not logged in; nobody is asked who they are. */
export interface LoginRoute {
  method: 'GET' | 'POST'
  path: string
  handle(ctx: Context, incoming: Incoming): Promise<Reply>
}

export const loginRoutes: LoginRoute[] = [
  {
    method: 'GET',
    path: '/login',
    handle: async (_, incoming) => showLogin(wishOf(incoming.query), incoming),
  },
  { method: 'POST', path: '/login', handle: logIn },
  {
    method: 'GET',
    path: '/login/code',
    handle: async (_, incoming) => showCode(wishOf(incoming.query), incoming),
  },
  { method: 'POST', path: '/login/code', handle: sendCode },
  { method: 'POST', path: '/logout', handle: logOut },
]

/** Where the person wants to go afterwards: an address, or a form that was kept. */
interface Wish {
  to: string | null
  kept: string | null
}

function wishOf(from: Incoming['query'] | RawForm): Wish {
  const one = (name: string) => textOf(from as RawForm, name)
  return { to: localPath(one('to')), kept: /^[\w-]{20,100}$/.test(one('kept')) ? one('kept') : null }
}

const wishFields = ({ to, kept }: Wish) => (
  <>
    {to && <HiddenField name="to" value={to} />}
    {kept && <HiddenField name="kept" value={kept} />}
  </>
)

function withWish(path: string, { to, kept }: Wish): string {
  const there = to ? withQuery(path, 'to', to) : path
  return kept ? withQuery(there, 'kept', kept) : there
}

async function logIn(ctx: Context, incoming: Incoming): Promise<Reply> {
  const wish = wishOf(incoming.form)
  const read = readForm(signInInput, incoming.form)
  if (!read.ok) return showLogin(wish, incoming, read.errors)
  const result = await signIn(ctx, read.value, incoming)
  if (result.step === 'refused') return showLogin(wish, incoming, {}, result.message)
  const to =
    result.step === 'code' ? withWish('/login/code', wish) : await arrival(ctx, result.staff.id, wish)
  return { ...seeOther(to), cookies: result.cookies }
}

async function sendCode(ctx: Context, incoming: Incoming): Promise<Reply> {
  const wish = wishOf(incoming.form)
  const read = readForm(answerChallengeInput, incoming.form)
  if (!read.ok) return showCode(wish, incoming, read.errors)
  const result = await answerChallenge(ctx, read.value, incoming)
  if (result.step === 'refused') return showCode(wish, incoming, {}, result.message)
  if (result.step === 'in') {
    return { ...seeOther(await arrival(ctx, result.staff.id, wish)), cookies: result.cookies }
  }
  const message = result.step === 'again' ? result.message : ''
  return { ...showLogin(wish, incoming, {}, message), cookies: endedCookies }
}

/** A kept form is given back only to whom it belongs; for anybody else it is as if it were not there. */
async function arrival(ctx: Context, staffId: string, { to, kept }: Wish): Promise<string> {
  const keptPath = kept && (await keptFormPath(ctx, staffId, kept))
  return nextStep(ctx, staffId, kept && keptPath ? withQuery(keptPath, 'kept', kept) : (to ?? '/'))
}

async function logOut(ctx: Context, incoming: Incoming): Promise<Reply> {
  await signOut(ctx, incoming)
  return { ...seeOther('/login?done=left'), cookies: endedCookies }
}

/** `refusal`: why the login did not succeed; it belongs to no single field. */
function showLogin(wish: Wish, incoming: Incoming, errors: FormErrors = {}, refusal?: string): Reply {
  return page({
    status: refusal || Object.keys(errors).length > 0 ? 422 : 200,
    title: '登录工作台',
    noIndex: true,
    body: (
      <>
        <PageHead title="登录工作台" note="工作人员用本单位系统管理员建的账号登录。" />
        {wish.kept && (
          <Notice tone="info" title="登录已过期，您刚才填写的内容保留着">
            用同一个账号登录后，会回到那张表，内容原样都在。请在24小时内登录。
          </Notice>
        )}
        {refusal && <Notice tone="error" title={refusal} />}
        {incoming.query.done === 'left' && <Notice tone="success" title="已退出登录。" />}
        <Form
          action="/login"
          label="登录"
          values={{ username: textOf(incoming.form, 'username') }}
          errors={errors}
          labels={{ username: '用户名', password: '密码' }}
        >
          {wishFields(wish)}
          <TextField name="username" label="用户名" required maxLength={64} autocomplete="username" />
          <TextField
            name="password"
            label="密码"
            type="password"
            required
            maxLength={128}
            autocomplete="current-password"
          />
          <Actions primary="登录" />
        </Form>
        <p class="mt-6">忘记密码，或者账号被锁定，请找本单位的安全管理员。</p>
      </>
    ),
  })
}

function showCode(wish: Wish, incoming: Incoming, errors: FormErrors = {}, refusal?: string): Reply {
  if (!incoming.cookies[challengeCookie]) return seeOther(withWish('/login', wish))
  return page({
    status: refusal || Object.keys(errors).length > 0 ? 422 : 200,
    title: '输入验证码',
    noIndex: true,
    body: (
      <>
        <PageHead title="输入验证码" note="第二步：打开手机上的验证器，输入“Mingtang”下面的6位数字。" />
        {refusal && <Notice tone="error" title={refusal} />}
        <Form action="/login/code" label="验证码" errors={errors} labels={{ code: '验证码' }}>
          {wishFields(wish)}
          <TextField
            name="code"
            label="验证码"
            hint="手机不在身边时，填一个备用码（10位），每个只能用一次。"
            required
            maxLength={20}
            width="short"
            autocomplete="one-time-code"
          />
          <Actions primary="继续" cancel={{ label: '换一个账号', href: withWish('/login', wish) }} />
        </Form>
        <p class="mt-6">手机丢了、备用码也没有了，请找本单位的安全管理员解除验证器。</p>
      </>
    ),
  })
}
