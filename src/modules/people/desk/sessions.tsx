import { momentInBeijing } from '#lib/beijing-time'
import { DataTable } from '#ui/components/data-table'
import { EmptyState } from '#ui/components/empty-state'
import { StateTag } from '#ui/components/state-tag'
import { PostButton } from '#ui/forms'
import type { SessionRow } from '../session-queries.ts'

/** Where an account is logged in just now. */
export function SessionTable(props: {
  sessions: readonly SessionRow[]
  endAction: string
  current?: string | undefined
}) {
  return (
    <DataTable
      caption="现在的登录"
      captionHidden
      columns={[
        { key: 'startedAt', head: '登录时间', cell: row => momentInBeijing(row.startedAt) },
        { key: 'lastSeenAt', head: '最近使用', cell: row => momentInBeijing(row.lastSeenAt) },
        { key: 'ipAddress', head: '来自', cell: row => row.ipAddress || '—' },
        { key: 'userAgent', head: '浏览器', cell: row => browserName(row.userAgent ?? '') },
        {
          key: 'act',
          head: '操作',
          cell: row =>
            row.id === props.current ? (
              <StateTag state="info">这一个</StateTag>
            ) : (
              <PostButton
                action={props.endAction}
                label="结束"
                hidden={{ sessionId: row.id }}
                tone="danger"
                small
              />
            ),
        },
      ]}
      rows={props.sessions}
      rowKey={row => row.id}
      empty={<EmptyState title="现在没有登录">登录满规定时间没有操作，会自动结束。</EmptyState>}
    />
  )
}

/** `Edge · Windows`: enough to know one's own browser again. */
function browserName(userAgent: string): string {
  const browsers = [
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['QQBrowser', 'QQ浏览器'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ] as const
  const systems = [
    ['Windows', 'Windows'],
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ] as const
  const name = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => userAgent.includes(mark))?.[1]
  return [name(browsers), name(systems)].filter(Boolean).join(' · ') || '其他'
}
