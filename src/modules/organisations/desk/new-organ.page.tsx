import { type FormErrors, type RawForm, readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form } from '#ui/forms'
import { createOrgan, createOrganInput } from '../actions/create-organ.ts'
import { mayAdminister } from '../policy.ts'
import { organTree } from '../queries.ts'
import { flatten } from '../tree.ts'
import { OrganFields, organFieldLabels, organOptions } from './organ-fields.tsx'
import { errorsOf } from './refusal.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/new', may: mayAdminister, handle: ask },
  { method: 'POST', path: '/organs/new', may: mayAdminister, handle: create },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return show(ctx, { parentId: String(incoming.query.parent ?? ''), sortOrder: '0' })
}

async function create(ctx: DeskContext, { form }: Incoming): Promise<Reply> {
  const read = readForm(createOrganInput, form)
  if (!read.ok) return show(ctx, read.raw, read.errors)
  try {
    const organ = await createOrgan(ctx, read.value)
    return seeOther(`/organs/${organ.key}?done=created`)
  } catch (error) {
    return show(ctx, form, errorsOf(error, 'parentId'))
  }
}

async function show(ctx: DeskContext, values: RawForm, errors?: FormErrors): Promise<Reply> {
  const tree = flatten(await organTree(ctx.db))
  return page({
    title: '新建机构',
    status: errors ? 422 : 200,
    crumbs: [{ label: '机构', href: '/organs' }],
    body: (
      <>
        <PageHead
          title="新建机构"
          note="新建以后再填写它的职能、负责人和联系方式。几个机构合并成新机构的，先新建新机构，再把原机构逐个并入。"
        />
        <Form action="/organs/new" values={values} errors={errors} labels={organFieldLabels}>
          <OrganFields parents={organOptions(tree)} isNew />
          <Actions primary="新建机构" cancel={{ label: '返回', href: '/organs' }} />
        </Form>
      </>
    ),
  })
}
