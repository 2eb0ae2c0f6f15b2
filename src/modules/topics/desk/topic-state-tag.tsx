import { StateTag } from '#ui/components/state-tag'
import { type TopicState, topicStates } from '../topic.ts'

export function TopicStateTag({ state }: { state: TopicState }) {
  const tone = { draft: 'soon', public: 'met', closed: 'off' } as const
  return <StateTag state={tone[state]}>{topicStates[state]}</StateTag>
}
