import { momentInBeijing } from '#lib/beijing-time'
import type { Incoming } from '#platform/http/route'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { DateField, Form, HiddenField, SelectField, SubmitButton, TextField } from '#ui/forms'
import type { LedgerKind } from '../ledger-kind.ts'
import { owingUnits, type Step, type TaskUnit } from '../owing-queries.ts'
import type { Task } from '../task.ts'
import type { Fault } from './task-fault.ts'

/** Measures and milestones of a task, each ended by its own small form, and the form for another. */
export function TaskMeasures(props: {
  task: Task
  kind: LedgerKind
  steps: readonly Step[]
  units: readonly TaskUnit[]
  mayAdd: boolean
  mayEnd: boolean
  fault: Fault
  incoming: Incoming
}) {
  const { task, kind, steps, fault } = props
  const address = `/ledger-tasks/${task.id}`
  const hidden = { revision: String(task.revision) }
  const typed = fault.act === 'add-step'
  return (
    <Sheet title={`${kind.measure}和节点`} count={steps.length}>
      <ul>
        {steps.map(step => (
          <li key={step.id}>
            {step.kind === 'milestone' ? '节点' : kind.measure}：{step.text}
            {step.dueOn ? `（${step.dueOn}）` : ''}
            {step.organName ? ` · ${step.organName}` : ''}{' '}
            {step.doneAt ? (
              <StateTag state="met">{`${step.doneBy}于${momentInBeijing(step.doneAt)}办结`}</StateTag>
            ) : step.droppedAt ? (
              <StateTag state="off">{`取消：${step.droppedReason}`}</StateTag>
            ) : props.mayEnd ? (
              <Form action={address} id={`end-${step.position}`} label="办结或者取消" layout="row">
                <input type="hidden" name="act" value="end-step" />
                <input type="hidden" name="revision" value={hidden.revision} />
                <HiddenField name="stepId" value={step.id} />
                <SubmitButton small tone="plain" name="how" value="done">
                  办结
                </SubmitButton>
                <TextField name="reason" label="取消的理由" />
                <SubmitButton small tone="quiet" name="how" value="dropped">
                  取消
                </SubmitButton>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
      {props.mayAdd ? (
        <details open={typed}>
          <summary>增加</summary>
          <Form
            action={address}
            id="step"
            label="增加措施或者节点"
            values={typed ? props.incoming.form : { kind: 'measure' }}
            errors={typed ? fault.errors : {}}
            labels={{ text: '做什么', dueOn: '哪天以前' }}
          >
            <input type="hidden" name="act" value="add-step" />
            <input type="hidden" name="revision" value={hidden.revision} />
            <SelectField
              name="kind"
              label="是"
              blank={null}
              options={[
                { value: 'measure', label: kind.measure },
                { value: 'milestone', label: '节点' },
              ]}
            />
            <TextField name="text" label="做什么" required width="full" />
            <DateField name="dueOn" label="哪天以前" hint="写了日期，就给单位生成一项义务" />
            <SelectField
              name="organId"
              label="哪个单位"
              blank="全部牵头、责任单位"
              options={owingUnits(props.units).map(unit => ({
                value: unit.organId ?? '',
                label: unit.organName ?? '',
              }))}
            />
            <SubmitButton tone="plain">增加</SubmitButton>
          </Form>
        </details>
      ) : null}
    </Sheet>
  )
}
