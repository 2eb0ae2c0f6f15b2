import { momentInBeijing } from '#lib/beijing-time'
import { DueDay, type DutyRow, StandingTag } from '#modules/duties'
import { DataTable } from '#ui/components/data-table'
import { Sheet } from '#ui/components/sheet'
import { differing, fieldNames, fieldWords } from '../differences.ts'
import { ItemFacts } from '../item-facts.tsx'
import { type CatalogueItem, type ItemVersion, versionActs } from '../queries.ts'

export function Duties({ duties, now }: { duties: readonly DutyRow[]; now: Date }) {
  return (
    <DataTable
      caption="由这个事项产生的义务"
      captionHidden
      columns={[
        { key: 'title', head: '义务', cell: duty => <a href={`/duties/${duty.id}`}>{duty.title}</a> },
        { key: 'organName', head: '单位' },
        { key: 'due', head: '到期', cell: duty => <DueDay duty={duty} /> },
        { key: 'state', head: '状态', cell: duty => <StandingTag duty={duty} now={now} /> },
      ]}
      rows={duties}
      rowKey={duty => duty.id}
      empty={<p>还没有产生义务。</p>}
    />
  )
}

export function Versions({ versions }: { versions: readonly ItemVersion[] }) {
  return (
    <DataTable
      caption="各个版本"
      captionHidden
      columns={[
        { key: 'revision', head: '版', figures: true },
        {
          key: 'act',
          head: '做了什么',
          cell: version => (
            <>
              {versionActs[version.act]}
              {version.reason ? `：${version.reason}` : ''}
              <details>
                <summary>看这一版</summary>
                <ItemFacts content={version.content} />
              </details>
            </>
          ),
        },
        { key: 'changedBy', head: '谁' },
        { key: 'changedAt', head: '时间', cell: version => momentInBeijing(version.changedAt) },
      ]}
      rows={versions}
      rowKey={version => version.revision}
    />
  )
}

/** Where an item differs from the standard, field by field, and why (R-GRS-03). */
export function Differences({ item }: { item: CatalogueItem }) {
  const { content, standard, reasons } = item
  const rows = standard ? differing(content, standard).map(field => ({ field })) : []
  if (!standard || rows.length === 0) return null
  return (
    <Sheet title="和标准不同的地方" count={rows.length}>
      <DataTable
        caption="和标准不同的地方"
        captionHidden
        columns={[
          { key: 'field', head: '列', cell: ({ field }) => fieldNames[field] },
          { key: 'standard', head: '标准', cell: ({ field }) => fieldWords(standard, field) || '（空）' },
          { key: 'here', head: '这里', cell: ({ field }) => fieldWords(content, field) || '（空）' },
          { key: 'why', head: '理由', cell: ({ field }) => reasons[field] ?? '' },
        ]}
        rows={rows}
        rowKey={({ field }) => field}
      />
    </Sheet>
  )
}
