import type { PlainDate } from '#lib/beijing-time'
import type { ProgressState } from '../progress/progress-table.ts'

/** A quarter, `2026-Q4`. */
export const quarterPattern = /^(20\d{2})-Q([1-4])$/
export const quarterOf = (day: PlainDate): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

const last = ['03-31', '06-30', '09-30', '12-31']
export function quarterSpan(quarter: string): { from: PlainDate; to: PlainDate; words: string } {
  const [, year = '', number = '1'] = quarterPattern.exec(quarter) ?? []
  const at = Number(number)
  return {
    from: `${year}-${String(at * 3 - 2).padStart(2, '0')}-01`,
    to: `${year}-${last[at - 1]}`,
    words: `${year}年第${'一二三四'[at - 1]}季度`,
  }
}

/** One deadline of one unit: what the rates are counted from (R-ASM-08). */
interface Obligation {
  unit: string
  dueOn: PlainDate
  /** The day on which the accepted report reached the office. */
  metOn: PlainDate | null
}

export interface SummaryTask {
  key: string
  name: string
  units: string[]
  state: ProgressState
  doneOn: PlainDate | null
  dueOn: PlainDate | null
  /** Why it is not done, where a unit said so. */
  reason: string
  reportedOn: PlainDate[]
  obligations: Obligation[]
}

export const summaryFigures = {
  total: '任务',
  done: '累计完成',
  'done-now': '本季度完成',
  reported: '本季度有进展报送',
  due: '本季度到期',
  late: '逾期未完成',
  stuck: '不能完成或者部分完成',
  silent: '至今没有进展报送',
} as const
export type SummaryFigure = keyof typeof summaryFigures

interface UnitLine {
  unit: string
  tasks: number
  done: number
  /** Deadlines that have passed by the day of counting. */
  due: number
  onTime: number
  /** Whole per cent, rounded down; null: nothing was due. */
  rate: number | null
  tasksOf: SummaryTask[]
}

export interface QuarterSummary {
  quarter: string
  words: string
  from: PlainDate
  to: PlainDate
  /** The day until which is counted: the end of the quarter, or today while it runs. */
  until: PlainDate
  figures: Record<SummaryFigure, SummaryTask[]>
  units: UnitLine[]
  /** On-time figures of the plan as a whole, over the deadlines of the quarter. */
  due: number
  onTime: number
  sentences: { text: string; figure: SummaryFigure | null }[]
}

/** What a quarter was, in figures that each open into their tasks, and in sentences that say nothing beyond them. */
export function summarise(all: readonly SummaryTask[], quarter: string, today: PlainDate): QuarterSummary {
  const { from, to, words } = quarterSpan(quarter)
  const until = today < to ? today : to
  const within = (day: PlainDate | null) => day !== null && day >= from && day <= until
  const tasks = all.filter(task => task.state !== 'cancelled')
  const doneBy = (task: SummaryTask) => task.doneOn !== null && task.doneOn <= until
  const figures: Record<SummaryFigure, SummaryTask[]> = {
    total: tasks,
    done: tasks.filter(doneBy),
    'done-now': tasks.filter(task => within(task.doneOn)),
    reported: tasks.filter(task => task.reportedOn.some(within)),
    due: tasks.filter(task => task.obligations.some(one => one.dueOn >= from && one.dueOn <= to)),
    late: tasks.filter(
      task =>
        task.obligations.some(one => one.dueOn < until && (one.metOn === null || one.metOn > until)) &&
        !doneBy(task),
    ),
    stuck: tasks.filter(task => !doneBy(task) && (task.state === 'cannot' || task.state === 'partly')),
    silent: tasks.filter(task => !doneBy(task) && !task.reportedOn.some(day => day <= until)),
  }
  const passed = tasks.flatMap(task => task.obligations).filter(one => within(one.dueOn) && one.dueOn < until)
  const onTime = passed.filter(isOnTime).length
  const summary = {
    quarter,
    words,
    from,
    to,
    until,
    figures,
    units: unitLines(tasks, from, until, doneBy),
    due: passed.length,
    onTime,
  }
  return { ...summary, sentences: sentencesOf(summary) }
}

