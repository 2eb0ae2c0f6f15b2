import { inChinese, type PlainDate } from '#lib/beijing-time'
import type { Organ } from '#modules/organisations'
import { roles } from '#platform/actor'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import { heldOn, reachesDown, type StaffPost } from '../staff.ts'

/** Roles of a person, each with where it reaches. */
export function PostTable(props: {
  posts: readonly StaffPost[]
  organs: readonly Organ[]
  today: PlainDate
  endAction?: string | undefined
}) {
  const { endAction } = props
  return (
    <DataTable
      caption="角色"
      captionHidden
      columns={[
        { key: 'role', head: '角色', cell: row => roles[row.role] },
        {
          key: 'organ',
          head: '在哪个机构',
          cell: row => reachInWords(row, props.organs),
        },
        { key: 'days', head: '起止', cell: row => daysOf(row) },
        {
          key: 'state',
          head: '状态',
          cell: row =>
            heldOn(row, props.today) ? (
              <StateTag state="met">在任</StateTag>
            ) : (
              <StateTag state="soon">未开始</StateTag>
            ),
        },
        ...(endAction
          ? [
              {
                key: 'act',
                head: '操作',
                cell: (row: StaffPost) => (
                  <PostButton
                    action={endAction}
                    label="撤销"
                    hidden={{ postId: row.id }}
                    tone="danger"
                    small
                  />
                ),
              },
            ]
          : []),
      ]}
      rows={props.posts}
      rowKey={row => row.id}
      empty={
        <EmptyState title="还没有角色">没有角色的账号只能管理自己的资料。角色由安全管理员添加。</EmptyState>
      }
    />
  )
}

/** A government's office acts for its government: see `organsUnder`. */
function reachInWords(post: StaffPost, organs: readonly Organ[]): string {
  const organ = organs.find(one => one.id === post.organId)
  if (!organ) return '—'
  if (!reachesDown(post.role)) return organ.shortName
  const head = organ.type === 'office' ? organs.find(one => one.id === organ.parentId) : undefined
  return head ? `${organ.shortName}，管到${head.shortName}及下属机构` : `${organ.shortName}及下属机构`
}

export function daysOf(post: Pick<StaffPost, 'fromOn' | 'untilOn'>): string {
  return post.untilOn
    ? `${inChinese(post.fromOn)}至${inChinese(post.untilOn)}`
    : `${inChinese(post.fromOn)}起`
}
