import type { FormErrors } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form } from '#ui/forms'
import { listDeputiesOf } from '../actions/make-deputy.ts'
import { mayUseDesk } from '../policy.ts'
import { listPosts } from '../post-queries.ts'
import { listColleagues } from '../staff-queries.ts'
import {
  colleagueOptions,
  DeputyFields,
  DeputyTable,
  deputyLabels,
  describeDeputies,
} from './deputy-parts.tsx'
import { deputyPosts } from './deputy-posts.ts'
import { DoneNotice } from './words.tsx'

const path = '/account/deputies'
export const routes: DeskRoute[] = [
  { method: 'GET', path, may: mayUseDesk, handle: (ctx, incoming) => show(ctx, incoming) },
  ...deputyPosts({
    path,
    may: mayUseDesk,
    show,
    formOf: (ctx, form) => ({ ...form, absentId: ctx.actor.id }),
  }),
]

async function show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply> {
  const today = ctx.clock.today()
  const { forMe, byMe } = await listDeputiesOf(ctx, ctx.actor.id)
  const posts = await listPosts(ctx.db, ctx.actor.id, today)
  const colleagues = await listColleagues(ctx.db, [ctx.actor.organId], ctx.actor.id)
  return page({
    title: '我不在时的代理',
    status: errors ? 422 : 200,
    crumbs: [{ label: '我的账号', href: '/account' }],
    body: (
      <>
        <PageHead
          title="我不在时的代理"
          note="约定的日子里，代理人可以办理您选中的职责，每件事都记在代理人名下。您自己也还能办理。"
        />
        <DoneNotice incoming={incoming} />
        {forMe.length > 0 && (
          <Sheet title="代理我的人" count={forMe.length}>
            <DeputyTable
              caption="代理我的人"
              rows={await describeDeputies(ctx, forMe)}
              today={today}
              endAction={`${path}/end`}
            />
          </Sheet>
        )}
        {byMe.length > 0 && (
          <Sheet title="我代理的人" count={byMe.length}>
            <DeputyTable
              caption="我代理的人"
              rows={await describeDeputies(ctx, byMe)}
              today={today}
              endAction={`${path}/end`}
            />
          </Sheet>
        )}
        <Sheet title="安排代理">
          {posts.length === 0 ? (
            <EmptyState title="您还没有角色，不用安排代理">
              有了角色以后，才有可以交给别人代办的职责。
            </EmptyState>
          ) : colleagues.length === 0 ? (
            <EmptyState title="本单位没有其他账号">要请其他单位的人代理，请联系安全管理员安排。</EmptyState>
          ) : (
            <Form action={path} values={incoming.form} errors={errors} labels={deputyLabels}>
              <DeputyFields colleagues={colleagueOptions(colleagues)} posts={posts} today={today} />
              <Actions primary="安排代理" cancel={{ label: '返回', href: '/account' }} />
            </Form>
          )}
        </Sheet>
      </>
    ),
  })
}
