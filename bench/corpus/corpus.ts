import { compose } from './compose.ts'
import { type CorpusDocument, chanceOf } from './document.ts'
import { dayAfter, dayOf, docNoOf, organOf, type Plan, planOf } from './plan.ts'
import { subjectOf } from './subject.ts'

export type { CorpusDocument } from './document.ts'
export { type Plan, planOf } from './plan.ts'

/** Official documents of a fictional county: the same for the same scale and seed, those from `from` to before `to`. */
export function* documentsOf(options: {
  scale: number
  seed: number
  from?: number
  to?: number
}): Generator<CorpusDocument> {
  const plan = planOf(options)
  const to = Math.min(options.to ?? plan.scale, plan.scale)
  for (let at = options.from ?? 0; at < to; at++) yield documentAt(plan, at)
}

export function documentAt(plan: Plan, at: number): CorpusDocument {
  const subject = subjectOf(plan, at)
  const organ = organOf(plan, at)
  const signedOn = dayOf(plan, at)
  const chance = chanceOf(plan.seed, at, 'text')
  const publishedOn = dayAfter(plan, at, chance.between(0, 9))
  const docNo = docNoOf(plan, at)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    at,
    kind: docNo === null ? 'notice' : /规〔/.test(docNo) ? 'normative-document' : 'policy',
    genre: subject.genre,
    organ,
    title: subject.title,
    docNo,
    signedOn,
    publishedOn,
    publishedTime: `${two(chance.between(8, 17))}:${two(chance.below(60))}`,
    theme: subject.field.theme,
    sourceUrl: `http://www.yunxi-old.example/art/${publishedOn.replaceAll('-', '/')}/art_${plan.organ[at]}_${at}.html`,
    ...compose(plan, at, subject, {
      chance,
      field: subject.field,
      topic: subject.topic,
      day: signedOn,
      organ,
      used: new Set(),
    }),
  }
}
