import { permit } from '#lib/errors'
import { type FormErrors, readForm } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import { roles } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, CheckboxField, CheckboxList, Form, SelectField, TextField } from '#ui/forms'
import { type HandOver, handOver, handOverInput } from '../actions/hand-over.ts'
import { keptOrgans, mayGiveRights } from '../policy.ts'
import { listPosts } from '../post-queries.ts'
import { getStaff, listColleagues } from '../staff-queries.ts'
import { colleagueOptions } from './deputy-parts.tsx'
import { daysOf } from './posts.tsx'
import { errorsOf, idOf } from './words.tsx'

/** `handOvers` comes from `app`, which alone knows the modules whose work passes. */
export function handOverRoutes(handOvers: readonly HandOver[]): DeskRoute[] {
  const path = '/people/:id/hand-over'
  const may = (actor: DeskContext['actor']) => mayGiveRights(actor)
  return [
    { method: 'GET', path, may, handle: (ctx, incoming) => show(ctx, incoming, handOvers) },
    { method: 'POST', path, may, handle: (ctx, incoming) => pass(ctx, incoming, handOvers) },
  ]
}

async function pass(ctx: DeskContext, incoming: Incoming, handOvers: readonly HandOver[]): Promise<Reply> {
  const id = idOf(incoming.params.id)
  const read = readForm(handOverInput, { ...incoming.form, fromId: id })
  if (!read.ok) return show(ctx, incoming, handOvers, read.errors)
  try {
    await handOver(ctx, read.value, handOvers)
  } catch (error) {
    return show(ctx, incoming, handOvers, errorsOf(error, { role: 'postIds' }))
  }
  return seeOther(`/people/${id}?done=handed-over`)
}

const labels = { toId: '接手的人', postIds: '交给接手人的角色', leaves: '离岗', reason: '说明' }

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  handOvers: readonly HandOver[],
  errors?: FormErrors,
): Promise<Reply> {
  const { db } = ctx
  const staff = await getStaff(db, idOf(incoming.params.id))
  permit(mayGiveRights(ctx.actor, staff.organId), 'people.may-not-hand-over')
  const posts = await listPosts(db, staff.id, ctx.clock.today())
  const organs = new Map(
    (await listOrgans(db, { includeAbolished: true })).map(organ => [organ.id, organ.shortName]),
  )
  const colleagues = await listColleagues(db, keptOrgans(ctx.actor), staff.id)
  // sent before, or given back after a login
  const filled = Object.keys(incoming.form).length > 0
  const work = await Promise.all(
    handOvers.map(async one => ({ term: one.label, value: `${await one.count(db, staff.id)} 件` })),
  )
  return page({
    title: `交接：${staff.name}`,
    status: errors ? 422 : 200,
    crumbs: [
      { label: '人员与角色', href: '/people' },
      { label: staff.name, href: `/people/${staff.id}` },
    ],
    body: (
      <>
        <PageHead
          title={`${staff.name}的离岗、调动交接`}
          note="选中的角色和没办完的工作一次交给接手的人，其余角色撤销；要么全部办妥，要么一样不动。"
        />
        {work.length > 0 && (
          <Sheet title="会一起交接的工作">
            <DefinitionList items={work} />
          </Sheet>
        )}
        <Form
          action={`/people/${staff.id}/hand-over`}
          values={filled ? incoming.form : { postIds: posts.map(post => post.id), leaves: 'yes' }}
          errors={errors}
          labels={labels}
        >
          <SelectField name="toId" label={labels.toId} required options={colleagueOptions(colleagues)} />
          {posts.length > 0 && (
            <CheckboxList
              name="postIds"
              label={labels.postIds}
              hint="没有选中的角色会撤销。"
              options={posts.map(post => ({
                value: post.id,
                label: `${organs.get(post.organId) ?? ''}·${roles[post.role]}`,
                hint: daysOf(post),
              }))}
            />
          )}
          <CheckboxField
            name="leaves"
            label={`${staff.name}离开本平台，停用账号`}
            hint="只是换岗位、以后还要登录的，不要勾选。"
            value="yes"
          />
          <TextField
            name="reason"
            label={labels.reason}
            hint="可以不填，例如：退休"
            maxLength={200}
            width="full"
          />
          <Actions primary="办理交接" cancel={{ label: '返回', href: `/people/${staff.id}` }} />
        </Form>
      </>
    ),
  })
}
