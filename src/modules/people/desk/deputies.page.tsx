import { type FormErrors, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField, SelectField } from '#ui/forms'
import { keptOrgans, mayGiveRights, mayReadPeople } from '../policy.ts'
import { listDeputies, listPosts } from '../post-queries.ts'
import { listColleagues, staffByIds } from '../staff-queries.ts'
import {
  colleagueOptions,
  DeputyFields,
  DeputyTable,
  deputyLabels,
  describeDeputies,
} from './deputy-parts.tsx'
import { deputyPosts } from './deputy-posts.ts'
import { DoneNotice } from './words.tsx'

const path = '/people/deputies'
const mayArrange = (actor: DeskContext['actor']) => mayGiveRights(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path, may: mayReadPeople, handle: (ctx, incoming) => show(ctx, incoming) },
  ...deputyPosts({ path, may: mayArrange, show }),
]

async function show(ctx: DeskContext, incoming: Incoming, errors?: FormErrors): Promise<Reply> {
  const today = ctx.clock.today()
  const kept = keptOrgans(ctx.actor)
  const all = await listDeputies(ctx.db, today)
  const names = await staffByIds(
    ctx.db,
    all.map(deputy => deputy.absentId),
  )
  const mine = all.filter(deputy => kept.includes(names.get(deputy.absentId)?.organId ?? ''))
  return page({
    title: '代理安排',
    status: errors ? 422 : 200,
    crumbs: [{ label: '人员与角色', href: '/people' }],
    body: (
      <>
        <PageHead
          title="代理安排"
          note="谁不在、由谁代行哪些职责、到哪一天。每个人也可以在“我的账号”里自己安排。"
        />
        <DoneNotice incoming={incoming} />
        <Sheet title="现在和以后的代理" count={mine.length}>
          {mine.length === 0 ? (
            <EmptyState title="现在没有代理安排">
              有人出差、休假时，可以在下面安排。过期的安排会自动失效。
            </EmptyState>
          ) : (
            <DeputyTable
              caption="现在和以后的代理"
              rows={await describeDeputies(ctx, mine)}
              today={today}
              endAction={`${path}/end`}
            />
          )}
        </Sheet>
        {mayGiveRights(ctx.actor) && (
          <Sheet title="安排代理">{await arrangement(ctx, incoming, kept, errors)}</Sheet>
        )}
      </>
    ),
  })
}

/** Two steps without a script: first who is absent, then what of that person's duties goes to whom. */
async function arrangement(ctx: DeskContext, incoming: Incoming, kept: string[], errors?: FormErrors) {
  const absentId = textOf(incoming.form, 'absentId') || String(incoming.query.absent ?? '')
  const people = await listColleagues(ctx.db, kept, '00000000-0000-0000-0000-000000000000')
  const absent = people.find(one => one.id === absentId)
  if (!absent) {
    return (
      <Form method="get" action={path} label="选择不在岗的人">
        <SelectField
          name="absent"
          label={deputyLabels.absentId}
          required
          options={colleagueOptions(people)}
        />
        <Actions primary="下一步" />
      </Form>
    )
  }
  const posts = await listPosts(ctx.db, absent.id, ctx.clock.today())
  if (posts.length === 0) {
    return <EmptyState title={`${absent.name}还没有角色`}>没有可以代理的职责。</EmptyState>
  }
  return (
    <Form action={path} values={incoming.form} errors={errors} labels={deputyLabels}>
      <p>
        不在岗：<strong>{absent.name}</strong>
      </p>
      <HiddenField name="absentId" value={absent.id} />
      <DeputyFields
        colleagues={colleagueOptions(people.filter(one => one.id !== absent.id))}
        posts={posts}
        today={ctx.clock.today()}
      />
      <Actions primary="安排代理" cancel={{ label: '换一个人', href: path }} />
    </Form>
  )
}
