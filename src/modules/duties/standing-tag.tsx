import type { State } from '#ui/components/state-tag'
import { StateTag } from '#ui/components/state-tag'
import { type Standing, standingOf, standings } from './duty.ts'
import type { DutyRow } from './duty-queries.ts'

const tones: Record<Standing, State> = {
  late: 'late',
  today: 'soon',
  soon: 'soon',
  coming: 'info',
  standing: 'off',
  met: 'met',
  'met-late': 'late',
  waived: 'off',
}

export function StandingTag({ duty, now }: { duty: DutyRow; now: Date }) {
  const standing = standingOf(duty, now)
  return <StateTag state={tones[standing]}>{standings[standing]}</StateTag>
}

export function DueDay({ duty }: { duty: DutyRow }) {
  if (duty.dueOn === null) return <>期限暂停</>
  return (
    <span class="whitespace-nowrap">
      {duty.dueOn}
      {duty.provisional ? '（暂定）' : ''}
    </span>
  )
}
