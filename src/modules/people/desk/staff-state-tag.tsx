import { StateTag } from '#ui/components/state-tag'
import { type StaffState, staffStates } from '../staff.ts'

export function StaffStateTag({ state }: { state: StaffState }) {
  const tones = { active: 'met', locked: 'late', left: 'off' } as const
  return <StateTag state={tones[state]}>{staffStates[state]}</StateTag>
}
