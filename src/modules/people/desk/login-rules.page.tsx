import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, RadioList, TextField } from '#ui/forms'
import { changeLoginRulesInput, permitLoginRules, setLoginRules } from '../actions/change-login-rules.ts'
import { getLoginRules } from '../login-queries.ts'
import { secondFactorRules } from '../login-rules.ts'
import { mayGiveRights } from '../policy.ts'
import { DoneNotice } from './words.tsx'

const path = '/people/login-rules'
const may = (actor: DeskContext['actor']) => mayGiveRights(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path, may, handle: ask },
  { method: 'POST', path, may, handle: change },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  await permitLoginRules(ctx)
  const rules = await getLoginRules(ctx.db)
  const texts = Object.entries(rules).map(([name, value]) => [name, String(value)] as const)
  return show(incoming, { ...Object.fromEntries(texts), ...incoming.form })
}

async function change(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(changeLoginRulesInput, incoming.form)
  if (!read.ok) return show(incoming, read.raw, read.errors)
  await setLoginRules(ctx, read.value)
  return seeOther(`${path}?done=saved`)
}

const labels = {
  secondFactor: '谁必须使用验证器',
  idleMinutes: '多久没有操作自动退出（分钟）',
  longestHours: '一次登录最长（小时）',
  passwordDays: '密码多久更换一次（天）',
}

function show(incoming: Incoming, values: RawForm, errors?: FormErrors): Reply {
  return page({
    title: '登录安全设置',
    status: errors ? 422 : 200,
    crumbs: [{ label: '人员与角色', href: '/people' }],
    body: (
      <>
        <PageHead
          title="登录安全设置"
          note="对整个工作台的所有人员立即生效。等级保护三级要求所有人员使用两种方式登录。"
        />
        <DoneNotice incoming={incoming} />
        <Form action={path} values={values} errors={errors} labels={labels}>
          <RadioList
            name="secondFactor"
            label={labels.secondFactor}
            hint="还没有启用验证器的人，下次操作时要先启用。"
            required
            options={Object.entries(secondFactorRules).map(([value, label]) => ({ value, label }))}
          />
          <TextField
            name="idleMinutes"
            label={labels.idleMinutes}
            hint="5至240，通常30"
            required
            width="short"
            inputMode="numeric"
          />
          <TextField
            name="longestHours"
            label={labels.longestHours}
            hint="1至24，通常12"
            required
            width="short"
            inputMode="numeric"
          />
          <TextField
            name="passwordDays"
            label={labels.passwordDays}
            hint="1至365，通常90"
            required
            width="short"
            inputMode="numeric"
          />
          <Actions primary="保存" cancel={{ label: '返回', href: '/people' }} />
        </Form>
      </>
    ),
  })
}
