import { pageNumber } from '#lib/paging'
import { Pager } from '#ui/components/pager'
import { doubtsOf } from '../proposals.ts'
import { type Task, taskName } from '../task.ts'

/** So many stand in the list at once: a plan of 200 pages has nine hundred. */
const pageSize = 100

/** The tasks of a review in pages; without one that is asked for, the page of the task that is looked at. */
export function TaskList(props: {
  tasks: readonly Task[]
  chosen: Task | null
  hrefOf: (task: string | null) => string
  /** Page of the list, as the address has it. */
  asked: string | undefined
}) {
  const { tasks, chosen, hrefOf, asked } = props
  const at = Math.max(
    0,
    tasks.findIndex(task => task.id === chosen?.id),
  )
  const last = Math.max(1, Math.ceil(tasks.length / pageSize))
  const page = Math.min(last, asked ? pageNumber(asked) : Math.floor(at / pageSize) + 1)
  const first = (page - 1) * pageSize
  const pageHref = (to: number) => {
    const href = hrefOf(chosen?.id ?? null)
    return `${href}${href.includes('?') ? '&' : '?'}page=${to}`
  }
  return (
    <>
      <ol class="review-tasks" aria-label="任务列表" start={first + 1}>
        {tasks.slice(first, first + pageSize).map(task => {
          const doubts = doubtsOf(task).length
          return (
            <li key={task.id}>
              <a href={hrefOf(task.id)} aria-current={task.id === chosen?.id ? 'true' : undefined}>
                {taskName(task)}
              </a>{' '}
              <span class="text-soft">
                {task.droppedAt
                  ? `不列入：${task.droppedReason}`
                  : task.confirmedAt
                    ? '已确认'
                    : doubts > 0
                      ? `请核对 ${doubts} 处`
                      : '确定，待确认'}
              </span>
            </li>
          )
        })}
      </ol>
      <Pager page={{ total: tasks.length, page, pageSize }} href={pageHref} />
    </>
  )
}
