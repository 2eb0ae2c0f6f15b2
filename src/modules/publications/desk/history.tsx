import { momentInBeijing } from '#lib/beijing-time'
import { type Step, Timeline } from '#ui/components/timeline'
import { type PublishingActRow, publishingActs } from '../publishing-acts.ts'
import { type ReviewStepRow, reviewSteps } from '../review-steps.ts'

interface Happened {
  at: Date
  step: Step
}

/** Everything that was done with a publication, the newest first; what still is to come on top. */
export function History(props: {
  now: Date
  acts: readonly PublishingActRow[]
  steps: readonly ReviewStepRow[]
  created: { by: string; at: Date }
}) {
  const { now, acts, steps, created } = props
  const all: Happened[] = [
    ...acts.map(act => ({ at: act.actedAt, step: stepOfAct(act, now) })),
    ...steps.map(step => ({
      at: step.actedAt,
      step: {
        title: `${reviewSteps[step.step]}（第 ${step.editionNumber} 版）`,
        at: momentInBeijing(step.actedAt),
        text: [step.actor, step.opinion && `意见：${step.opinion}`].filter(Boolean).join('。'),
        state: 'done' as const,
      },
    })),
    {
      at: created.at,
      step: { title: '起草', at: momentInBeijing(created.at), text: created.by, state: 'done' },
    },
  ]
  return <Timeline steps={all.sort((a, b) => Number(b.at) - Number(a.at)).map(one => one.step)} />
}

function stepOfAct(act: PublishingActRow, now: Date): Step {
  const edition = act.number === null ? '' : `（第 ${act.number} 版）`
  const ahead = act.act === 'scheduled' && act.publicAt > now
  return {
    title: `${publishingActs[act.act]}${edition}`,
    at: momentInBeijing(act.actedAt),
    text: [
      act.actor,
      act.act === 'scheduled' && `定于 ${momentInBeijing(act.publicAt)} 公开`,
      act.opinion && `审查意见：${act.opinion}`,
      act.reason && `${act.act === 'corrected' ? '修改说明' : '理由'}：${act.reason}`,
    ]
      .filter(Boolean)
      .join('。')
      .replaceAll('。。', '。'),
    state: ahead ? 'now' : 'done',
  }
}
