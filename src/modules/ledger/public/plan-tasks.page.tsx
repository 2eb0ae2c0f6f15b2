import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { PageHead } from '#ui/components/page-head'
import { chosenRows, type ProgressChoice, progressStates } from '../progress/progress-table.ts'
import { DayOfTable } from './day-of-table.tsx'
import { findTable } from './find-table.ts'
import { placeIn } from './plan-place.ts'
import { FilterForm, rowHref } from './progress-body.tsx'
import { byChapter, ProgressRows } from './progress-rows.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/plans/:file/tasks',
    rule: showsPublications(item => (item.segment === 'plans' ? [`/plans/${item.id}/tasks`] : [])),
    handle: showTasks,
  },
]

/** The tasks of a plan by unit and state; what makes no sense in the address is not asked. */
async function showTasks(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const found = await findTable(ctx, incoming)
  if ('kind' in found) return found
  const { view, table, place, asOn, cache } = found
  const choice = choiceOf(incoming)
  const rows = chosenRows(table.rows, choice, asOn)
  const words = [
    choice.unit,
    choice.state === 'late' ? '逾期未完成' : choice.state && progressStates[choice.state],
  ].filter(Boolean)
  return page({
    title: `${view.title}：${words.length > 0 ? words.join('、') : '全部任务'}`,
    door: 'supervision',
    crumbs: [
      { label: '首页', href: `${ctx.site.base}/` },
      { label: '重点任务', href: `${ctx.site.base}/plans` },
      { label: view.title, href: placeIn(place) },
      { label: '任务' },
    ],
    canonical: `${place.address}/tasks`,
    noIndex: choice.unit !== undefined || choice.state !== undefined || place.day !== null,
    // Any unit name is an address: only the whole list stays in memory
    ...(choice.unit === undefined ? cache : {}),
    body: (
      <>
        <PageHead title="任务和进展" note={view.title} actions={<a href={placeIn(place)}>回到总表</a>} />
        <DayOfTable place={place} path="/tasks" />
        <FilterForm table={table} place={place} choice={choice} />
        <p aria-live="polite">{`共 ${table.rows.length} 项，下面是其中的 ${rows.length} 项。`}</p>
        {rows.length === 0 ? (
          <EmptyState title="没有这样的任务">
            换一个单位或者状态，或者<a href={placeIn(place, '/tasks')}>看全部任务</a>。
          </EmptyState>
        ) : (
          byChapter(rows).map(({ chapter, rows: some }, index) => (
            <section key={`${index}-${chapter}`} class="my-6">
              {chapter ? <h2 class="mb-2">{chapter}</h2> : null}
              <ProgressRows rows={some} caption={chapter || view.title} today={asOn} href={rowHref(place)} />
            </section>
          ))
        )}
      </>
    ),
  })
}

function choiceOf(incoming: Incoming): ProgressChoice {
  const state = queryText(incoming, 'state') ?? ''
  return {
    unit: queryText(incoming, 'unit'),
    state:
      state === 'late' || Object.hasOwn(progressStates, state)
        ? (state as ProgressChoice['state'])
        : undefined,
  }
}
