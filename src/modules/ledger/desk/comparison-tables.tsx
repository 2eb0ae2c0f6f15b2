import type { ComponentChildren } from 'preact'
import { DataTable, type TableColumn } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import type { Match } from '../comparison/compare-tasks.ts'
import { likenessWords, surelyLike } from '../comparison/likeness.ts'
import type { ComparedPlans } from '../comparison/load-comparison.ts'
import { type Task, taskName } from '../task.ts'
import { stateTones } from './plan.page.tsx'

export interface Shown {
  compared: ComparedPlans
  address: string
  mayDecide: boolean
  /** Values of `pair` that were chosen in a form that failed. */
  chosen: readonly string[]
}

/** A pair as a form sends it, with what was shown of it. */
const pairValue = (match: Match) =>
  `${match.task.id}:${match.previous.id}:${match.decision?.verdict ?? 'open'}`

function TaskLink({ task, shown }: { task: Task; shown: Shown }) {
  const { plan } = shown.compared
  const href = plan.inForceAt ? `/ledger-tasks/${task.id}` : `/plan-reviews/${plan.id}?task=${task.id}`
  return <a href={href}>{taskName(task)}</a>
}

const Before = ({ task }: { task: Task }) => <a href={`/ledger-tasks/${task.id}`}>{taskName(task)}</a>

function OutcomeTag({ task, shown }: { task: Task; shown: Pick<Shown, 'compared'> }) {
  const outcome = shown.compared.outcomes.get(task.id)
  if (!outcome) return null
  return (
    <>
      <StateTag state={stateTones[outcome.state]}>{outcome.word}</StateTag>
      {outcome.doneOn ? ` ${outcome.doneOn}` : ''}
    </>
  )
}

const percent = (likeness: number) =>
  likeness === 0 ? '字句不像' : `${likenessWords(likeness)}（${Math.round(likeness * 100)}%）`

/** Both tasks, how like they are, and what became of the earlier one. */
function pairColumns(shown: Shown): TableColumn<Match>[] {
  const { plan, previous } = shown.compared
  return [
    { key: 'now', head: `${plan.year}年`, cell: one => <TaskLink task={one.task} shown={shown} /> },
    { key: 'then', head: `${previous.year}年`, cell: one => <Before task={one.previous} /> },
    { key: 'likeness', head: '像不像', cell: one => percent(one.likeness) },
    {
      key: 'became',
      head: `${previous.year}年的结果`,
      cell: one => <OutcomeTag task={one.previous} shown={shown} />,
    },
  ]
}

/** What waits for a person: several are chosen and decided with one key. */
export function Proposed({ rows, shown }: { rows: readonly Match[]; shown: Shown }) {
  const { compared, address, mayDecide, chosen } = shown
  const table = (columns: TableColumn<Match>[]) => (
    <DataTable
      caption="字句像、还没有人认定的"
      columns={columns}
      rows={rows}
      rowKey={one => one.task.id}
      empty={<EmptyState title="没有等待认定的">字句像的都已经认定。</EmptyState>}
    />
  )
  if (!mayDecide || rows.length === 0) return table(pairColumns(shown))
  return (
    <form method="post" action={address} aria-label="认定是不是同一项">
      <input type="hidden" name="previousPlanId" value={compared.previous.id} />
      <input type="hidden" name="view" value="proposed" />
      {table([
        {
          key: 'chosen',
          head: '选中',
          cell: one => (
            <label class="choice">
              <input
                class="checkbox"
                type="checkbox"
                name="pair"
                value={pairValue(one)}
                checked={chosen.length > 0 ? chosen.includes(pairValue(one)) : one.likeness >= surelyLike}
              />
              <span class="sr-only">{taskName(one.task)}</span>
            </label>
          ),
        },
        ...pairColumns(shown),
      ])}
      <p class="text-soft">
        基本相同的已经选好，请看过再按。键盘：Tab 到一行，空格选中；Y 认定是同一项，N 认定不是同一项。
      </p>
      <div class="actions my-4">
        <button type="submit" class="btn btn-primary" name="verdict" value="same" data-key="y">
          选中的是同一项 Y
        </button>
        <button
          type="submit"
          class="btn btn-outline btn-primary"
          name="verdict"
          value="different"
          data-key="n"
        >
          选中的不是同一项 N
        </button>
      </div>
    </form>
  )
}

