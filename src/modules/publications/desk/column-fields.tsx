import { type RawForm, textOf, textsOf } from '#lib/forms'
import { CheckboxList, type Option, SelectField } from '#ui/forms'
import type { ColumnRow } from '../column-queries.ts'

/** The columns that an edition can be shown in. */
export interface ColumnChoice {
  own: readonly ColumnRow[]
  others: readonly { site: string; columns: readonly ColumnRow[] }[]
}

/** The main column gives the page its tags and its way back; the rest show the item too. */
export function ColumnFields({ choice, raw }: { choice: ColumnChoice; raw: RawForm }) {
  const chosen = [...textsOf(raw, 'columnIds'), ...textsOf(raw, 'otherColumnIds')]
  const own = columnOptions(choice.own)
  const others = choice.others.flatMap(({ site, columns }) =>
    columnOptions(columns).map(option => ({ ...option, label: `${site}：${option.label}` })),
  )
  return (
    <>
      <SelectField
        name="mainColumn"
        label="主栏目"
        required
        hint="页面的位置和栏目标签（ColumnName 等）从它来。"
        options={own}
        value={textOf(raw, 'mainColumn')}
      />
      <details open={chosen.some(id => id !== '')}>
        <summary>同时显示在本站其他栏目</summary>
        <CheckboxList name="columnIds" label="本站其他栏目" options={own} values={chosen} />
      </details>
      {others.length > 0 && (
        <details open={others.some(option => chosen.includes(option.value))}>
          <summary>同时显示在其他站点</summary>
          <CheckboxList name="otherColumnIds" label="其他站点的栏目" options={others} values={chosen} />
        </details>
      )}
    </>
  )
}

/** `政府信息公开 › 规划计划`: the way down the tree, by the names. */
export function columnOptions(columns: readonly ColumnRow[]): Option[] {
  const names = new Map(columns.map(column => [column.path, column.name]))
  return columns.map(column => {
    const steps = column.path.split('/')
    const way = steps.map((_, depth) => names.get(steps.slice(0, depth + 1).join('/'))).filter(Boolean)
    return { value: column.id, label: way.join(' › ') }
  })
}
