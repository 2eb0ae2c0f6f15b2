import { type FormErrors, readForm, textsOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { type Listed, listPublic, publishedDay } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Tabs } from '#ui/components/tabs'
import { Actions, Form, HiddenField, SelectField } from '#ui/forms'
import { linkMany, linkManyInput } from '../actions/link-publication.ts'
import { organsOf } from '../actions/owe.ts'
import { nameOf } from '../item.ts'
import { mayRecordUnder } from '../policy.ts'
import { listItems, listLinks } from '../queries.ts'
import { asErrors, chosenSite, publicBase } from './load-item.ts'

const may: DeskRoute['may'] = actor => mayRecordUnder(actor)

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/catalogue/sort', may, handle: show },
  { method: 'POST', path: '/catalogue/sort', may, handle: link },
]

const pageSize = 30

async function link(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { site } = await chosenSite(ctx, incoming)
  const publicationIds = textsOf(incoming.form, 'publicationIds')
  const read = readForm(linkManyInput, { ...incoming.form, publicationIds })
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    const { linked, met } = await linkMany(ctx, read.value)
    const organ = queryText(incoming, 'organ')
    return seeOther(
      `/catalogue/sort?site=${site.key}${organ ? `&organ=${organ}` : ''}&linked=${linked}&met=${met}`,
    )
  } catch (error) {
    return show(ctx, incoming, asErrors(error))
  }
}

/** 归入目录: what an organ has published, the newest first, and under which items it stands (R-GRS-04). */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { db } = ctx
  const { site } = await chosenSite(ctx, incoming)
  const organs = (await organsOf(db, site)).filter(organ => mayRecordUnder(ctx.actor, organ.id))
  const organ =
    organs.find(one => one.key === queryText(incoming, 'organ')) ??
    organs.find(one => one.id === ctx.actor.organId) ??
    organs[0]
  const paging = { page: pageNumber(queryText(incoming, 'page')), pageSize }
  const filter = { siteId: site.id, organId: organ?.id, withoutArchive: true }
  const [found, items] = await Promise.all([
    organ ? listPublic(db, ctx.clock.now(), filter, paging) : { rows: [], total: 0, ...paging },
    listItems(db, site.id),
  ])
  const links = await listLinks(db, { itemIds: items.map(item => item.id) })
  const under = Map.groupBy(links, one => one.publicationId)
  const namesOf = (row: Listed) =>
    (under.get(row.id) ?? []).flatMap(one => {
      const item = items.find(candidate => candidate.id === one.itemId)
      return item ? [item] : []
    })
  const linked = Number(queryText(incoming, 'linked')) || 0
  const base = publicBase(ctx, site)
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '归入目录',
    crumbs: [{ label: '公开目录', href: `/catalogue?site=${site.key}` }, { label: '归入目录' }],
    body: (
      <>
        <PageHead
          title="归入目录"
          note="勾选已经公开的，选一个目录事项。归入以后按公开的时间完成本单位在这个事项下最早的一项义务。"
        />
        {linked > 0 ? (
          <Notice
            tone="success"
            title={`已归入 ${linked} 件，完成 ${Number(queryText(incoming, 'met')) || 0} 项义务。`}
          />
        ) : null}
        {organs.length > 1 ? (
          <Tabs
            label="单位"
            items={organs.map(one => ({
              label: one.shortName,
              href: `/catalogue/sort?site=${site.key}&organ=${one.key}`,
              current: one.id === organ?.id,
            }))}
          />
        ) : null}
        <Form
          action={`/catalogue/sort?site=${site.key}${organ ? `&organ=${organ.key}` : ''}`}
          values={incoming.form}
          errors={errors}
          labels={{ itemId: '目录事项', publicationIds: '公开的内容' }}
          label="归入目录"
        >
          <HiddenField name="siteId" value={site.id} />
          <DataTable
            caption={`${organ?.shortName ?? ''}公开的，共 ${found.total} 件`}
            columns={[
              {
                key: 'choose',
                head: '选择',
                cell: row => (
                  <input
                    class="checkbox"
                    type="checkbox"
                    name="publicationIds"
                    value={row.id}
                    aria-label={`选择《${row.title}》`}
                  />
                ),
              },
              { key: 'title', head: '标题', cell: row => <a href={base + row.address}>{row.title}</a> },
              {
                key: 'at',
                head: '公开日期',
                cell: row => <span class="whitespace-nowrap">{publishedDay(row)}</span>,
              },
              {
                key: 'under',
                head: '归在',
                cell: row =>
                  namesOf(row).length > 0 ? (
                    <ul>
                      {namesOf(row).map(item => (
                        <li key={item.id}>
                          <a href={`/catalogue-items/${item.id}`}>{nameOf(item.content)}</a>
                        </li>
                      ))}
                    </ul>
                  ) : (
                    '—'
                  ),
              },
            ]}
            rows={found.rows}
            rowKey={row => row.id}
            empty={<EmptyState title="还没有公开的内容">发布以后会出现在这里。</EmptyState>}
          />
          {found.rows.length > 0 ? (
            <>
              <SelectField
                name="itemId"
                label="目录事项"
                required
                options={items.map(item => ({
                  value: item.id,
                  label: nameOf(item.content),
                  group: item.content.domain,
                }))}
              />
              <Actions primary="归入勾选的" />
            </>
          ) : null}
        </Form>
        <Pager
          page={found}
          href={number =>
            `/catalogue/sort?site=${site.key}${organ ? `&organ=${organ.key}` : ''}&page=${number}`
          }
        />
      </>
    ),
  })
}
