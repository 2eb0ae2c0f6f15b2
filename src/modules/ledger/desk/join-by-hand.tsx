import { Sheet } from '#ui/components/sheet'
import { Form, HiddenField, SelectField, SubmitButton } from '#ui/forms'
import { likest } from '../comparison/likeness.ts'
import { type Task, taskName } from '../task.ts'
import type { Shown } from './comparison-tables.tsx'

/** A task whose words changed too much to be proposed: a person says with which one of last year it goes on. */
export function JoinByHand({ task, shown }: { task: Task; shown: Shown }) {
  const { compared, address } = shown
  const denied = new Set(
    compared.comparison.denied.flatMap(one => (one.task.id === task.id ? one.previous.id : [])),
  )
  const like = likest([task], compared.before, 0).get(task.id) ?? []
  const first = like.slice(0, 8).map(one => one.previous)
  const rest = compared.before.filter(one => !first.includes(one))
  const option = (group: string) => (one: Task) => ({
    value: `${task.id}:${one.id}:${denied.has(one.id) ? 'different' : 'open'}`,
    label: taskName(one),
    group,
  })
  return (
    <Sheet title={`“${taskName(task)}”接着${compared.previous.year}年的哪一项`}>
      <Form action={address} id="join" label="认定接着哪一项">
        <HiddenField name="previousPlanId" value={compared.previous.id} />
        <HiddenField name="view" value="added" />
        <HiddenField name="verdict" value="same" />
        <SelectField
          name="pair"
          label={`${compared.previous.year}年的任务`}
          required
          options={[...first.map(option('有些字句相同')), ...rest.map(option('其余'))]}
        />
        <SubmitButton>认定是同一项</SubmitButton>
      </Form>
    </Sheet>
  )
}
