import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { itemsForPlans } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { LinkButton } from '#ui/forms'
import { mayReadRatings } from '../policy.ts'
import { figuresOf, type Grade, gradeNumbers, grades } from '../rating.ts'
import { listWords, ratingsOf } from '../rating-queries.ts'
import { reachOf } from './plans.page.tsx'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/interpretation-ratings/:id', may: mayReadRatings, handle: show },
]

/** What readers said of one interpretation, figures and words. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const id = incoming.params.id ?? ''
  const items = publicIdPattern.test(id) ? await itemsForPlans(ctx.db, ctx.clock.now(), { publicId: id }) : []
  const item = items.find(one => one.kind === 'interpretation' && reachOf(ctx.actor).includes(one.organId))
  if (!item) throw notFound('interpretation.unknown', '没有这篇解读，或者它不在您负责的范围内。')
  const [ratings, words] = await Promise.all([ratingsOf(ctx.db, [item.id]), listWords(ctx.db, item.id)])
  const figures = ratings.get(item.id) ?? figuresOf([])
  return page({
    title: `读者评价：${item.title}`,
    crumbs: [{ label: '解读评价', href: '/interpretation-ratings' }, { label: item.title }],
    body: (
      <>
        <PageHead
          title="读者评价"
          note={`《${item.title}》：${figures.total} 人评价，${figures.understood}% 看懂，平均 ${figures.mean} 分。`}
          actions={<LinkButton href={`/publications/${item.publicId}`}>看解读</LinkButton>}
        />
        <DataTable
          caption="各项评价的人数"
          columns={[
            { key: 'grade', head: '评价', cell: row => `${row.grade} 分　${grades[row.grade]}` },
            { key: 'count', head: '人数', figures: true },
          ]}
          rows={gradeNumbers.map(grade => ({ grade, count: figures.counts[grade] }))}
          rowKey={row => row.grade}
        />
        <Sheet title="读者的话" count={words.length}>
          <DataTable
            caption="读者的话"
            captionHidden
            columns={[
              { key: 'saidOn', head: '日期' },
              { key: 'grade', head: '评价', cell: row => grades[row.grade as Grade] },
              { key: 'words', head: '写了什么' },
            ]}
            rows={words}
            rowKey={row => row.id}
            empty={<p>还没有人写话。</p>}
          />
        </Sheet>
      </>
    ),
  })
}
