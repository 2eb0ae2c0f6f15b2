import { Sheet } from '#ui/components/sheet'
import type { Plan } from '../plan.ts'
import type { Task } from '../task.ts'
import { SourceText } from './source-text.tsx'

/** Where the document says it, with a little around it; nothing where the task was added by hand. */
export function TaskExcerpt({ plan, task }: { plan: Plan; task: Task }) {
  if (task.sourceStart === null) return null
  return (
    <Sheet title="在文件里">
      <SourceText
        plan={excerptOf(plan, task)}
        tasks={[shifted(task)]}
        chosen={shifted(task)}
        hrefOf={() => ''}
      />
    </Sheet>
  )
}

/** From the paragraph before the task to the one behind it. */
const nearby = 200
const excerptStart = (task: Task) => Math.max(0, (task.sourceStart ?? 0) - nearby)
const excerptOf = (plan: Plan, task: Task) => ({
  text: plan.text.slice(excerptStart(task), (task.sourceEnd ?? 0) + nearby),
})
const shifted = (task: Task) => ({
  id: task.id,
  droppedAt: null,
  sourceStart: (task.sourceStart ?? 0) - excerptStart(task),
  sourceEnd: (task.sourceEnd ?? 0) - excerptStart(task),
})
