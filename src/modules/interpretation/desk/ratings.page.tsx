import { type FormErrors, readForm } from '#lib/forms'
import { listSites } from '#modules/organisations'
import { itemsForPlans, type PlannedItem, publicationStates } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, HiddenField, TextField } from '#ui/forms'
import { setRatingMinimum, setRatingMinimumInput } from '../actions/set-rating-minimum.ts'
import { formWord } from '../forms.ts'
import { mayKeepRatings, mayReadRatings } from '../policy.ts'
import { listRated, ratingMinimum, ratingsOf } from '../rating-queries.ts'
import { reachOf } from './plans.page.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/interpretation-ratings', may: mayReadRatings, handle: show },
  { method: 'POST', path: '/interpretation-ratings', may: actor => mayKeepRatings(actor), handle: set },
]

async function set(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(setRatingMinimumInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  await setRatingMinimum(ctx, read.value)
  return seeOther('/interpretation-ratings?done=set')
}

/** 解读评价: what readers said of the interpretations of one's organs. */
async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const { db } = ctx
  const ids = await listRated(db)
  const reach = reachOf(ctx.actor)
  const [items, ratings, sites] = await Promise.all([
    itemsForPlans(db, ctx.clock.now(), { ids }),
    ratingsOf(db, ids),
    listSites(db),
  ])
  const rows = ids.flatMap(id => {
    const item = items.find(one => one.id === id && reach.includes(one.organId))
    const figures = ratings.get(id)
    return item && figures ? [{ item, figures }] : []
  })
  const kept = sites.filter(site => mayKeepRatings(ctx.actor, site.organId))
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '解读评价',
    crumbs: [{ label: '解读评价' }],
    body: (
      <>
        <PageHead title="解读评价" note="读者看懂了没有、有没有帮助。读者写的话只在这里看，不公开。" />
        {incoming.query.done === 'set' ? <Notice tone="success" title="已保存。" /> : null}
        <DataTable
          caption="解读和读者的评价"
          captionHidden
          columns={[
            {
              key: 'title',
              head: '解读',
              cell: ({ item }) => <a href={`/interpretation-ratings/${item.publicId}`}>{item.title}</a>,
            },
            { key: 'form', head: '形式', cell: ({ item }) => formOf(item) },
            { key: 'organ', head: '单位', cell: ({ item }) => item.organName },
            { key: 'state', head: '状态', cell: ({ item }) => publicationStates[item.state] },
            { key: 'total', head: '人数', figures: true, cell: ({ figures }) => figures.total },
            {
              key: 'understood',
              head: '看懂',
              figures: true,
              cell: ({ figures }) => `${figures.understood}%`,
            },
            { key: 'mean', head: '平均分', figures: true, cell: ({ figures }) => figures.mean },
          ]}
          rows={rows}
          rowKey={({ item }) => item.id}
          empty={
            <EmptyState title="还没有读者评价过您单位的解读">
              每篇公开的解读下面都有“评价这篇解读”。
            </EmptyState>
          }
        />
        {
          await Promise.all(
            kept.map(async site => (
              <Sheet key={site.id} title={`${site.shortName}：满多少人公布`}>
                <Form
                  id={`minimum-${site.key}`}
                  action="/interpretation-ratings"
                  values={{ ratingMinimum: String(await ratingMinimum(db, site.id)) }}
                  errors={errors}
                  labels={{ ratingMinimum: '人数' }}
                >
                  <HiddenField name="siteId" value={site.id} />
                  <TextField
                    name="ratingMinimum"
                    label="人数"
                    required
                    type="number"
                    width="short"
                    hint="人数太少，结果说明不了什么，还可能猜出是谁。"
                  />
                  <Actions primary="保存" />
                </Form>
              </Sheet>
            )),
          )
        }
      </>
    ),
  })
}

const formOf = (item: PlannedItem) => formWord(item.fields.form) ?? '—'
