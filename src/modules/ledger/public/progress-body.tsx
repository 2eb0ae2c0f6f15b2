import { inChinese, type PlainDate } from '#lib/beijing-time'
import type { PublicView, ShownOn } from '#modules/publications'
import { Figures } from '#ui/components/figures'
import { Actions, Form, HiddenField, SelectField } from '#ui/forms'
import {
  countRows,
  type ProgressChoice,
  type ProgressRow,
  type ProgressTable,
  progressStates,
  tableOf,
  unitsOf,
} from '../progress/progress-table.ts'
import { type PlanPlace, placeIn } from './plan-place.ts'
import { byChapter, ProgressRows } from './progress-rows.tsx'
import { ShareBar } from './share-bar.tsx'

/** What the page of a plan shows in place of its text: figures, the ways to narrow and to take it along, the table. */
export function ProgressBody({ view, page }: { view: PublicView; page: ShownOn }) {
  const table = tableOf(view.fields)
  if (!table) return null
  const place: PlanPlace = { address: `${page.base}${view.address}`, day: page.day }
  // An earlier edition is shown as it was said; its rows open in what is said now
  const isNewest = view.number === view.editions[0]?.number
  const asOn = page.day ?? (isNewest ? page.today : table.asOf)
  return (
    <>
      <Overview table={table} place={place} asOn={asOn} />
      <div class="no-print">
        <FilterForm table={table} place={place} />
      </div>
      <Downloads place={place} />
      {byChapter(table.rows).map(({ chapter, rows }, index) => (
        <section key={`${index}-${chapter}`} class="my-6">
          {chapter ? <h2 class="mb-2">{chapter}</h2> : null}
          <ProgressRows rows={rows} caption={chapter || view.title} today={asOn} href={rowHref(place)} />
        </section>
      ))}
    </>
  )
}

export const rowHref = (place: PlanPlace) => (row: ProgressRow) => placeIn(place, `/tasks/${row.key}`)

function Overview({ table, place, asOn }: { table: ProgressTable; place: PlanPlace; asOn: PlainDate }) {
  const count = countRows(table.rows, asOn)
  return (
    <section aria-label="总体进展">
      <Figures
        items={[
          { value: count.total, label: '任务', href: placeIn(place, '/tasks') },
          { value: count.done, label: '已完成', href: placeIn(place, '/tasks', { state: 'done' }) },
          {
            value: count.late,
            label: '逾期未完成',
            late: count.late > 0,
            href: placeIn(place, '/tasks', { state: 'late' }),
          },
        ]}
      />
      <ShareBar count={count} />
      <p class="text-sm text-soft">
        截至{inChinese(table.asOf)}，只列政务公开办核定过的情况
        {table.rows.some(isOwnWord) ? '，还没有核定过的照录文件自己写的' : ''}
        {count.states.cancelled > 0 ? `；取消的 ${count.states.cancelled} 项不计入完成比例` : ''}。
      </p>
    </section>
  )
}

/** Of a plan that prints how far things are, as long as nobody's report on it was accepted. */
const isOwnWord = (row: ProgressRow) => row.progress !== '' && row.reports.length === 0

export function FilterForm(props: { table: ProgressTable; place: PlanPlace; choice?: ProgressChoice }) {
  const { table, place, choice = {} } = props
  const units = [...new Set(table.rows.flatMap(unitsOf))].sort((a, b) => a.localeCompare(b, 'zh'))
  return (
    <Form
      method="get"
      action={`${place.address}/tasks`}
      label="按单位和状态查看"
      values={{ unit: choice.unit ?? '', state: choice.state ?? '' }}
    >
      {place.day === null ? null : <HiddenField name="on" value={place.day} />}
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
      <Actions primary="查看" />
    </Form>
  )
}

function Downloads({ place }: { place: PlanPlace }) {
  return (
    <p class="no-print actions my-4">
      <span>下载本表：</span>
      <a href={placeIn(place, '/table.xlsx')}>表格（xlsx）</a>
      <a href={placeIn(place, '/table.csv')}>CSV</a>
      <a href={placeIn(place, '/table.docx')}>Word（docx）</a>
    </p>
  )
}
