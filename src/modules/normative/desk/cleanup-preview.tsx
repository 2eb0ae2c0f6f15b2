import { DataTable } from '#ui/components/data-table'
import { Notice } from '#ui/components/notice'
import { Actions, Form, HiddenField } from '#ui/forms'
import type { ItemDecision } from '../actions/run-cleanup.ts'
import { type Cleanup, cleanupDecisions, decisionNames } from '../cleanup.ts'
import type { SheetFault } from '../cleanup-sheet.ts'

/** What an uploaded sheet says, before anything is saved. */
export interface Preview {
  name: string
  decisions: ItemDecision[]
  faults: SheetFault[]
  same: number
}

const mostShown = 200

export function SheetPreview({ round, preview }: { round: Cleanup; preview: Preview }) {
  const { faults, decisions, same, name } = preview
  if (faults.length > 0)
    return (
      <>
        <Notice tone="error" title={`“${name}”有 ${faults.length} 处错误，什么也没有保存。`}>
          请在表格里改正以后重新上传。
        </Notice>
        <DataTable
          caption="要改正的地方"
          columns={[
            { key: 'row', head: '行', figures: true },
            { key: 'item', head: '文件' },
            { key: 'why', head: '错在哪里，怎样改' },
          ]}
          rows={faults.slice(0, mostShown)}
          rowKey={fault => `${fault.row}-${fault.why}`}
        />
      </>
    )
  const counts = decisionNames
    .map(one => [cleanupDecisions[one], decisions.filter(item => item.decision === one).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${word} ${count} 件`)
  const hasChanges = decisions.length > 0
  return (
    <>
      <Notice
        tone={hasChanges ? 'info' : 'success'}
        title={`“${name}”没有错误：${hasChanges ? `${counts.join('，')}，` : ''}${same} 件没有变化。${hasChanges ? '还没有保存。' : '不用保存。'}`}
      />
      {hasChanges ? (
        <Form action={`/normative-cleanups/${round.id}/sheet`} id="take" label="保存表格里的意见">
          <HiddenField name="decisions" value={JSON.stringify(decisions)} />
          <Actions
            primary={`保存（${decisions.length} 件）`}
            cancel={{ label: '放弃', href: `/normative-cleanups/${round.id}` }}
          />
        </Form>
      ) : null}
    </>
  )
}
