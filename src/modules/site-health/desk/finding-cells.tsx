import { momentInBeijing } from '#lib/beijing-time'
import type { FormErrors, RawForm } from '#lib/forms'
import { StateTag } from '#ui/components/state-tag'
import { Form, HiddenField, SubmitButton, TextField } from '#ui/forms'
import { rules } from '../finding.ts'
import { addressFor, type HealthChoice, type ShownFinding } from './load-health.ts'

/** What a form got back. */
export interface Failed {
  form: RawForm
  errors: FormErrors
}

export function Rule({ row }: { row: ShownFinding }) {
  const state = row.stage === 'finding' ? (row.severity === 'block' ? 'late' : 'soon') : 'info'
  const words = { finding: row.severity === 'block' ? '严重' : '问题', soon: '快到期', urgent: '马上到期' }[
    row.stage
  ]
  return (
    <>
      <StateTag state={'resolvedOn' in row && row.resolvedOn ? 'met' : state}>
        {'resolvedOn' in row && row.resolvedOn ? `${row.resolvedOn} 恢复` : words}
      </StateTag>{' '}
      {rules[row.rule]}
      <div class="field-hint">{row.rule}</div>
    </>
  )
}

export function Place({ row, origin, base }: { row: ShownFinding; origin: string; base: string }) {
  const { label, address, desk } = row.place
  return (
    <>
      {desk ? <a href={desk}>{label}</a> : label}
      {address ? (
        <div>
          <a href={`${origin}${base}${address}`}>公众看到的页面</a>
        </div>
      ) : null}
    </>
  )
}

export function Evidence(props: {
  row: ShownFinding
  choice: HealthChoice
  may: boolean
  failed: Failed | undefined
}) {
  const { row, choice, may, failed } = props
  const mine = failed?.form.finding === row.key ? failed : undefined
  return (
    <>
      {row.evidence}
      <p class="text-soft">{row.remedy}</p>
      {row.acknowledged ? (
        <p class="text-soft">
          {row.acknowledged.acknowledgedBy} {momentInBeijing(row.acknowledged.acknowledgedAt)} 说明：
          {row.acknowledged.reason}
        </p>
      ) : may && row.stage === 'finding' && choice.show === 'open' ? (
        <details open={mine !== undefined}>
          <summary>暂不处理，写明理由</summary>
          <Form
            action={addressFor(choice, '/site-health/acknowledge')}
            id={`acknowledge-${row.key}`}
            label={`说明：${row.place.label} ${rules[row.rule]}`}
            values={mine?.form ?? {}}
            errors={mine?.errors ?? {}}
            labels={{ reason: '理由' }}
          >
            <HiddenField name="siteId" value={row.siteId} />
            <HiddenField name="finding" value={row.key} />
            <HiddenField name="since" value={row.since ?? ''} />
            <HiddenField name="place" value={row.place.label} />
            <TextField name="reason" label="理由" width="full" maxLength={300} required />
            <SubmitButton small>记下</SubmitButton>
          </Form>
        </details>
      ) : null}
    </>
  )
}
