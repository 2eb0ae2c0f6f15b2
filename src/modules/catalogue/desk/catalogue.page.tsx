import { Readable } from 'node:stream'
import { type FormErrors, readForm } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { recordAct } from '#modules/audit'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Tabs } from '#ui/components/tabs'
import { Actions, Form, HiddenField, LinkButton, SelectField, TextField } from '#ui/forms'
import { choosePromptness, choosePromptnessInput } from '../actions/choose-promptness.ts'
import { identityOf, nameOf } from '../item.ts'
import { mayEditCatalogue, mayReadCatalogue, mayRecordUnder } from '../policy.ts'
import { type CatalogueItem, listItems, promptnessOf } from '../queries.ts'
import { standardCatalogue } from '../standard.ts'
import { workbookOf } from '../workbook.ts'
import { levelWords, modeWords, sheetOf, tableOf } from '../write-sheet.ts'
import { chosenSite, siteToEdit } from './load-item.ts'
import { workbookReply } from './workbook-reply.ts'

const mayEdit: DeskRoute['may'] = actor => mayEditCatalogue(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue', may: mayReadCatalogue, handle: show },
  { method: 'GET', path: '/catalogue/export.csv', may: mayReadCatalogue, handle: exportTable },
  { method: 'GET', path: '/catalogue/export.xlsx', may: mayReadCatalogue, handle: exportTable },
  { method: 'POST', path: '/catalogue/promptness', may: mayEdit, handle: choose },
]

const shows = { active: '在用', differs: '和标准不同', retired: '停用' } as const
type Show = keyof typeof shows
const pageSize = 50

interface Asked {
  domain: string | undefined
  q: string | undefined
  show: Show
  page: number
}

function askedIn(incoming: Incoming): Asked {
  const show = queryText(incoming, 'show') ?? ''
  return {
    domain: queryText(incoming, 'domain'),
    q: queryText(incoming, 'q'),
    show: Object.hasOwn(shows, show) ? (show as Show) : 'active',
    page: pageNumber(queryText(incoming, 'page')),
  }
}

const chosen = (items: readonly CatalogueItem[], { domain, q, show }: Asked) =>
  items.filter(
    item =>
      (show === 'retired') === (item.retiredAt !== null) &&
      (show !== 'differs' || item.deviation !== null) &&
      (domain === undefined || item.content.domain === domain) &&
      (q === undefined ||
        `${identityOf(item.content)}${item.content.elements}${item.content.body}`.includes(q)),
  )