const isOnTime = (one: Obligation) => one.metOn !== null && one.metOn <= one.dueOn
const percent = (part: number, whole: number) => (whole === 0 ? null : Math.floor((part * 100) / whole))

/** R-ASM-08, by unit: on time over what fell due; a deadline that has not passed counts for neither. */
function unitLines(
  tasks: readonly SummaryTask[],
  from: PlainDate,
  until: PlainDate,
  isDone: (task: SummaryTask) => boolean = task => task.doneOn !== null && task.doneOn <= until,
): UnitLine[] {
  const names = [...new Set(tasks.flatMap(task => task.units))]
  return names
    .map(unit => {
      const own = tasks.filter(task => task.units.includes(unit))
      const passed = own
        .flatMap(task => task.obligations)
        .filter(one => one.unit === unit && one.dueOn >= from && one.dueOn < until)
      const onTime = passed.filter(isOnTime).length
      return {
        unit,
        tasks: own.length,
        done: own.filter(isDone).length,
        due: passed.length,
        onTime,
        rate: percent(onTime, passed.length),
        tasksOf: own,
      }
    })
    .sort(
      (a, b) => (a.rate ?? 101) - (b.rate ?? 101) || b.tasks - a.tasks || a.unit.localeCompare(b.unit, 'zh'),
    )
}

type Counted = Omit<QuarterSummary, 'sentences'>

function sentencesOf(summary: Counted): QuarterSummary['sentences'] {
  const { figures, words } = summary
  const many = (figure: SummaryFigure) => figures[figure].length
  const share = percent(many('done'), many('total')) ?? 0
  const rate = percent(summary.onTime, summary.due)
  const best = summary.units.filter(line => line.rate === 100 && line.due > 0)
  const sentences: (QuarterSummary['sentences'][number] | null)[] = [
    {
      text: `截至${words}末（${summary.until}），共有任务 ${many('total')} 项，累计完成 ${many('done')} 项，占 ${share}%。`,
      figure: 'total',
    },
    { text: `本季度完成 ${many('done-now')} 项，有进展报送的 ${many('reported')} 项。`, figure: 'done-now' },
    summary.due > 0
      ? {
          text: `本季度到期的期限 ${summary.due} 个，按时完成 ${summary.onTime} 个，按时率 ${rate}%。`,
          figure: 'due',
        }
      : { text: '本季度没有到期的期限。', figure: null },
    many('late') > 0
      ? { text: `逾期未完成 ${many('late')} 项：${named(figures.late)}。`, figure: 'late' }
      : { text: '没有逾期未完成的任务。', figure: null },
    many('stuck') > 0
      ? {
          text: `责任单位报告不能完成或者只能部分完成的 ${many('stuck')} 项：${named(figures.stuck)}。`,
          figure: 'stuck',
        }
      : null,
    many('silent') > 0
      ? { text: `至今没有报送过进展的 ${many('silent')} 项，需要催办。`, figure: 'silent' }
      : null,
    best.length > 0
      ? {
          text: `到期任务全部按时完成的单位有${best
            .slice(0, 5)
            .map(line => line.unit)
            .join('、')}${best.length > 5 ? `等 ${best.length} 个` : ''}。`,
          figure: null,
        }
      : null,
  ]
  return sentences.filter(sentence => sentence !== null)
}

/** The first few by name, each with its units. */
function named(tasks: readonly SummaryTask[]): string {
  const some = tasks.slice(0, 3).map(task => `“${task.name}”（${task.units.join('、') || '没有认定单位'}）`)
  return `${some.join('、')}${tasks.length > 3 ? ` 等` : ''}`
}
