import { inChinese, type PlainDate } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicationIdsOf, publicByIds } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { page, type Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { PageHead } from '#ui/components/page-head'
import { type Step, Timeline } from '#ui/components/timeline'
import {
  dueWords,
  lateness,
  type ProgressReport,
  type ProgressRow,
  progressStates,
  unitWords,
} from '../progress/progress-table.ts'
import { periodWords } from '../reports/period.ts'
import { numbered } from '../task.ts'
import { DayOfTable } from './day-of-table.tsx'
import { findTable } from './find-table.ts'
import { placeIn } from './plan-place.ts'
import { ProgressTag } from './progress-rows.tsx'

export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/plans/:file/tasks/:key',
    rule: showsPublications(item =>
      item.segment === 'plans' ? item.keys.map(key => `/plans/${item.id}/tasks/${key}`) : [],
    ),
    handle: showTask,
  },
]

/** One task: what is asked of whom by when, how it went, and what shows it. */
async function showTask(ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  const found = await findTable(ctx, incoming)
  if ('kind' in found) return found
  const { view, table, place, asOn: today, cache } = found
  const row = table.rows.find(one => one.key === incoming.params.key)
  if (!row) throw notFound('ledger.no-such-task', '这份重点任务里没有这一项。请从总表里找。')
  const evidence = await evidenceOf(ctx, row)
  return page({
    title: row.content.slice(0, 60),
    door: 'supervision',
    crumbs: [
      { label: '首页', href: `${ctx.site.base}/` },
      { label: '重点任务', href: `${ctx.site.base}/plans` },
      { label: view.title, href: placeIn(place) },
      { label: row.no || '任务' },
    ],
    canonical: `${place.address}/tasks/${row.key}`,
    noIndex: place.day !== null,
    ...cache,
    body: (
      <>
        <PageHead
          title={numbered(row.no, row.content)}
          note={view.title}
          actions={<a href={placeIn(place)}>回到总表</a>}
        />
        <DayOfTable place={place} path={`/tasks/${row.key}`} />
        <p class="my-3">
          <ProgressTag row={row} today={today} />
          {lateness(row, today) === 'late' && row.dueOn
            ? ` 应于${inChinese(row.dueOn)}前完成，现在还没有核定完成。`
            : ''}
        </p>
        <DefinitionList
          items={[
            { term: '所属章节', value: row.heading.join(' > ') || null, wide: true },
            { term: '工作要求', value: row.requirement || null, wide: true },
            { term: '责任单位', value: unitWords(row) || '文件未写明', wide: true },
            {
              term: '责任变动',
              value: row.unitsSince ? `现在的责任单位自${inChinese(row.unitsSince)}起负责` : null,
            },
            { term: '时限', value: dueWords(row) || '文件未写明' },
            { term: '延期理由', value: row.extended?.reason ?? null, wide: true },
            { term: '完成情况', value: row.progress || null, wide: true },
            ...row.more.map(({ label, value }) => ({ term: label, value })),
          ]}
        />
        <h2 class="mt-8 mb-2">进展过程</h2>
        <Timeline steps={stepsOf(row, today)} />
        <h2 class="mt-8 mb-2">各单位报送的进展</h2>
        {row.reports.length === 0 ? <p class="text-soft">还没有核定过的报送。</p> : null}
        {row.reports.map((report, index) => (
          <ReportBlock
            key={`${index}-${report.on}`}
            report={report}
            evidence={report.evidence.flatMap(id => evidence.get(id) ?? [])}
            base={ctx.site.base}
          />
        ))}
      </>
    ),
  })
}

/** By the short ids of their addresses; what is not public (any more) is not told. */
async function evidenceOf(ctx: PublicContext, row: ProgressRow) {
  const ids = await publicationIdsOf(ctx.db, [...new Set(row.reports.flatMap(report => report.evidence))])
  const items = await publicByIds(ctx.db, ctx.clock.now(), ctx.site.id, [...ids.values()])
  return new Map(items.map(item => [item.publicId, item]))
}

function ReportBlock(props: {
  report: ProgressReport
  evidence: readonly { title: string; address: string }[]
  base: string
}) {
  const { report, evidence, base } = props
  return (
    <section class="my-4 border-l-2 border-line pl-4">
      <h3>
        {report.unit} <time class="text-sm text-soft">{report.on}</time>
      </h3>
      <p>
        {[
          report.period ? periodWords(report.period) : '',
          progressStates[report.state],
          report.share !== null ? `${report.share}%` : '',
          report.stage,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>{report.words}</p>
      {report.reason ? <p>原因：{report.reason}</p> : null}
      {evidence.length > 0 ? (
        <ul>
          {evidence.map(item => (
            <li key={item.address}>
              <a href={`${base}${item.address}`}>{item.title}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function stepsOf(row: ProgressRow, today: PlainDate): Step[] {
  const reported = row.reports.map(report => ({
    on: report.on,
    step: {
      title: `${report.unit}报送：${progressStates[report.state]}`,
      at: report.on,
      text: report.stage || undefined,
      state: 'done' as const,
    },
  }))
  const due =
    row.dueOn === null
      ? []
      : [
          {
            on: row.dueOn,
            step: {
              title: '完成时限',
              at: row.dueOn,
              text: row.extended ? `原为 ${row.extended.from}` : undefined,
              state:
                row.dueOn > today
                  ? ('ahead' as const)
                  : row.dueOn === today
                    ? ('now' as const)
                    : ('done' as const),
            },
          },
        ]
  const done = row.doneOn
    ? [{ on: row.doneOn, step: { title: '完成', at: row.doneOn, state: 'done' as const } }]
    : []
  return [...reported, ...due, ...done].sort((a, b) => a.on.localeCompare(b.on)).map(({ step }) => step)
}
