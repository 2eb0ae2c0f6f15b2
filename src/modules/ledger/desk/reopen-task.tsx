import type { FormErrors, RawForm } from '#lib/forms'
import { CheckboxList, DateField, Form, SubmitButton, TextArea } from '#ui/forms'
import { owingUnits, type TaskUnit } from '../owing-queries.ts'
import type { Task } from '../task.ts'

/** 重新推进: what was found done turns out not to be; the office says for whom, and until when. */
export function ReopenTask(props: {
  task: Task
  units: readonly TaskUnit[]
  typed: RawForm | null
  errors: FormErrors
}) {
  const { task, typed } = props
  const owing = [...new Map(owingUnits(props.units).map(unit => [unit.organId, unit])).values()]
  return (
    <details open={typed !== null}>
      <summary>重新推进</summary>
      <Form
        action={`/ledger-tasks/${task.id}`}
        id="reopen"
        label="重新推进"
        values={typed ?? {}}
        errors={typed ? props.errors : {}}
        labels={{ organIds: '由哪些单位重新推进', dueOn: '新的期限', reason: '理由' }}
      >
        <input type="hidden" name="act" value="reopen" />
        <input type="hidden" name="revision" value={String(task.revision)} />
        <CheckboxList
          name="organIds"
          label="由哪些单位重新推进"
          required
          {...(typed ? {} : { values: owing.map(unit => unit.organId ?? '') })}
          options={owing.map(unit => ({ value: unit.organId ?? '', label: unit.organName ?? unit.printed }))}
        />
        <DateField name="dueOn" label="新的期限" hint="空着就还是原来的期限：已经过了的，义务马上逾期" />
        <TextArea
          name="reason"
          label="理由"
          required
          rows={3}
          maxLength={300}
          hint="例如：抽查发现没有做到。单位会收到，公众在进展里看到"
        />
        <SubmitButton>重新推进</SubmitButton>
      </Form>
    </details>
  )
}
