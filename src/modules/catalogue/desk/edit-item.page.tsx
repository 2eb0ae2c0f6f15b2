import { type FormErrors, type RawForm, readForm, textOf, textsOf } from '#lib/forms'
import type { SiteRow } from '#modules/organisations'
import { listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import {
  Actions,
  CheckboxList,
  Form,
  HiddenField,
  RadioList,
  SelectField,
  TextArea,
  TextField,
} from '#ui/forms'
import { saveItem, saveItemInput } from '../actions/save-item.ts'
import { channels, everybody, levels, modes, nameOf, pages, statutory } from '../item.ts'
import { limitHelp } from '../limit.ts'
import { mayEditCatalogue } from '../policy.ts'
import type { CatalogueItem } from '../queries.ts'
import { asErrors, loadItem, seenIn, siteToEdit } from './load-item.ts'

const may: DeskRoute['may'] = actor => mayEditCatalogue(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue/new', may, handle: askNew },
  { method: 'POST', path: '/catalogue/new', may, handle: add },
  { method: 'GET', path: '/catalogue-items/:id/edit', may, handle: askChange },
  { method: 'POST', path: '/catalogue-items/:id/edit', may, handle: change },
]

async function askNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  const usual = { audience: everybody, mode: 'proactive', levels: ['county'], channels: ['website'] }
  return show(ctx, site, null, usual)
}

async function askChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item, site } = await loadItem(ctx, incoming)
  return show(ctx, site, item, { ...item.content, revision: String(item.revision) })
}

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const typed = (form: RawForm) => ({
  ...form,
  channels: textsOf(form, 'channels'),
  levels: textsOf(form, 'levels'),
})

async function add(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const site = await siteToEdit(ctx, incoming)
  const read = readForm(saveItemInput, typed(incoming.form))
  if (!read.ok) return show(ctx, site, null, incoming.form, read.errors)
  try {
    const id = await saveItem(ctx, { siteId: site.id }, read.value)
    return seeOther(`/catalogue-items/${id}?done=saved`)
  } catch (error) {
    return show(ctx, site, null, incoming.form, asErrors(error, fieldOf))
  }
}

async function change(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item, site } = await loadItem(ctx, incoming)
  const read = readForm(saveItemInput, typed(incoming.form))
  if (!read.ok) return show(ctx, site, item, incoming.form, read.errors)
  try {
    await saveItem(ctx, seenIn(incoming, item), read.value)
    return seeOther(`/catalogue-items/${item.id}?done=saved`)
  } catch (error) {
    return show(ctx, site, item, incoming.form, asErrors(error, fieldOf))
  }
}

const fieldOf = { 'catalogue.known-item': 'level2', 'catalogue.no-such-place': 'place' }

const labels = {
  domain: '领域',
  level1: '一级事项',
  level2: '二级事项',
  level3: '三级事项',
  elements: '公开内容（要素）',
  ground: '公开依据',
  limit: '公开时限',
  body: '公开主体',
  channels: '公开渠道和载体',
  audience: '公开对象',
  mode: '公开方式',
  levels: '公开层级',
  code: '法定类别',
  place: '网站位置',
  reason: '理由',
}

async function show(
  ctx: DeskContext,
  site: SiteRow,
  item: CatalogueItem | null,
  values: RawForm,
  errors: FormErrors = {},
): Promise<Reply> {
  const columns = await listColumns(ctx.db, site.id)
  const title = item ? `修改：${nameOf(item.content)}` : '增加目录事项'
  const back = item ? `/catalogue-items/${item.id}` : `/catalogue?site=${site.key}`
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title,
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: title }],
    body: (
      <>
        <PageHead title={title} note={site.name} />
        {item && textOf(values, 'revision') !== String(item.revision) ? (
          <Notice tone="warning" title={`您打开之后，${item.changedBy}改过这个事项。`}>
            您填写的还在下面。请先
            <a href={back}>看现在的样子</a>，再决定怎样改。
          </Notice>
        ) : null}
        <Form
          action={item ? `${back}/edit` : `/catalogue/new?site=${site.key}`}
          values={values}
          errors={errors}
          labels={labels}
          label="目录事项"
        >
          <HiddenField name="siteId" value={site.id} />
          {item ? <HiddenField name="revision" value={textOf(values, 'revision')} /> : null}
          <TextField name="domain" label={labels.domain} required hint="例如：社会救助、财政预决算" />
          <TextField name="level1" label={labels.level1} required width="full" />
          <TextField name="level2" label={labels.level2} required width="full" />
          <TextField name="level3" label={labels.level3} width="full" hint="没有就空着" />
          <TextArea name="elements" label={labels.elements} required rows={4} maxLength={3000} />
          <TextArea name="ground" label={labels.ground} required rows={3} maxLength={1000} />
          <TextField name="limit" label={labels.limit} required width="full" hint={limitHelp} />
          <TextField
            name="body"
            label={labels.body}
            required
            width="full"
            hint="单位全称或者简称，或者“民政部门”“各部门”“乡镇政府”“公共企事业单位”“村（居）委会”；几个用顿号隔开"
          />
          <CheckboxList name="channels" label={labels.channels} required options={options(channels)} />
          <TextField
            name="audience"
            label={labels.audience}
            required
            hint="对所有人公开的写“全社会”，只对一部分人的写明是谁"
          />
          <RadioList name="mode" label={labels.mode} required options={options(modes)} />
          <CheckboxList name="levels" label={labels.levels} required options={options(levels)} />
          <SelectField
            name="code"
            label={labels.code}
            blank="不属于法定类别"
            options={Object.entries(statutory).map(([value, label]) => ({
              value,
              label: `${value} ${label}`,
            }))}
            hint="决定它出现在“法定主动公开内容”的哪一处"
          />
          <SelectField
            name="place"
            label={labels.place}
            blank="没有专门的栏目"
            options={[
              ...options(pages),
              ...columns.map(column => ({
                value: column.path,
                label: column.name,
                hint: column.path,
                group: '栏目',
              })),
            ]}
            hint="栏目里公开的，都算在这个事项下"
          />
          <TextField
            name="reason"
            label={labels.reason}
            required
            width="full"
            hint={item ? '为什么改：会留在事项的历史里' : '为什么增加：会留在事项的历史里'}
          />
          <Actions primary="保存" cancel={{ label: '返回', href: back }} />
        </Form>
      </>
    ),
  })
}
