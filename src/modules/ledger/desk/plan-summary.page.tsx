import { publicByIds } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Figures } from '#ui/components/figures'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Form, LinkButton, SelectField, SubmitButton } from '#ui/forms'
import type { Plan } from '../plan.ts'
import { mayReadLedger } from '../policy.ts'
import { progressStates } from '../progress/progress-table.ts'
import { listTasks } from '../queries.ts'
import { gatherSummary } from '../summary/gather-summary.ts'
import {
  type QuarterSummary,
  quarterOf,
  quarterPattern,
  quarterSpan,
  type SummaryFigure,
  type SummaryTask,
  summarise,
  summaryFigures,
} from '../summary/quarter-summary.ts'
import type { SummaryLinks } from '../summary/summary-document.ts'
import { planOf } from './plan-of.ts'
import { publicBase } from './public-base.ts'

const may = mayReadLedger

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/plan-summaries/:id', may, handle: show },
  { method: 'GET', path: '/plan-summaries/:id/summary.docx', may, handle: sendWord },
]

async function load(ctx: DeskContext, incoming: Incoming) {
  const plan = await planOf(ctx, incoming)
  const today = ctx.clock.today()
  const asked = queryText(incoming, 'quarter') ?? ''
  const quarter = quarterPattern.test(asked) ? asked : quarterOf(today)
  return { plan, today, quarter, summary: summarise(await gatherSummary(ctx.db, plan), quarter, today) }
}

/** 季度小结: figures that open into their tasks, on-time figures by unit (R-ASM-08), and the same as a Word document. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan, quarter, summary } = await load(ctx, incoming)
  const address = `/plan-summaries/${plan.id}`
  const asked = queryText(incoming, 'show') ?? ''
  const figure = Object.hasOwn(summaryFigures, asked) ? (asked as SummaryFigure) : null
  const unit = summary.units.find(line => line.unit === queryText(incoming, 'unit'))
  const shown = figure ? summary.figures[figure] : (unit?.tasksOf ?? null)
  const to = (name: SummaryFigure) => `${address}?quarter=${quarter}&show=${name}#tasks`
  return page({
    title: `${summary.words}小结：${plan.title}`,
    crumbs: [
      { label: '工作台账', href: '/ledger' },
      { label: plan.title, href: `/ledger-plans/${plan.id}` },
      { label: '季度小结' },
    ],
    body: (
      <>
        <PageHead
          title={`${summary.words}小结`}
          note={plan.title}
          actions={
            <LinkButton tone="primary" href={`${address}/summary.docx?quarter=${quarter}`}>
              下载 Word
            </LinkButton>
          }
        />
        <Form method="get" action={address} label="选择季度" values={{ quarter }}>
          <SelectField name="quarter" label="季度" blank={null} options={quartersOf(plan)} />
          <SubmitButton tone="plain">查看</SubmitButton>
        </Form>
        <Figures
          items={(Object.keys(summaryFigures) as SummaryFigure[]).map(name => ({
            value: summary.figures[name].length,
            label: summaryFigures[name],
            href: to(name),
            late: name === 'late' && summary.figures.late.length > 0,
          }))}
        />
        <Sheet title="要点">
          {summary.sentences.map(({ text, figure: one }) => (
            <p key={text}>{one ? <a href={to(one)}>{text}</a> : text}</p>
          ))}
        </Sheet>
        <UnitTable summary={summary} address={address} />
        {shown ? (
          <Tasks
            tasks={shown}
            title={figure ? summaryFigures[figure] : (unit?.unit ?? '')}
            ids={new Map((await listTasks(ctx.db, plan.id)).map(task => [task.publicId, task.id]))}
          />
        ) : null}
      </>
    ),
  })
}

/** From the year of the plan on, four quarters and those of the year after. */
const quartersOf = (plan: Plan) =>
  [plan.year, plan.year + 1].flatMap(year =>
    [1, 2, 3, 4].map(number => {
      const value = `${year}-Q${number}`
      return { value, label: quarterSpan(value).words }
    }),
  )

function UnitTable({ summary, address }: { summary: QuarterSummary; address: string }) {
  return (
    <Sheet title="各单位" count={summary.units.length}>
      <DataTable
        caption={`按时率＝按时完成的期限数÷本季度已经到期的期限数（截至 ${summary.until}），低的在前`}
        columns={[
          {
            key: 'unit',
            head: '单位',
            cell: line => (
              <a href={`${address}?quarter=${summary.quarter}&unit=${encodeURIComponent(line.unit)}#tasks`}>
                {line.unit}
              </a>
            ),
          },
          { key: 'tasks', head: '任务', figures: true },
          { key: 'done', head: '完成', figures: true },
          { key: 'due', head: '到期期限', figures: true },
          { key: 'onTime', head: '按时', figures: true },
          {
            key: 'rate',
            head: '按时率',
            figures: true,
            cell: line => (line.rate === null ? '没有到期' : `${line.rate}%`),
          },
        ]}
        rows={summary.units}
        rowKey={line => line.unit}
        empty={<EmptyState title="没有责任单位">这份台账还没有认定责任单位。</EmptyState>}
      />
    </Sheet>
  )
}

function Tasks(props: { tasks: readonly SummaryTask[]; title: string; ids: ReadonlyMap<string, string> }) {
  return (
    <section id="tasks">
      <Sheet title={props.title} count={props.tasks.length}>
        <DataTable
          caption="这个数字由下面的任务构成"
          columns={[
            {
              key: 'name',
              head: '任务',
              cell: task => <a href={`/ledger-tasks/${props.ids.get(task.key) ?? ''}`}>{task.name}</a>,
            },
            { key: 'units', head: '单位', cell: task => task.units.join('、') || '—' },
            { key: 'state', head: '进展', cell: task => progressStates[task.state] },
            { key: 'dueOn', head: '时限', cell: task => task.dueOn ?? '—' },
            { key: 'doneOn', head: '完成', cell: task => task.doneOn ?? '—' },
          ]}
          rows={props.tasks}
          rowKey={task => task.key}
          empty={<EmptyState title="没有">这个数字是零。</EmptyState>}
        />
      </Sheet>
    </section>
  )
}

async function sendWord(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { plan, today, summary } = await load(ctx, incoming)
  const { wordOfSummary } = await import('../summary/summary-document.ts')
  return {
    kind: 'content',
    status: 200,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await wordOfSummary(plan.title, summary, await linksOf(ctx, plan), today),
    headers: {
      'content-disposition': `attachment; filename="summary-${summary.quarter}.docx"; filename*=UTF-8''${encodeURIComponent(`${plan.title}${summary.words}小结.docx`)}`,
      'cache-control': 'no-store',
    },
  }
}

/** Where everybody can look: the public page of the plan. A plan without one has no links, so that none leads nowhere. */
async function linksOf(ctx: DeskContext, plan: Plan): Promise<SummaryLinks> {
  const [item] = plan.publishedAs
    ? await publicByIds(ctx.db, ctx.clock.now(), plan.siteId, [plan.publishedAs])
    : []
  if (!item) return { figure: () => undefined, task: () => undefined }
  const address = `${await publicBase(ctx, plan.siteId)}${item.address}`
  const states: Partial<Record<SummaryFigure, string>> = {
    total: '',
    done: '?state=done',
    late: '?state=late',
  }
  return {
    figure: figure => (states[figure] === undefined ? undefined : `${address}/tasks${states[figure]}`),
    task: task => `${address}/tasks/${task.key}`,
  }
}
