import { momentInBeijing } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'

export interface ConflictRow {
  label: string
  theirs: string[]
  mine: string[]
  keeps: 'theirs' | 'mine'
}

/** Tells the second of two officers who changed what, with both texts; the form below it keeps both people's work. */
export function ConflictNotice({ by, at, rows }: { by: string; at: Date; rows: readonly ConflictRow[] }) {
  return (
    <>
      <Notice tone="warning" title="还没有保存：内容与您打开时不同">
        {by === '' ? '另一位同事' : by}在 {momentInBeijing(at)} 保存过修改。
        {rows.length === 0
          ? '双方改后的内容相同，再按一次“保存”即可。'
          : '下表列出对方改过的内容；下面的表单里，您没有动过的项目已换成对方的内容，双方都改过的项目保留您填写的。请核对后再保存。'}
      </Notice>
      {rows.length > 0 && (
        <DataTable
          caption="双方内容对照"
          columns={[
            { key: 'label', head: '项目', cell: row => row.label },
            {
              key: 'theirs',
              head: `${by === '' ? '对方' : by}保存的`,
              cell: row => <Lines of={row.theirs} />,
            },
            { key: 'mine', head: '您填写的', cell: row => <Lines of={row.mine} /> },
            {
              key: 'keeps',
              head: '表单里现在是',
              cell: row => (row.keeps === 'theirs' ? '对方的' : '您的'),
            },
          ]}
          rows={[...rows]}
          rowKey={row => row.label}
        />
      )}
    </>
  )
}

function Lines({ of }: { of: readonly string[] }) {
  if (of.length === 0) return <>（空）</>
  return (
    <ul>
      {of.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
