import { momentInBeijing } from '#lib/beijing-time'
import { StateTag } from '#ui/components/state-tag'
import { type State, states } from '../state.ts'

const looks: Record<State, 'met' | 'soon' | 'late' | 'off' | 'info'> = {
  draft: 'info',
  'in-review': 'soon',
  scheduled: 'soon',
  public: 'met',
  withdrawn: 'off',
  redirected: 'off',
  gone: 'off',
  superseded: 'off',
  expired: 'off',
}

/** Where it stands, and what is under way beside that: a public item may have a correction in work. */
export function StateWord(props: {
  state: State
  hasDraft: boolean
  draftSubmittedAt: Date | null
  opensAt: Date | null
}) {
  const { state, hasDraft, draftSubmittedAt, opensAt } = props
  const alone = state === 'draft' || state === 'in-review'
  return (
    <>
      <StateTag state={looks[state]}>{states[state]}</StateTag>
      {opensAt && (
        <>
          {' '}
          <StateTag state="soon">
            {state === 'scheduled' ? '' : '新版定于 '}
            {momentInBeijing(opensAt)}
          </StateTag>
        </>
      )}
      {hasDraft && !alone && (
        <>
          {' '}
          <StateTag state={draftSubmittedAt ? 'soon' : 'info'}>
            {draftSubmittedAt ? '更正稿待审查' : '更正稿起草中'}
          </StateTag>
        </>
      )}
    </>
  )
}
