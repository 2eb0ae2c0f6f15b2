import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { Sheet } from '#ui/components/sheet'
import { LinkButton, PostButton } from '#ui/forms'
import { type Gathered, mostCounted } from '../gather.ts'
import type { Topic } from '../topic.ts'

/** The sections of a topic with what they gather now, and the buttons that move them. */
export function SectionTable({ topic, gathered }: { topic: Topic; gathered: readonly Gathered[] }) {
  const last = gathered.length - 1
  const rows = gathered.map((one, at) => ({ ...one, at }))
  const button = (sectionId: string, to: string, label: string) => (
    <PostButton
      small
      tone="quiet"
      action={`/topics/${topic.id}/arrange`}
      label={label}
      hidden={{ sectionId, to, revision: String(topic.revision) }}
    />
  )
  return (
    <div id="sections">
      <Sheet
        title="板块"
        count={gathered.length}
        actions={
          <LinkButton small href={`/topics/${topic.id}/sections/new`}>
            新建板块
          </LinkButton>
        }
      >
        <DataTable
          caption={`专题“${topic.name}”的板块`}
          captionHidden
          columns={[
            {
              key: 'title',
              head: '板块',
              cell: ({ section }) => (
                <a href={`/topics/${topic.id}/sections/${section.id}`}>{section.title}</a>
              ),
            },
            { key: 'how', head: '怎样收入', cell: how },
            {
              key: 'count',
              head: '现在收入',
              figures: true,
              cell: ({ items }) =>
                items.length < mostCounted ? `${items.length} 件` : `${mostCounted} 件以上`,
            },
            {
              key: 'acts',
              head: '',
              cell: ({ section, at }) => (
                <div class="actions">
                  {at > 0 ? button(section.id, 'up', '上移') : null}
                  {at < last ? button(section.id, 'down', '下移') : null}
                </div>
              ),
            },
          ]}
          rows={rows}
          rowKey={({ section }) => section.id}
          empty={
            <EmptyState title="还没有板块">
              请新建板块：写明标题，再写收入规则，或者指定几件已经公开的内容。
            </EmptyState>
          }
        />
      </Sheet>
    </div>
  )
}

function how({ section }: Gathered): string {
  const picked = section.picks.filter(pick => !pick.excluded).length
  const excluded = section.picks.length - picked
  const parts = [
    section.rule ? '按规则' : '',
    picked > 0 ? `指定 ${picked} 件` : '',
    excluded > 0 ? `排除 ${excluded} 件` : '',
  ]
  return parts.filter(Boolean).join('，') || '还没有说明'
}
