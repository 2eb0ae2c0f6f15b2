import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form, SelectField, TextField } from '#ui/forms'
import { createStaff, createStaffInput } from '../actions/create-staff.ts'
import { keptOrgans, mayKeepAccounts } from '../policy.ts'
import { showPassword } from './one-time-password.tsx'
import { errorsOf } from './words.tsx'

const may = (actor: DeskContext['actor']) => mayKeepAccounts(actor)
export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/people/new',
    may,
    handle: (ctx, incoming) => show(ctx, { organId: String(incoming.query.organ ?? ''), ...incoming.form }),
  },
  { method: 'POST', path: '/people/new', may, handle: create },
]

/** Every account made at the desk has to change its first password: that field is not for forms. */
const formInput = createStaffInput.omit({ mustChangePassword: true })

async function create(ctx: DeskContext, { form }: Incoming): Promise<Reply> {
  const read = readForm(formInput, form)
  if (!read.ok) return show(ctx, read.raw, read.errors)
  try {
    const made = await createStaff(ctx, { ...read.value, mustChangePassword: true })
    return showPassword({
      title: `已新建“${read.value.name}”的账号`,
      username: made.username,
      password: made.password,
      next: { label: '查看这个账号', href: `/people/${made.staffId}` },
    })
  } catch (error) {
    return show(ctx, form, errorsOf(error))
  }
}

const labels = { name: '姓名', username: '用户名', organId: '机构', mailAddress: '邮箱' }

async function show(ctx: DeskContext, values: RawForm, errors?: FormErrors): Promise<Reply> {
  const kept = keptOrgans(ctx.actor)
  const organs = (await listOrgans(ctx.db)).filter(organ => kept.includes(organ.id))
  return page({
    title: '新建账号',
    status: errors ? 422 : 200,
    crumbs: [{ label: '人员与角色', href: '/people' }],
    body: (
      <>
        <PageHead
          title="新建账号"
          note="建好后显示一次初始密码，请当面或用电话交给本人，本人第一次登录时自己改。角色由安全管理员另外添加。"
        />
        <Form
          action="/people/new"
          values={values}
          errors={errors}
          labels={labels}
          formKey={textOf(values, 'formKey') || crypto.randomUUID()}
        >
          <TextField
            name="name"
            label={labels.name}
            required
            maxLength={50}
            width="short"
            autocomplete="off"
          />
          <TextField
            name="username"
            label={labels.username}
            hint="登录时用，建议用姓名全拼，例如 shenxiaolan。只用小写字母、数字、点、横线、下划线。"
            required
            maxLength={32}
            autocomplete="off"
          />
          <SelectField
            name="organId"
            label={labels.organId}
            required
            options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
          />
          <TextField
            name="mailAddress"
            label={labels.mailAddress}
            hint="到期提醒发到这里；可以留空，本人以后也能自己填。"
            type="email"
            maxLength={254}
            autocomplete="off"
          />
          <Actions primary="新建账号" cancel={{ label: '返回', href: '/people' }} />
        </Form>
      </>
    ),
  })
}
