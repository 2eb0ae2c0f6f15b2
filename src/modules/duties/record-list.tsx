import { dateInBeijing } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import type { DutyRecord } from './duty-record.ts'
import { recordWords } from './duty-record.ts'

/** What was recorded for a duty, with what stood there before it was put right. */
export function RecordList({ rule, records }: { rule: string; records: readonly DutyRecord[] }) {
  const words = recordWords[rule]
  if (!words) return null
  return (
    <DataTable
      caption={records.length > 1 ? '登记（最上面是现在的，下面是更正以前的）' : '登记'}
      columns={[
        { key: 'heldOn', head: words.heldOn },
        { key: 'chair', head: words.chair },
        { key: 'subject', head: words.subject },
        { key: 'outcome', head: words.outcome },
        {
          key: 'recordedAt',
          head: '登记日期',
          cell: record =>
            `${dateInBeijing(record.recordedAt)}${record.reason ? `，更正：${record.reason}` : ''}`,
        },
      ]}
      rows={records}
      rowKey={record => record.revision}
      empty={<p>还没有登记。</p>}
    />
  )
}
