import { momentInBeijing } from '#lib/beijing-time'
import { Sheet } from '#ui/components/sheet'
import { Timeline } from '#ui/components/timeline'
import type { LedgerAct } from '../act-queries.ts'
import { planActs, type TaskAct, taskActs } from '../acts.ts'
import { unitRoles } from '../task.ts'
import { taskLabels } from './task-fields.tsx'

/** All that happened to a task, the newest first, with what each change was. */
export function TaskHistory({ acts }: { acts: readonly LedgerAct[] }) {
  return (
    <Sheet title="经过" count={acts.length}>
      <Timeline
        steps={acts.map(one => ({
          title: actLabel(one.act),
          at: momentInBeijing(one.actedAt),
          text: `${one.actedBy}${one.reason ? `：${one.reason}` : ''}${changeWords(one)}`,
          state: 'done' as const,
        }))}
      />
    </Sheet>
  )
}

const actLabel = (act: string) =>
  act in taskActs
    ? taskActs[act as TaskAct].label
    : act in planActs
      ? planActs[act as keyof typeof planActs].label
      : act

/** What a change was, in words: from … to …. */
function changeWords({ act, before, after }: LedgerAct): string {
  const from = before as Record<string, unknown> | null
  const to = after as Record<string, unknown> | null
  if (act === 'move-due' && to) return `（${from?.dueOn ?? '没有日期'} → ${to.dueOn}）`
  if (act === 'change-units' && Array.isArray(before) && Array.isArray(after)) {
    const words = (list: { role: keyof typeof unitRoles; name: string }[]) =>
      list.map(unit => `${unit.name}（${unitRoles[unit.role].slice(0, 2)}）`).join('、')
    return `（${words(before)} → ${words(after)}）`
  }
  if (act !== 'change' || !from || !to) return ''
  return Object.keys(to)
    .filter(name => name !== 'fields')
    .map(name => `；${taskLabels[name] ?? name}：${from[name] || '（空）'} → ${to[name] || '（空）'}`)
    .join('')
}