/** What was decided, by whom, and the way to take it back. */
export function Decided(props: { rows: readonly Match[]; shown: Shown; caption: string; empty: string }) {
  const { rows, shown, caption, empty } = props
  const { compared, address, mayDecide } = shown
  return (
    <DataTable
      caption={caption}
      columns={[
        ...pairColumns(shown),
        { key: 'by', head: '认定人', cell: one => one.decision?.decidedBy ?? '' },
        ...(mayDecide
          ? [
              {
                key: 'undo',
                head: '',
                cell: (one: Match) => (
                  <PostButton
                    action={address}
                    label="撤回"
                    hidden={{
                      previousPlanId: compared.previous.id,
                      pair: pairValue(one),
                      verdict: 'open',
                      view: one.decision?.verdict === 'different' ? 'denied' : 'matched',
                    }}
                    small
                    tone="quiet"
                  />
                ),
              },
            ]
          : []),
      ]}
      rows={rows}
      rowKey={one => `${one.task.id}-${one.previous.id}`}
      empty={<EmptyState title={empty}>认定以后列在这里。</EmptyState>}
    />
  )
}

/** What is new this year; one that only looks new is joined by hand. */
export function Added(props: { rows: readonly Task[]; shown: Shown; joinHref: (task: Task) => string }) {
  const { rows, shown, joinHref } = props
  return (
    <DataTable
      caption={`${shown.compared.plan.year}年新增的`}
      columns={[
        { key: 'heading', head: '章节', cell: task => task.heading.join(' › ') || '—' },
        { key: 'now', head: '任务', cell: task => <TaskLink task={task} shown={shown} /> },
        ...(shown.mayDecide
          ? [
              {
                key: 'join',
                head: '',
                cell: (task: Task) => (
                  <a href={joinHref(task)}>
                    接着上一年的哪一项<span class="sr-only">：{taskName(task)}</span>
                  </a>
                ),
              },
            ]
          : []),
      ]}
      rows={rows}
      rowKey={task => task.id}
      empty={<EmptyState title="没有新增的">今年的每一项都和上一年的对上了。</EmptyState>}
    />
  )
}

/** Tasks of last year with what became of them, and where they went. */
export function LastYear(props: { rows: readonly Task[]; shown: Shown; caption: string; empty: string }) {
  const { rows, shown, caption, empty } = props
  const { plan, comparison, outcomes } = shown.compared
  const wentTo = (task: Task): ComponentChildren => {
    const found = comparison.matched.filter(one => one.previous.id === task.id)
    const proposed = comparison.proposed.find(one => one.previous.id === task.id)
    if (found.length > 0)
      return found.map(one => (
        <div key={one.task.id}>
          <TaskLink task={one.task} shown={shown} />
        </div>
      ))
    return proposed ? (
      <>
        <TaskLink task={proposed.task} shown={shown} /> <span class="text-soft">（待认定）</span>
      </>
    ) : (
      '今年没有'
    )
  }
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'then', head: '任务', cell: task => <Before task={task} /> },
        { key: 'units', head: '单位', cell: task => outcomes.get(task.id)?.units || '文件没有写' },
        { key: 'due', head: '期限', cell: task => outcomes.get(task.id)?.due || '—' },
        { key: 'became', head: '结果', cell: task => <OutcomeTag task={task} shown={shown} /> },
        { key: 'progress', head: '完成情况', cell: task => short(outcomes.get(task.id)?.progress ?? '') },
        { key: 'now', head: `${plan.year}年`, cell: wentTo },
      ]}
      rows={rows}
      rowKey={task => task.id}
      empty={<EmptyState title={empty}>上一年的都还在。</EmptyState>}
    />
  )
}

const short = (text: string) => (text.length > 120 ? `${text.slice(0, 119)}…` : text || '—')
