import { Sheet } from '#ui/components/sheet'
import { StateTag } from '#ui/components/state-tag'
import type { loadOtherYears, OtherYear } from '../comparison/other-years.ts'
import { ledgerKind, stateWord } from '../ledger-kind.ts'
import { taskName, taskState } from '../task.ts'
import { stateTones } from './plan.page.tsx'

/** The same task in the years before and after: what became of it, and the way there. */
export function TaskYears({ years }: { years: Awaited<ReturnType<typeof loadOtherYears>> }) {
  if (years.before.length + years.after.length === 0) return null
  return (
    <Sheet title="往年和以后">
      {years.before.map(one => (
        <Year key={one.task.id} year={one} how="接着" />
      ))}
      {years.after.map(one => (
        <Year key={one.task.id} year={one} how="以后接着做" />
      ))}
    </Sheet>
  )
}

function Year({ year, how }: { year: OtherYear; how: string }) {
  const { task, plan, standing } = year
  const state = taskState(task, plan)
  const href = plan.inForceAt ? `/ledger-tasks/${task.id}` : `/plan-reviews/${plan.id}?task=${task.id}`
  return (
    <section class="my-3">
      <p>
        {how} {plan.year}年：<a href={href}>{taskName(task)}</a>{' '}
        <StateTag state={stateTones[state]}>{stateWord(ledgerKind(plan.kind), state)}</StateTag>
        {standing.doneOn ? ` ${standing.doneOn}` : ''}
      </p>
      {standing.words ? <p class="text-soft">{standing.words}</p> : null}
    </section>
  )
}
