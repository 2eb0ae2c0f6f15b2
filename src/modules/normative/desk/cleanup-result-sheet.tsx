import type { Incoming } from '#platform/http/route'
import { Sheet } from '#ui/components/sheet'
import { Actions, DangerAct, DateField, Form, SelectField, TextArea, TextField } from '#ui/forms'
import { type Cleanup, cleanupState } from '../cleanup.ts'
import type { Fault } from './load-document.ts'

/** What the office does with a round as a whole: publish its result, give it up, decide anew. */
export function CleanupResultSheet(props: {
  round: Cleanup
  isWhole: boolean
  columns: readonly { id: string; name: string }[]
  incoming: Incoming
  fault: Fault
}) {
  const { round, isWhole, columns, incoming, fault } = props
  const state = cleanupState(round)
  if (state === 'in-review')
    return (
      <Sheet title="结果没有公布">
        <DangerAct
          label="重新清理"
          warning="审查人退回结果、稿子已经放弃以后，可以重新打开清理，改了意见再公布。"
          action={`/normative-cleanups/${round.id}/reopen`}
          confirm="重新打开"
        >
          <TextArea name="reason" label="理由" required rows={2} maxLength={300} />
        </DangerAct>
      </Sheet>
    )
  if (state !== 'open') return null
  const back = fault.form === 'publish'
  return (
    <Sheet title="公布结果">
      {isWhole ? (
        <Form
          action={`/normative-cleanups/${round.id}/publish`}
          values={{ title: `关于公布${round.name}结果的决定`, ...(back ? incoming.form : {}) }}
          errors={back ? fault.errors : {}}
          id="publish"
          label="公布结果"
        >
          <TextField name="title" label="标题" required width="full" />
          <DateField
            name="effectiveOn"
            label="施行日期"
            required
            hint="废止、失效和修改从这一天起生效，不早于公布"
          />
          <SelectField
            name="columnId"
            label="栏目"
            required
            options={columns.map(column => ({ value: column.id, label: column.name }))}
          />
          <Actions primary="写成结果并送审" />
        </Form>
      ) : (
        <p>每一件都有意见、都核定以后，才能公布结果。</p>
      )}
      <DangerAct
        label="取消这次清理"
        warning="取消以后，提出的意见只留作记录，没有文件受影响。"
        action={`/normative-cleanups/${round.id}/cancel`}
        confirm="确认取消"
      >
        <TextArea name="reason" label="理由" required rows={2} maxLength={300} />
      </DangerAct>
    </Sheet>
  )
}