async function choose(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(choosePromptnessInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  const site = await siteToEdit(ctx, incoming)
  await choosePromptness(ctx, read.value)
  return seeOther(`/catalogue?site=${site.key}&done=promptness`)
}

/** The table as it is filtered, in the columns that the import takes back. */
async function exportTable(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const items = chosen(await listItems(ctx.db, site.id, { retiredToo: true }), askedIn(incoming))
  await recordAct(ctx.db, ctx, {
    act: 'catalogue.exported',
    sentence: `导出主动公开基本目录（${items.length} 项）`,
  })
  const contents = items.map(item => item.content)
  const name = `catalogue-${site.key}-${ctx.clock.today()}`
  if (incoming.url.split('?')[0]?.endsWith('.xlsx'))
    return workbookReply(await workbookOf([{ name: '公开目录', rows: tableOf(contents) }]), `${name}.xlsx`)
  return {
    kind: 'content',
    status: 200,
    type: 'text/csv; charset=utf-8',
    body: Readable.from([sheetOf(contents)]),
    headers: { 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': 'no-store' },
  }
}

/** 公开目录: what must be published, by field. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { site, sites } = await chosenSite(ctx, incoming)
  const asked = askedIn(incoming)
  const [all, promptness] = await Promise.all([
    listItems(ctx.db, site.id, { retiredToo: true }),
    promptnessOf(ctx.db, site.id),
  ])
  const found = chosen(all, asked)
  const rows = found.slice((asked.page - 1) * pageSize, asked.page * pageSize)
  const edits = mayEditCatalogue(ctx.actor, site.organId)
  const query = (change: Partial<Asked>, path = '/catalogue') => {
    const { domain, q, show, page: number } = { ...asked, page: 1, ...change }
    const params = new URLSearchParams({ site: site.key })
    if (domain) params.set('domain', domain)
    if (q) params.set('q', q)
    if (show !== 'active') params.set('show', show)
    if (number > 1) params.set('page', String(number))
    return `${path}?${params}`
  }
  const domains = [...new Set(all.map(item => item.content.domain))]
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '公开目录',
    body: (
      <>
        <PageHead
          title="主动公开基本目录"
          note={`${site.name}：应当公开什么、什么时候、由谁公开。到期的提醒由这里生成。`}
          actions={
            <>
              {edits ? <LinkButton href={`/catalogue/new?site=${site.key}`}>增加事项</LinkButton> : null}
              {edits ? <LinkButton href={`/catalogue/import?site=${site.key}`}>导入表格</LinkButton> : null}
              <LinkButton href={query({}, '/catalogue/export.xlsx')}>导出（Excel）</LinkButton>
              <LinkButton href={query({}, '/catalogue/export.csv')}>导出（CSV）</LinkButton>
              <LinkButton href={`/catalogue/withheld?site=${site.key}`}>不公开清单</LinkButton>
              {mayRecordUnder(ctx.actor) ? (
                <LinkButton href={`/catalogue/sort?site=${site.key}`}>归入目录</LinkButton>
              ) : null}
            </>
          }
        />
        <Done incoming={incoming} />
        {sites.length > 1 ? (
          <Tabs
            label="站点"
            items={sites.map(one => ({
              label: one.name,
              href: `/catalogue?site=${one.key}`,
              current: one.id === site.id,
            }))}
          />
        ) : null}
        <Tabs
          label="状态"
          items={Object.entries(shows).map(([value, label]) => ({
            label,
            href: query({ show: value as Show }),
            current: value === asked.show,
            count: chosen(all, { ...asked, show: value as Show }).length,
          }))}
        />
        <Form
          action="/catalogue"
          method="get"
          layout="row"
          values={{ domain: asked.domain ?? '', q: asked.q ?? '' }}
          label="筛选"
        >
          <HiddenField name="site" value={site.key} />
          <HiddenField name="show" value={asked.show} />
          <SelectField
            name="domain"
            label="领域"
            blank="全部领域"
            options={domains.map(value => ({ value, label: value }))}
          />
          <TextField name="q" label="名称、要素或者主体里的字" />
          <Actions primary="筛选" />
        </Form>
        <DataTable
          caption={`共 ${found.length} 项`}
          columns={[
            {
              key: 'name',
              head: '事项',
              cell: item => (
                <>
                  <a href={`/catalogue-items/${item.id}`}>{nameOf(item.content)}</a>
                  <p class="text-soft">{item.content.domain}</p>
                </>
              ),
            },
            { key: 'limit', head: '公开时限', cell: item => item.content.limit },
            { key: 'body', head: '公开主体', cell: item => item.content.body },
            {
              key: 'mode',
              head: '方式和层级',
              cell: item => `${modeWords(item.content)}，${levelWords(item.content)}`,
            },
            { key: 'origin', head: '来源', cell: item => <Origin item={item} /> },
          ]}
          rows={rows}
          rowKey={item => item.id}
          empty={
            <EmptyState title="没有这样的事项">
              {all.length === 0
                ? '目录还是空的。可以先按标准目录列入，再按本地情况增减；或者导入已经编好的表格。'
                : '请换一个领域或者状态再看。'}
            </EmptyState>
          }
        />
        <Pager
          page={{ total: found.length, page: asked.page, pageSize }}
          href={number => query({ page: number })}
        />
        {edits ? (
          <>
            <Sheet title="标准目录">
              <p>
                系统带有标准目录（{standardCatalogue().version}，{standardCatalogue().items.length}{' '}
                项）。列入后按本地情况修改、停用都要写理由；已经改过和停用的，再次列入时不会被覆盖。
              </p>
              <LinkButton href={`/catalogue/standard?site=${site.key}`}>对照标准目录</LinkButton>
            </Sheet>
            <Sheet title="“及时”和“实时”按几个工作日">
              <Form
                action="/catalogue/promptness"
                values={
                  incoming.form.promptly === undefined
                    ? { promptly: String(promptness.promptly), atOnce: String(promptness.atOnce) }
                    : incoming.form
                }
                errors={errors}
                labels={{ promptly: '及时', atOnce: '实时' }}
                label="及时和实时"
              >
                <HiddenField name="siteId" value={site.id} />
                <TextField name="promptly" label="及时" inputMode="numeric" width="short" required />
                <TextField name="atOnce" label="实时" inputMode="numeric" width="short" required />
                <Actions primary="保存" />
              </Form>
            </Sheet>
          </>
        ) : null}
      </>
    ),
  })
}

export function Origin({ item }: { item: CatalogueItem }) {
  if (item.retiredAt) return <StateTag state="off">停用</StateTag>
  if (item.origin === 'local') return <StateTag state="info">本地</StateTag>
  return item.deviation === null ? (
    <StateTag state="met">标准</StateTag>
  ) : (
    <StateTag state="soon">标准，本地有改</StateTag>
  )
}

function Done({ incoming }: { incoming: Incoming }) {
  const count = (name: string) => Number(queryText(incoming, name)) || 0
  const done = queryText(incoming, 'done')
  if (done === 'imported')
    return (
      <Notice
        tone="success"
        title={`已导入：增加 ${count('added')} 项、修改 ${count('changed')} 项，${count('same')} 项没有变化。`}
      />
    )
  if (done === 'promptness') return <Notice tone="success" title="已保存，以后登记的按新的天数计算。" />
  return null
}
