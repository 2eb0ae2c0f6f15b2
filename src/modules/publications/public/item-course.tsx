import { inChinese, type PlainDate } from '#lib/beijing-time'
import { Card } from '#ui/components/card'
import { Timeline } from '#ui/components/timeline'
import { type CourseStep, courseOf } from '../course.ts'
import type { PublicView } from '../public-view.ts'
import { WorkLink } from './work-link.tsx'

const words: Record<CourseStep['what'], string> = {
  signed: '成文',
  published: '公开发布',
  effective: '施行',
  amends: '被修改',
  'partly-repeals': '被部分废止',
  repeals: '被废止',
  expires: '有效期满',
}

/** 效力沿革: the life of a document by day, each event with the document that made it. */
export function ItemCourse({ view, base, today }: { view: PublicView; base: string; today: PlainDate }) {
  const steps = view.validity === null ? [] : courseOf(view, today)
  if (steps.length < 2) return null
  return (
    <Card title="效力沿革">
      <Timeline
        steps={steps.map(step => ({
          title: words[step.what],
          at: inChinese(step.on),
          text: step.by ? <WorkLink work={step.by} base={base} /> : undefined,
          state: step.ahead ? ('ahead' as const) : ('done' as const),
        }))}
      />
    </Card>
  )
}
