import { momentInBeijing } from '#lib/beijing-time'
import { type FormErrors, readForm, textOf } from '#lib/forms'
import { getOrgan, listOrgans } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Actions, Form, LinkButton, PostButton, TextField } from '#ui/forms'
import { changeOwnMailAddress, changeOwnMailAddressInput } from '../actions/change-own-mail-address.ts'
import { endSession } from '../actions/end-session.ts'
import { sessionCookie } from '../login.ts'
import { getLoginRules } from '../login-queries.ts'
import { sessionState } from '../login-rules.ts'
import { mayUseDesk } from '../policy.ts'
import { listPosts } from '../post-queries.ts'
import { findSessionId, listOpenSessions } from '../session-queries.ts'
import { getStaff } from '../staff-queries.ts'
import { PostTable } from './posts.tsx'
import { SessionTable } from './sessions.tsx'
import { DoneNotice, idOf } from './words.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/account', may: mayUseDesk, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/account/mail-address', may: mayUseDesk, handle: saveMailAddress },
  { method: 'POST', path: '/account/sessions/end', may: mayUseDesk, handle: end },
]

async function end(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const current = await findSessionId(ctx.db, incoming.cookies[sessionCookie])
  const only = textOf(incoming.form, 'sessionId')
  await endSession(ctx, ctx.actor.id, only ? { only: idOf(only) } : { except: current })
  return seeOther('/account?done=session-ended')
}

async function saveMailAddress(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(changeOwnMailAddressInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  await changeOwnMailAddress(ctx, read.value)
  return seeOther('/account?done=mail-address')
}

async function show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply> {
  const { db, actor } = ctx
  const [staff, organs, posts, rules, open, current] = await Promise.all([
    getStaff(db, actor.id),
    listOrgans(db, { includeAbolished: true }),
    listPosts(db, actor.id, ctx.clock.today()),
    getLoginRules(db),
    listOpenSessions(db, actor.id),
    findSessionId(db, incoming.cookies[sessionCookie]),
  ])
  const organ = await getOrgan(db, staff.organId)
  const sessions = open.filter(session => sessionState(session, rules, ctx.clock.now()) === 'live')
  return page({
    title: '我的账号',
    status: errors ? 422 : 200,
    body: (
      <>
        <PageHead title="我的账号" />
        <DoneNotice incoming={incoming} />
        <Sheet title="基本信息">
          <DefinitionList
            items={[
              { term: '姓名', value: staff.name },
              { term: '用户名', value: staff.username },
              { term: '单位', value: organ.name },
              { term: '最近登录', value: staff.lastLoginAt && momentInBeijing(staff.lastLoginAt) },
            ]}
          />
          <p class="mt-4">姓名或单位不对，请本单位的系统管理员修改。</p>
        </Sheet>
        <Sheet title="提醒">
          <Form
            action="/account/mail-address"
            label="提醒发到哪里"
            values={errors ? incoming.form : { mailAddress: staff.mailAddress }}
            errors={errors}
            labels={{ mailAddress: '邮箱' }}
          >
            <TextField
              name="mailAddress"
              label="邮箱"
              hint="到期提醒和催办发到这里；留空就只在工作台的“通知”里看。"
              type="email"
              maxLength={254}
              autocomplete="email"
            />
            <Actions primary="保存邮箱" />
          </Form>
        </Sheet>
        <Sheet title="我的角色">
          <PostTable posts={posts} organs={organs} today={ctx.clock.today()} />
        </Sheet>
        <Sheet title="我不在时的代理" actions={<LinkButton href="/account/deputies">安排代理</LinkButton>}>
          <p>出差、休假时，可以请同事在约定的日子里代行您的职责；到期自动恢复，随时可以提前结束。</p>
        </Sheet>
        <Sheet title="登录安全">
          <DefinitionList
            items={[
              {
                term: '密码',
                value: (
                  <>
                    {momentInBeijing(staff.passwordChangedAt)} 设置，每 {rules.passwordDays} 天要换一次。{' '}
                    <a href="/account/password">修改密码</a>
                  </>
                ),
              },
              {
                term: '验证器',
                value: (
                  <>
                    <StateTag state={staff.twoFactorEnabled ? 'met' : 'off'}>
                      {staff.twoFactorEnabled ? '已启用' : '未启用'}
                    </StateTag>{' '}
                    <a href="/account/second-factor">{staff.twoFactorEnabled ? '换手机或备用码' : '启用'}</a>
                  </>
                ),
              },
            ]}
          />
        </Sheet>
        <Sheet
          title="现在的登录"
          count={sessions.length}
          actions={
            sessions.length > 1 ? (
              <PostButton action="/account/sessions/end" label="结束其他所有登录" tone="danger" small />
            ) : undefined
          }
        >
          <p>
            {rules.idleMinutes} 分钟没有操作，或登录满 {rules.longestHours}{' '}
            小时，会自动结束。有不认识的登录，请结束它并修改密码。
          </p>
          <div class="mt-4">
            <SessionTable sessions={sessions} endAction="/account/sessions/end" current={current} />
          </div>
        </Sheet>
      </>
    ),
  })
}
