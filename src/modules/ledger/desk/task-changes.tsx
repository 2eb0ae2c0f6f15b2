import type { Organ } from '#modules/organisations'
import type { Incoming } from '#platform/http/route'
import { Sheet } from '#ui/components/sheet'
import { DangerAct, DateField, Form, SelectField, SubmitButton, TextArea, TextField } from '#ui/forms'
import type { LedgerKind } from '../ledger-kind.ts'
import { type Due, isStill, type TaskUnit } from '../owing-queries.ts'
import { type Task, unitRoles } from '../task.ts'
import { formOfTask } from '../task-form.ts'
import type { Fault } from './task-fault.ts'
import { KindFields, taskLabels } from './task-fields.tsx'

/** What the keeper may change of a task in force, each with its reason. */
export function TaskChanges(props: {
  task: Task
  kind: LedgerKind
  units: readonly TaskUnit[]
  dues: readonly Due[]
  organs: readonly Organ[]
  fault: Fault
  incoming: Incoming
}) {
  const { task, kind, units, dues, organs, fault, incoming } = props
  const address = `/ledger-tasks/${task.id}`
  const typedIn = (act: string) => fault.act === act
  const common = (act: string) => ({
    action: address,
    id: act,
    errors: typedIn(act) ? fault.errors : {},
    labels: { ...taskLabels, reason: '理由', dueOn: '新的日期' },
  })
  const hidden = (act: string) => (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="revision" value={String(task.revision)} />
    </>
  )
  const still = units.filter(isStill)
  const roleOf = new Map(still.map(unit => [unit.organId, unit.role]))
  const unitValues = Object.fromEntries(organs.map(organ => [`unit-${organ.id}`, roleOf.get(organ.id) ?? '']))
  return (
    <Sheet title="调整">
      <details open={typedIn('change')}>
        <summary>修改内容</summary>
        <Form
          {...common('change')}
          label="修改任务"
          values={typedIn('change') ? incoming.form : formOfTask(task)}
        >
          {hidden('change')}
          <TextField name="no" label="序号" width="short" />
          <TextField name="title" label="标题" width="full" />
          <TextArea name="text" label="内容" required rows={5} />
          <TextArea name="requirement" label="工作要求" rows={3} />
          <TextField name="person" label="责任人" />
          <KindFields kind={kind} />
          <TextField name="reason" label="理由" required width="full" />
          <SubmitButton>保存修改</SubmitButton>
        </Form>
      </details>
      <details open={typedIn('change-units')}>
        <summary>调整责任单位（机构调整以后）</summary>
        <Form
          {...common('change-units')}
          label="调整责任单位"
          values={typedIn('change-units') ? incoming.form : unitValues}
        >
          {hidden('change-units')}
          <p class="text-soft">
            从今天起由谁负责。离开的单位没有到期的义务随之结束，新来的单位从今天起有义务。
          </p>
          {organs.map(organ => (
            <SelectField
              key={organ.id}
              name={`unit-${organ.id}`}
              label={organ.shortName}
              blank="不负责"
              options={Object.entries(unitRoles).map(([value, label]) => ({ value, label }))}
            />
          ))}
          <TextField name="reason" label="理由" required width="full" hint="例如：机构改革，职责划转" />
          <SubmitButton>保存调整</SubmitButton>
        </Form>
      </details>
      <details open={typedIn('move-due')}>
        <summary>调整期限</summary>
        <Form {...common('move-due')} label="调整期限" values={typedIn('move-due') ? incoming.form : {}}>
          {hidden('move-due')}
          <SelectField
            name="position"
            label="哪一个期限"
            blank="增加一个"
            options={dues
              .filter(due => due.every === null)
              .map(due => ({
                value: String(due.position),
                label: `${due.text}${due.dueOn ? `（现在是 ${due.dueOn}）` : ''}`,
              }))}
          />
          <DateField name="dueOn" label="新的日期" required />
          <TextField name="reason" label="理由" required width="full" />
          <SubmitButton>保存期限</SubmitButton>
        </Form>
      </details>
      <DangerAct
        label="取消任务"
        warning="任务不再推进，单位的义务随之结束，经过保留。"
        action={address}
        confirm="取消任务"
        hidden={{ act: 'cancel', revision: String(task.revision) }}
        errors={typedIn('cancel') ? fault.errors : {}}
        labels={{ reason: '理由' }}
      >
        <TextField name="reason" label="理由" required width="full" />
      </DangerAct>
    </Sheet>
  )
}
