import type { PlainDate } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import { StateTag } from '#ui/components/state-tag'
import {
  dueWords,
  lateness,
  type ProgressRow,
  type ProgressState,
  unitWords,
} from '../progress/progress-table.ts'
import { numbered } from '../task.ts'

const tones: Record<ProgressState, 'met' | 'soon' | 'late' | 'off' | 'info'> = {
  done: 'met',
  partly: 'soon',
  running: 'info',
  cannot: 'late',
  'not-reported': 'off',
  cancelled: 'off',
}

export function ProgressTag({ row, today }: { row: ProgressRow; today: PlainDate }) {
  const late = lateness(row, today)
  return (
    <>
      <StateTag state={tones[row.state]}>{row.word}</StateTag>
      {late ? (
        <>
          {' '}
          <StateTag state="late">{late === 'late' ? '已逾期' : '逾期完成'}</StateTag>
        </>
      ) : null}
    </>
  )
}

/** The table as seed plans print it: content, requirement, unit, deadline, state of completion; each row opens. */
export function ProgressRows(props: {
  rows: readonly ProgressRow[]
  caption: string
  today: PlainDate
  href: (row: ProgressRow) => string
}) {
  const { rows, caption, today, href } = props
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={[
        {
          key: 'content',
          head: '工作内容',
          width: 'w-8/24',
          cell: row => (
            <>
              <a href={href(row)}>{numbered(row.no, row.content)}</a>
              {row.requirement ? <p class="text-sm text-soft">要求：{row.requirement}</p> : null}
            </>
          ),
        },
        { key: 'units', head: '责任单位', width: 'w-5/24', cell: row => unitWords(row) || '文件未写明' },
        { key: 'due', head: '时限', width: 'w-3/24', cell: row => dueWords(row) || '文件未写明' },
        {
          key: 'state',
          head: '完成情况',
          width: 'w-8/24',
          cell: row => (
            <>
              <ProgressTag row={row} today={today} />
              {row.share !== null && row.share < 100 ? ` ${row.share}%` : ''}
              {row.progress ? <p>{row.progress}</p> : null}
            </>
          ),
        },
      ]}
      rows={rows}
      rowKey={row => row.key}
    />
  )
}

/** Rows under the headings of their chapters, in the order of the plan. */
export function byChapter(rows: readonly ProgressRow[]): { chapter: string; rows: ProgressRow[] }[] {
  const chapters: { chapter: string; rows: ProgressRow[] }[] = []
  for (const row of rows) {
    const chapter = row.heading.join(' ')
    const last = chapters.at(-1)
    if (last && last.chapter === chapter) last.rows.push(row)
    else chapters.push({ chapter, rows: [row] })
  }
  return chapters
}
