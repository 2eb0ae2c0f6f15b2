import { inChinese, momentInBeijing } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import type { FormErrors } from '#lib/forms'
import { listOrgans, type Organ } from '#modules/organisations'
import { type Role, roles } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import {
  Actions,
  DangerAct,
  DateField,
  Form,
  LinkButton,
  PostButton,
  SelectField,
  TextField,
} from '#ui/forms'
import { nameSubject } from '../lock-out.ts'
import { findLockedUntil, getLoginRules } from '../login-queries.ts'
import { sessionState } from '../login-rules.ts'
import { keptOrgans, mayGiveRights, mayKeepAccounts, mayLock, mayReadPerson } from '../policy.ts'
import { listPosts } from '../post-queries.ts'
import { isAdministrator } from '../separation.ts'
import { listOpenSessions } from '../session-queries.ts'
import type { StaffAccount } from '../staff.ts'
import { getStaff } from '../staff-queries.ts'
import { PostTable } from './posts.tsx'
import { SessionTable } from './sessions.tsx'
import { StaffStateTag } from './staff-state-tag.tsx'
import { DoneNotice, idOf } from './words.tsx'

/** The form of the page that an error belongs to. */
export type PersonForm = 'account' | 'post' | 'posts' | 'lock' | 'login'
type Failed = { form: PersonForm; errors: FormErrors }

export async function showPerson(ctx: DeskContext, incoming: Incoming, failed?: Failed): Promise<Reply> {
  const { db, actor } = ctx
  const id = idOf(incoming.params.id)
  const staff = await getStaff(db, id)
  permit(mayReadPerson(actor, staff.organId), 'people.may-not-read')
  const now = ctx.clock.now()
  const [organs, posts, rules, open, lockedUntil] = await Promise.all([
    listOrgans(db, { includeAbolished: true }),
    listPosts(db, id, ctx.clock.today()),
    getLoginRules(db),
    listOpenSessions(db, id),
    findLockedUntil(db, nameSubject(staff.username), now),
  ])
  const sessions = open.filter(session => sessionState(session, rules, now) === 'live')
  const rights = mayGiveRights(actor, staff.organId) && staff.state !== 'left'
  const errorsIn = (form: PersonForm) => (failed?.form === form ? failed.errors : undefined)
  const general =
    failed && ['posts', 'login'].includes(failed.form) ? Object.values(failed.errors)[0] : undefined
  return page({
    title: staff.name,
    status: failed ? 422 : 200,
    crumbs: [{ label: '人员与角色', href: '/people' }],
    body: (
      <>
        <PageHead
          title={staff.name}
          note={<StaffStateTag state={staff.state} />}
          actions={
            rights ? <LinkButton href={`/people/${id}/hand-over`}>离岗、调动交接</LinkButton> : undefined
          }
        />
        <DoneNotice incoming={incoming} />
        {general && <Notice tone="error" title={general} />}
        <StateNotice staff={staff} lockedUntil={lockedUntil} />
        <Sheet title="账号">
          <Account {...{ staff, organs, actor, incoming }} errors={errorsIn('account')} />
        </Sheet>
        <Sheet title="角色" count={posts.length}>
          <PostTable
            posts={posts}
            organs={organs}
            today={ctx.clock.today()}
            endAction={rights ? `/people/${id}/posts/end` : undefined}
          />
          {rights && (
            <PostForm
              action={`/people/${id}/posts`}
              organs={organs.filter(
                organ => organ.abolishedOn === null && keptOrgans(actor).includes(organ.id),
              )}
              values={failed?.form === 'post' ? incoming.form : { organId: staff.organId }}
              errors={errorsIn('post')}
            />
          )}
          {!rights && staff.state !== 'left' && <p>角色由安全管理员添加和撤销。</p>}
        </Sheet>
        <Sheet title="登录和安全">
          <LoginActs {...{ staff, rights, actor, incoming }} errors={errorsIn('lock')} />
          {rights && (
            <>
              <h3 class="mt-8 mb-2">现在的登录</h3>
              <SessionTable sessions={sessions} endAction={`/people/${id}/sessions/end`} />
            </>
          )}
        </Sheet>
      </>
    ),
  })
}

function StateNotice({ staff, lockedUntil }: { staff: StaffAccount; lockedUntil: Date | null }) {
  if (staff.state === 'left') {
    return (
      <Notice tone="info" title={`${inChinese(staff.leftOn ?? '')}离岗`}>
        {staff.stateReason}。账号不能再用，过去的记录照旧保留。
      </Notice>
    )
  }
  if (staff.state === 'locked') {
    return (
      <Notice tone="warning" title="账号已锁定">
        原因：{staff.stateReason}
      </Notice>
    )
  }
  return lockedUntil ? (
    <Notice tone="warning" title={`连续输错密码，${momentInBeijing(lockedUntil)} 之前不能登录`}>
      核实是本人以后，可以提前解锁。
    </Notice>
  ) : null
}

