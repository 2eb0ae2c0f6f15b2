import { notFound, permit } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf, textsOf } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Actions, CheckboxList, Form, HiddenField, TextArea, TextField } from '#ui/forms'
import { columnInput, columnTypes, saveColumn } from '../actions/save-column.ts'
import { findColumnById, listColumns, type RevisedColumn } from '../column-queries.ts'
import { mayManageColumns } from '../policy.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { isRefused, refusalAsErrors } from './refusals.ts'

const may: DeskRoute['may'] = actor => mayManageColumns(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/columns/new', may, handle: askNew },
  { method: 'POST', path: '/columns/new', may, handle: saveNew },
  { method: 'GET', path: '/columns/:id', may, handle: askChange },
  { method: 'POST', path: '/columns/:id', may, handle: saveChange },
]

const labels: Record<string, string> = {
  path: '地址',
  name: '名称',
  description: '说明',
  keywords: '关键词',
  type: '类型',
  updateLimitDays: '更新期限',
  sortOrder: '排序',
}

interface Place {
  site: SiteRow
  /** Null: a new one. */
  column: RevisedColumn | null
}

const unknown = () => notFound('publications.unknown-column', '没有找到这个栏目。请从栏目列表中重新选择。')

async function placeOf(ctx: DeskContext, incoming: Incoming, siteKey?: string): Promise<Place> {
  const sites = await listSites(ctx.db)
  const id = incoming.params.id
  const column = id && /^[0-9a-f-]{36}$/.test(id) ? await findColumnById(ctx.db, id) : undefined
  if (id && !column) throw unknown()
  const site = column
    ? sites.find(one => one.id === column.siteId)
    : (sites.find(one => one.key === siteKey) ?? sites[0])
  if (!site) throw unknown()
  permit(mayManageColumns(ctx.actor, site.organId), 'publications.may-not-manage-columns')
  return { site, column: column ?? null }
}

async function askNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  if (isGivenBack(incoming)) {
    const place = await placeOf(ctx, incoming, textOf(incoming.form, 'site'))
    return show(incoming, place, incoming.form)
  }
  const place = await placeOf(ctx, incoming, queryText(incoming, 'site'))
  const last = (await listColumns(ctx.db, place.site.id)).at(-1)
  return show(incoming, place, { sortOrder: String((last?.sortOrder ?? 0) + 10) })
}

async function askChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const place = await placeOf(ctx, incoming)
  return show(incoming, place, isGivenBack(incoming) ? incoming.form : formOf(place.column))
}

async function saveNew(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return save(ctx, incoming, await placeOf(ctx, incoming, textOf(incoming.form, 'site')))
}

async function saveChange(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  return save(ctx, incoming, await placeOf(ctx, incoming))
}

async function save(ctx: DeskContext, incoming: Incoming, place: Place): Promise<Reply> {
  const { form } = incoming
  const read = readForm(columnInput, {
    ...form,
    siteId: place.site.id,
    ...(place.column ? { id: place.column.id } : { id: '', revision: '' }),
  })
  if (!read.ok) return show(incoming, place, form, { errors: read.errors, status: 422 })
  try {
    await saveColumn(ctx, read.value)
    return seeOther('/columns?done=column')
  } catch (error) {
    if (!isRefused(error, 'publications.column-changed-meanwhile'))
      return show(incoming, place, form, refusalAsErrors(error))
    const now = await placeOf(ctx, incoming)
    return show(
      incoming,
      now,
      { ...form, revision: String(now.column?.revision) },
      { errors: {}, status: 409 },
    )
  }
}

function formOf(column: RevisedColumn | null): RawForm {
  if (!column) return {}
  return {
    path: column.path,
    name: column.name,
    description: column.description,
    keywords: column.keywords,
    type: column.type.split(','),
    updateLimitDays: column.updateLimitDays === null ? '' : String(column.updateLimitDays),
    sortOrder: String(column.sortOrder),
    revision: String(column.revision),
  }
}

function show(
  incoming: Incoming,
  { site, column }: Place,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
): Reply {
  const title = column ? `修改栏目“${column.name}”` : '新建栏目'
  const chosen = textsOf(raw, 'type')
  const types = [...new Set([...columnTypes, ...chosen])]
  return page({
    title,
    status: fault.status,
    crumbs: [{ label: '栏目', href: '/columns' }, { label: title }],
    body: (
      <>
        <PageHead title={title} note={site.name} />
        <GivenBackNotice incoming={incoming} />
        {fault.status === 409 && column && <Meanwhile column={column} raw={raw} />}
        <Form
          action={column ? `/columns/${column.id}` : '/columns/new'}
          values={raw}
          errors={fault.errors}
          labels={labels}
          label="栏目"
        >
          <HiddenField name="site" value={site.key} />
          <HiddenField name="revision" value={textOf(raw, 'revision')} />
          <TextField
            name="name"
            label="名称"
            required
            maxLength={40}
            hint="导航里显示的名字；写进页面标签 ColumnName。依法设置的栏目请用法定名称。"
          />
          <TextField
            name="path"
            label="地址"
            required
            maxLength={120}
            hint="小写字母、数字和连字符；放在别的栏目下面时写成“上级地址/自己的名字”，例如 disclosure/content/plans。有了内容以后不能再改。"
          />
          <CheckboxList
            name="type"
            label="类型"
            required
            hint="写进页面标签 ColumnType，用词来自国办《政府网站发展指引》，可以选几个。"
            options={types.map(type => ({ value: type, label: type }))}
          />
          <TextArea
            name="description"
            label="说明"
            required
            rows={2}
            maxLength={300}
            hint="这个栏目发布什么；写进页面标签 ColumnDescription，搜索引擎也会显示。"
          />
          <TextField
            name="keywords"
            label="关键词"
            required
            maxLength={200}
            width="full"
            hint="用逗号隔开；写进页面标签 ColumnKeywords。"
          />
          <TextField
            name="updateLimitDays"
            label="更新期限（天）"
            inputMode="numeric"
            width="short"
            hint="超过这些天没有新内容就算超期，到 70% 和 90% 时提醒。动态类一般 14 天，通知和政策类一般 180 天；不要求更新的不填。"
          />
          <TextField name="sortOrder" label="排序" inputMode="numeric" width="short" hint="小的在前。" />
          <Actions primary="保存" cancel={{ label: '返回', href: '/columns' }} />
        </Form>
      </>
    ),
  })
}

/** Another officer changed it: both values of whatever differs; the form keeps one's own. */
function Meanwhile({ column, raw }: { column: RevisedColumn; raw: RawForm }) {
  const theirs = formOf(column)
  const shown = (form: RawForm, name: string) => textsOf(form, name).join('、')
  const differing = Object.keys(labels).filter(name => shown(theirs, name) !== shown(raw, name))
  return (
    <>
      <Notice tone="warning" title="还没有保存：您打开之后，同事改过这个栏目。">
        下表是两边不同的地方，表单里是您填写的。核对后再按“保存”，就以您的为准。
      </Notice>
      <DataTable
        caption="两边不同的地方"
        columns={[
          { key: 'name', head: '项目', cell: row => labels[row.name] ?? row.name },
          { key: 'theirs', head: '同事保存的', cell: row => shown(theirs, row.name) || '（空）' },
          { key: 'mine', head: '您填写的', cell: row => shown(raw, row.name) || '（空）' },
        ]}
        rows={differing.map(name => ({ name }))}
        rowKey={row => row.name}
      />
    </>
  )
}
