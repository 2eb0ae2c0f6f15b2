import type { FormErrors, RawForm } from '#lib/forms'
import { DefinitionList } from '#ui/components/definition-list'
import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import { Form, SelectField, SubmitButton, TextField } from '#ui/forms'
import type { LedgerKind } from '../ledger-kind.ts'
import type { Plan } from '../plan.ts'
import { sentencesOf } from '../review.ts'
import { type Doubtable, everyWords, type Task, taskName } from '../task.ts'
import { formOfTask } from '../task-form.ts'
import { TaskFields, taskLabels } from './task-fields.tsx'

/** The task that is looked at: each field with how sure it is, and what may be done, each with its key. */
export function TaskPanel(props: {
  address: string
  plan: Plan
  kind: LedgerKind
  task: Task
  show: string
  isReview: boolean
  previous: string | null
  next: string | null
  typed: RawForm | null
  errors: FormErrors
}) {
  const { address, plan, task, errors, typed } = props
  const hidden = { taskId: task.id, revision: String(task.revision), show: props.show }
  return (
    <Sheet
      title={taskName(task)}
      actions={
        <>
          {props.previous ? (
            <a href={props.previous} data-key="k">
              上一项 K
            </a>
          ) : null}
          {props.next ? (
            <a href={props.next} data-key="j">
              下一项 J
            </a>
          ) : null}
        </>
      }
    >
      {props.isReview && task.droppedAt === null ? (
        <div class="actions">
          {task.confirmedAt === null ? (
            <Act address={address} hidden={hidden} act="accept" keyName="a" label="确认 A" primary />
          ) : (
            <StateTag state="met">{`${task.confirmedBy}已确认`}</StateTag>
          )}
          <Act address={address} hidden={hidden} act="merge" keyName="m" label="并入下一项 M" />
        </div>
      ) : null}
      <Facts task={task} />
      {props.isReview && task.droppedAt === null ? (
        <>
          <details open={typed !== null}>
            <summary data-key="e">修改（E）</summary>
            <Form
              action={address}
              id="mend"
              label="修改任务"
              values={typed ?? formOfTask(task)}
              errors={typed ? errors : {}}
              labels={taskLabels}
            >
              <HiddenFields {...hidden} act="mend" />
              <TaskFields kind={props.kind} />
              <div class="actions">
                <SubmitButton name="go" value="accept">
                  保存并确认
                </SubmitButton>
                <SubmitButton tone="plain" name="go" value="save">
                  只保存
                </SubmitButton>
              </div>
            </Form>
          </details>
          <Split address={address} hidden={hidden} plan={plan} task={task} />
          <details open={errors.reason !== undefined}>
            <summary data-key="d">不列入（D）</summary>
            <Form action={address} id="drop" label="不列入" errors={errors} labels={{ reason: '理由' }}>
              <HiddenFields {...hidden} act="drop" />
              <TextField name="reason" label="理由" required width="full" hint="例如：是保障要求，不是任务" />
              <SubmitButton tone="danger">不列入</SubmitButton>
            </Form>
          </details>
        </>
      ) : props.isReview ? (
        <Act address={address} hidden={hidden} act="restore" keyName="r" label="恢复 R" />
      ) : null}
    </Sheet>
  )
}

interface Hidden {
  taskId: string
  revision: string
  show: string
}

const HiddenFields = (fields: Hidden & { act: string }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
)

function Act(props: {
  address: string
  hidden: Hidden
  act: string
  keyName: string
  label: string
  primary?: boolean
}) {
  return (
    <form method="post" action={props.address}>
      <HiddenFields {...props.hidden} act={props.act} />
      <button
        type="submit"
        class={props.primary ? 'btn btn-primary' : 'btn btn-outline btn-primary'}
        data-key={props.keyName}
      >
        {props.label}
      </button>
    </form>
  )
}

/** Parted at a sentence of the list, or where the cursor stands in the document. */
function Split(props: { address: string; hidden: Hidden; plan: Plan; task: Task }) {
  const { sourceStart, sourceEnd } = props.task
  if (sourceStart === null || sourceEnd === null) return null
  const sentences = sentencesOf(props.plan.text.slice(sourceStart, sourceEnd)).slice(1)
  return (
    <details>
      <summary data-key="s">从一处分成两项（S）</summary>
      {sentences.length > 0 ? (
        <Form action={props.address} id="split" label="从一句分开">
          <HiddenFields {...props.hidden} act="split" />
          <SelectField
            name="at"
            label="第二项从这一句开始"
            blank={null}
            options={sentences.map(one => ({
              value: String(sourceStart + one.start),
              label: one.text.slice(0, 50),
            }))}
          />
          <SubmitButton tone="plain">从这一句分开</SubmitButton>
        </Form>
      ) : null}
      <form method="post" action={props.address} class="scripted-only">
        <HiddenFields {...props.hidden} act="split" />
        <input type="hidden" name="at" data-place="at" />
        <p data-selected class="text-soft">
          也可以在左边亮着的文字里点一下，再从光标处分开。
        </p>
        <SubmitButton tone="plain">从光标处分开</SubmitButton>
      </form>
    </details>
  )
}

/** Many tables print one text for title, content and requirement: it is shown once. */
const bare = (text: string) => text.replace(/[\s。；;]+$/, '')
const unlessSaid = (text: string, ...said: string[]) =>
  said.some(one => bare(one) === bare(text)) ? '' : text

function Facts({ task }: { task: Task }) {
  const content = unlessSaid(task.text, task.title)
  const sure = (field: Doubtable) => {
    const one = task.confidence[field]
    if (!one) return null
    return one.sure ? (
      <StateTag state="met">确定</StateTag>
    ) : (
      <>
        <StateTag state="soon">请核对</StateTag> <span class="text-soft">{one.why}</span>
      </>
    )
  }
  const due = task.due
    .map(
      one =>
        one.text +
        (one.date ? `（${one.date}）` : one.every ? `（${everyWords[one.every]}）` : '（没有确定的日期）'),
    )
    .join('；')
  const withSureness = (value: string, field: Doubtable, none: string) => (
    <>
      {value === '' ? <span class="text-soft">{none}</span> : value} {sure(field)}
    </>
  )
  return (
    <DefinitionList
      items={[
        { term: '章节', value: task.heading.join(' › ') || null },
        { term: content ? '标题' : '任务', value: withSureness(task.title, 'title', '没有') },
        { term: '内容', value: content ? <p class="whitespace-pre-line">{content}</p> : null },
        { term: '工作要求', value: unlessSaid(task.requirement, task.title, task.text) || null },
        { term: '牵头单位', value: withSureness(task.lead.join('、'), 'lead', '文件没有写') },
        { term: '责任单位', value: withSureness(task.responsible.join('、'), 'responsible', '文件没有写') },
        { term: '配合单位', value: task.supporting.join('、') || null },
        { term: '期限', value: withSureness(due, 'due', '文件没有写') },
        { term: '责任人', value: task.person || null },
        { term: '文件里的完成情况', value: task.progress || null },
      ]}
    />
  )
}
