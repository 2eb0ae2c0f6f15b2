import type { FormErrors, RawForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, Form } from '#ui/forms'
import { createSite, createSiteInput } from '../actions/create-site.ts'
import { mayAdminister } from '../policy.ts'
import { organTree } from '../queries.ts'
import { flatten } from '../tree.ts'
import { readNestedForm } from './nested-form.ts'
import { organOptions } from './organ-fields.tsx'
import { errorsOf } from './refusal.ts'
import { SiteFields, siteFieldLabels } from './site-fields.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/sites/new', may: mayAdminister, handle: ctx => show(ctx, {}) },
  { method: 'POST', path: '/sites/new', may: mayAdminister, handle: create },
]

async function create(ctx: DeskContext, { form }: Incoming): Promise<Reply> {
  const read = readNestedForm(createSiteInput, form)
  if (!read.ok) return show(ctx, read.raw, read.errors)
  try {
    const site = await createSite(ctx, read.value)
    return seeOther(`/sites/${site.key}?done=created`)
  } catch (error) {
    return show(ctx, form, errorsOf(error, 'organId'))
  }
}

async function show(ctx: DeskContext, values: RawForm, errors?: FormErrors): Promise<Reply> {
  const tree = flatten(await organTree(ctx.db))
  return page({
    title: '新建站点',
    status: errors ? 422 : 200,
    crumbs: [{ label: '站点', href: '/sites' }],
    body: (
      <>
        <PageHead
          title="新建站点"
          note="一个单位只开设一个网站；县级以上政府及其部门可以开设，乡镇、街道用上级网站的网页。"
        />
        <Form action="/sites/new" values={values} errors={errors} labels={siteFieldLabels}>
          <SiteFields organs={organOptions(tree)} isNew />
          <Actions primary="新建站点" cancel={{ label: '返回', href: '/sites' }} />
        </Form>
      </>
    ),
  })
}
