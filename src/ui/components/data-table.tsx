import type { ComponentChildren } from 'preact'

export interface TableColumn<Row> {
  key: string
  head: ComponentChildren
  /** Right-aligned, tabular numerals. */
  figures?: boolean | undefined
  /** `w-1/3`: once columns say their widths, tables that stand below each other keep in line whatever their rows hold. */
  width?: string | undefined
  /** What stands in the cell; without it, the row's own value under the key. */
  cell?: ((row: Row) => ComponentChildren) | undefined
}

export interface DataTableProps<Row extends object> {
  caption: ComponentChildren
  /** The caption is only heard, because a heading above says the same. */
  captionHidden?: boolean | undefined
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Shown in place of a table without rows. */
  empty?: ComponentChildren
}

/** On a phone each row becomes a small block, every value with its head before it. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, caption } = props
  if (rows.length === 0 && props.empty) return <>{props.empty}</>
  return (
    <table class={columns.some(column => column.width) ? 'data-table data-table-fixed' : 'data-table'}>
      <caption class={props.captionHidden ? 'sr-only' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(column => (
            <th
              key={column.key}
              scope="col"
              class={[column.figures && 'figures-cell', column.width].filter(Boolean).join(' ') || undefined}
            >
              {column.head === '' ? <span class="sr-only">操作</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={props.rowKey(row)}>
            {columns.map(column => (
              <td
                key={column.key}
                class={column.figures ? 'figures-cell' : undefined}
                data-head={typeof column.head === 'string' && column.head !== '' ? column.head : undefined}
              >
                {column.cell ? column.cell(row) : plain(row, column.key)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function plain(row: object, key: string): string {
  const value = (row as Record<string, unknown>)[key]
  return value === null || value === undefined || value === '' ? '—' : String(value)
}