function Account(props: {
  staff: StaffAccount
  organs: readonly Organ[]
  actor: DeskContext['actor']
  incoming: Incoming
  errors: FormErrors | undefined
}) {
  const { staff, organs, actor, errors } = props
  const facts = (
    <DefinitionList
      items={[
        { term: '用户名', value: staff.username },
        { term: '姓名', value: staff.name },
        { term: '机构', value: organs.find(organ => organ.id === staff.organId)?.name ?? null },
        { term: '建立', value: momentInBeijing(staff.createdAt) },
        { term: '最近登录', value: staff.lastLoginAt ? momentInBeijing(staff.lastLoginAt) : '还没有登录过' },
      ]}
    />
  )
  if (staff.state === 'left' || !mayKeepAccounts(actor, staff.organId)) return facts
  const kept = keptOrgans(actor)
  return (
    <>
      {facts}
      <h3 class="mt-8 mb-2">修改</h3>
      <Form
        id="account"
        action={`/people/${staff.id}`}
        values={
          errors
            ? props.incoming.form
            : { name: staff.name, organId: staff.organId, mailAddress: staff.mailAddress }
        }
        errors={errors}
        labels={{ name: '姓名', organId: '机构', mailAddress: '邮箱' }}
      >
        <TextField name="name" label="姓名" required maxLength={50} width="short" />
        <SelectField
          name="organId"
          label="机构"
          required
          options={organs
            .filter(organ => organ.abolishedOn === null && kept.includes(organ.id))
            .map(organ => ({ value: organ.id, label: organ.name }))}
        />
        <TextField
          name="mailAddress"
          label="邮箱"
          hint="到期提醒发到这里；可以留空。"
          type="email"
          maxLength={254}
          autocomplete="off"
        />
        <Actions primary="保存" />
      </Form>
    </>
  )
}

function PostForm(props: {
  action: string
  organs: readonly Organ[]
  values: Incoming['form']
  errors: FormErrors | undefined
}) {
  return (
    <>
      <h3 class="mt-8 mb-2">添加角色</h3>
      <p>三类管理员必须是三个人，并且不能再有别的角色。日期不填，就是从今天起、一直有效。</p>
      <Form
        id="post"
        label="添加角色"
        layout="row"
        action={props.action}
        values={props.values}
        errors={props.errors}
        labels={{ role: '角色', organId: '机构', fromOn: '从哪天起', untilOn: '到哪天止' }}
      >
        <SelectField
          name="role"
          label="角色"
          required
          options={(Object.entries(roles) as [Role, string][]).map(([value, label]) => ({
            value,
            label,
            group: isAdministrator(value) ? '管理员（三员分立）' : '业务角色',
          }))}
        />
        <SelectField
          name="organId"
          label="机构"
          required
          options={props.organs.map(organ => ({ value: organ.id, label: organ.name }))}
        />
        <DateField name="fromOn" label="从哪天起" />
        <DateField name="untilOn" label="到哪天止" />
        <Actions primary="添加角色" />
      </Form>
    </>
  )
}

function LoginActs(props: {
  staff: StaffAccount
  rights: boolean
  actor: DeskContext['actor']
  incoming: Incoming
  errors: FormErrors | undefined
}) {
  const { staff, rights, actor, errors } = props
  const base = `/people/${staff.id}`
  return (
    <>
      <DefinitionList
        items={[
          { term: '密码', value: `${momentInBeijing(staff.passwordChangedAt)} 设置` },
          {
            term: '验证器',
            value: (
              <StateTag state={staff.twoFactorEnabled ? 'met' : 'off'}>
                {staff.twoFactorEnabled ? '已启用' : '未启用'}
              </StateTag>
            ),
          },
        ]}
      />
      <div class="actions mt-4">
        {rights && <PostButton action={`${base}/unlock`} label="解锁" />}
        {rights && (
          <DangerAct
            label="重置密码"
            warning="原来的密码立即作废，所有登录立即结束。新的一次性密码只显示一次，请先确认是本人要求。"
            action={`${base}/reset-password`}
            confirm="重置密码"
          />
        )}
        {rights && staff.twoFactorEnabled && (
          <DangerAct
            label="解除验证器"
            warning="用在手机丢失时。请当面核实是本人，解除后只凭密码就能登录，直到重新绑定。"
            action={`${base}/second-factor/remove`}
            confirm="解除验证器"
          />
        )}
        {staff.state === 'active' && mayLock(actor, staff) && (
          <DangerAct
            label="锁定账号"
            warning="立即结束这个账号的所有登录，解锁之前不能再登录。"
            action={`${base}/lock`}
            confirm="锁定"
            values={errors ? props.incoming.form : {}}
            errors={errors}
            labels={{ reason: '原因' }}
          >
            <TextField name="reason" label="原因" required maxLength={200} width="full" />
          </DangerAct>
        )}
      </div>
    </>
  )
}
