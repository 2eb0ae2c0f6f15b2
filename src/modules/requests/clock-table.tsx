import { inChinese, weekday } from '#lib/beijing-time'
import type { DueDay } from '#lib/working-days/clock'
import { groundWords } from '#modules/duties'
import { DataTable } from '#ui/components/data-table'

/** The due day in words; the same to the applicant, the officer and whoever supervises. */
export function dueInWords({ due, provisional }: Pick<DueDay, 'due' | 'provisional'>): string {
  if (due === null) return '期限暂停，现在还不能说出到期日'
  return `${inChinese(due)}（${weekday(due)}）${provisional ? '，暂定' : ''}`
}

/** Day by day why it is due then, each with its ground. */
export function ClockTable({ clock }: { clock: DueDay }) {
  return (
    <details>
      <summary>逐日计算</summary>
      <DataTable
        caption="答复期限逐日计算"
        captionHidden
        columns={[
          { key: 'date', head: '日期', cell: one => `${one.date} ${weekday(one.date)}` },
          { key: 'counts', head: '计入', cell: one => (one.counts ? '计入' : '不计') },
          { key: 'why', head: '为什么' },
          { key: 'rule', head: '依据', cell: one => groundWords(one.rule) },
        ]}
        rows={clock.explanation.map((one, index) => ({ ...one, index }))}
        rowKey={one => one.index}
      />
    </details>
  )
}
