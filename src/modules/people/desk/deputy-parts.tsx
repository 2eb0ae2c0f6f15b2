import { inChinese } from '#lib/beijing-time'
import { roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { DataTable } from '#ui/components/data-table'
import { StateTag } from '#ui/components/state-tag'
import { CheckboxList, DateField, type Option, PostButton, SelectField, TextField } from '#ui/forms'
import { type Deputy, standsIn } from '../deputy.ts'
import { listPostsOf } from '../post-queries.ts'
import type { StaffPost } from '../staff.ts'
import { staffByIds } from '../staff-queries.ts'

export interface DeputyRow extends Deputy {
  absentName: string
  deputyName: string
  duties: string
}

/** Arrangements with the names and duties that a person reads. */
export async function describeDeputies(
  ctx: Pick<Context, 'db' | 'clock'>,
  deputies: readonly Deputy[],
): Promise<DeputyRow[]> {
  const names = await staffByIds(
    ctx.db,
    deputies.flatMap(deputy => [deputy.absentId, deputy.deputyId]),
  )
  const posts = await listPostsOf(
    ctx.db,
    deputies.map(deputy => deputy.absentId),
    ctx.clock.today(),
  )
  return deputies.map(deputy => ({
    ...deputy,
    absentName: names.get(deputy.absentId)?.name ?? '—',
    deputyName: names.get(deputy.deputyId)?.name ?? '—',
    duties:
      [...new Set(posts.filter(post => deputy.postIds.includes(post.id)).map(post => roles[post.role]))].join(
        '、',
      ) || '职责已撤销',
  }))
}

export function DeputyTable(props: {
  rows: readonly DeputyRow[]
  today: string
  endAction: string
  caption: string
}) {
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      columns={[
        { key: 'absentName', head: '谁不在' },
        { key: 'deputyName', head: '谁代理' },
        { key: 'duties', head: '代理的职责' },
        { key: 'days', head: '日期', cell: row => `${inChinese(row.fromOn)}至${inChinese(row.untilOn)}` },
        { key: 'reason', head: '原因' },
        {
          key: 'state',
          head: '状态',
          cell: row =>
            standsIn(row, props.today) ? (
              <StateTag state="met">代理中</StateTag>
            ) : (
              <StateTag state="soon">未开始</StateTag>
            ),
        },
        {
          key: 'act',
          head: '操作',
          cell: row => (
            <PostButton action={props.endAction} label="结束" hidden={{ id: row.id }} tone="danger" small />
          ),
        },
      ]}
      rows={props.rows}
      rowKey={row => row.id}
    />
  )
}

export const deputyLabels = {
  absentId: '谁不在',
  deputyId: '代理人',
  postIds: '代理的职责',
  fromOn: '第一天',
  untilOn: '最后一天',
  reason: '原因',
}

/** The fields that both pages share; who is absent is known before. */
export function DeputyFields(props: {
  colleagues: readonly Option[]
  posts: readonly StaffPost[]
  today: string
}) {
  return (
    <>
      <SelectField name="deputyId" label={deputyLabels.deputyId} required options={props.colleagues} />
      <CheckboxList
        name="postIds"
        label={deputyLabels.postIds}
        required
        options={props.posts.map(post => ({ value: post.id, label: roles[post.role] }))}
      />
      <DateField name="fromOn" label={deputyLabels.fromOn} required min={props.today} />
      <DateField
        name="untilOn"
        label={deputyLabels.untilOn}
        hint="当天仍由代理人办理"
        required
        min={props.today}
      />
      <TextField
        name="reason"
        label={deputyLabels.reason}
        hint="例如：年休假、出差、学习"
        required
        maxLength={100}
      />
    </>
  )
}

export const colleagueOptions = (
  colleagues: readonly { id: string; name: string; username: string }[],
): Option[] => colleagues.map(one => ({ value: one.id, label: `${one.name}（${one.username}）` }))
