import type { FormErrors, RawForm } from '#lib/forms'
import { Notice } from '#ui/components/notice'
import { Actions, DateField, Form, HiddenField, TextArea, TextField } from '#ui/forms'
import { type DutyRecord, recordWords } from '../duty-record.ts'

interface RecordFormProps {
  duty: { id: string; rule: string }
  latest: DutyRecord | undefined
  today: string
  values: RawForm
  errors: FormErrors
}

/** The form that records what was done for a duty that comes round, or puts the record right. */
export function RecordForm({ duty, latest, today, values, errors }: RecordFormProps) {
  const words = recordWords[duty.rule]
  if (!words) return null
  const isTyped = Object.keys(values).length > 0
  const { '': general, ...ofFields } = errors
  const shown: RawForm = isTyped || !latest ? values : textsOf(latest)
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary>{latest ? '更正登记' : '登记完成情况'}</summary>
      <p>
        {latest
          ? '更正以后，原来的登记和更正的理由都保留，公众可以看到。'
          : '登记以后这项义务即完成，公众可以看到登记的内容。'}
      </p>
      {general ? <Notice tone="error" title={general} /> : null}
      <Form
        action={`/duties/${duty.id}/record`}
        values={shown}
        errors={ofFields}
        labels={{ ...words, reason: '为什么更正' }}
        label={latest ? '更正登记' : '登记完成情况'}
        id="record"
      >
        <HiddenField name="seen" value={String(latest?.revision ?? 0)} />
        <DateField name="heldOn" label={words.heldOn} max={today} required />
        <TextField name="chair" label={words.chair} hint="职务和姓名" required />
        <TextField name="subject" label={words.subject} width="full" required />
        <TextArea
          name="outcome"
          label={words.outcome}
          hint={words.example}
          rows={3}
          maxLength={1000}
          required
        />
        {latest ? <TextField name="reason" label="为什么更正" width="full" required /> : null}
        <Actions primary={latest ? '更正' : '登记'} />
      </Form>
    </details>
  )
}

const textsOf = ({ heldOn, chair, subject, outcome }: DutyRecord): RawForm => ({
  heldOn,
  chair,
  subject,
  outcome,
})
