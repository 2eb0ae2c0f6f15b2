import { inChinese, type PlainDate } from '#lib/beijing-time'
import type { PublicView } from '#modules/publications'
import { Figures } from '#ui/components/figures'
import { Form, SelectField, SubmitButton } from '#ui/forms'
import {
  countRows,
  type ProgressChoice,
  type ProgressRow,
  type ProgressTable,
  progressStates,
  tableOf,
  unitsOf,
} from '../progress/progress-table.ts'
import { byChapter, ProgressRows } from './progress-rows.tsx'
import { ShareBar } from './share-bar.tsx'

/** What the page of a plan shows in place of its text: figures, the ways to narrow and to take it along, the table. */
export function ProgressBody(props: { view: PublicView; base: string; today: PlainDate }) {
  const { view, base, today } = props
  const table = tableOf(view.fields)
  if (!table) return null
  const address = `${base}${view.address}`
  // An earlier edition is shown as it was said; its rows open in what is said now
  const isNewest = view.number === view.editions[0]?.number
  return (
    <>
      <Overview table={table} address={address} today={isNewest ? today : table.asOf} />
      <div class="no-print">
        <FilterForm table={table} address={address} />
      </div>
      <Downloads address={address} />
      {byChapter(table.rows).map(({ chapter, rows }, index) => (
        <section key={`${index}-${chapter}`} class="my-6">
          {chapter ? <h2>{chapter}</h2> : null}
          <ProgressRows
            rows={rows}
            caption={chapter || view.title}
            today={isNewest ? today : table.asOf}
            href={rowHref(address)}
          />
        </section>
      ))}
    </>
  )
}

export const rowHref = (address: string) => (row: ProgressRow) => `${address}/tasks/${row.key}`

function Overview(props: { table: ProgressTable; address: string; today: PlainDate }) {
  const { table, address, today } = props
  const count = countRows(table.rows, today)
  return (
    <section aria-label="总体进展">
      <Figures
        items={[
          { value: count.total, label: '任务', href: `${address}/tasks` },
          { value: count.done, label: '已完成', href: `${address}/tasks?state=done` },
          {
            value: count.late,
            label: '逾期未完成',
            late: count.late > 0,
            href: `${address}/tasks?state=late`,
          },
        ]}
      />
      <ShareBar count={count} />
      <p class="text-sm text-soft">
        截至{inChinese(table.asOf)}，只列政务公开办核定过的情况
        {count.states.cancelled > 0 ? `；取消的 ${count.states.cancelled} 项不计入完成比例` : ''}。
      </p>
    </section>
  )
}

export function FilterForm(props: { table: ProgressTable; address: string; choice?: ProgressChoice }) {
  const { table, address, choice = {} } = props
  const units = [...new Set(table.rows.flatMap(unitsOf))].sort((a, b) => a.localeCompare(b, 'zh'))
  return (
    <Form
      method="get"
      action={`${address}/tasks`}
      label="按单位和状态查看"
      values={{ unit: choice.unit ?? '', state: choice.state ?? '' }}
    >
      <SelectField
        name="unit"
        label="责任单位"
        blank="全部单位"
        options={units.map(unit => ({ value: unit, label: unit }))}
      />
      <SelectField
        name="state"
        label="状态"
        blank="全部状态"
        options={[
          { value: 'late', label: '逾期未完成' },
          ...Object.entries(progressStates).map(([value, label]) => ({ value, label })),
        ]}
      />
      <SubmitButton tone="plain">查看</SubmitButton>
    </Form>
  )
}

function Downloads({ address }: { address: string }) {
  return (
    <p class="no-print actions my-4">
      <span>下载本表：</span>
      <a href={`${address}/table.xlsx`}>表格（xlsx）</a>
      <a href={`${address}/table.csv`}>CSV</a>
      <a href={`${address}/table.docx`}>Word（docx）</a>
    </p>
  )
}
