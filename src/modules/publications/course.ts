import type { PlainDate } from '#lib/beijing-time'
import { effectsOn, type PublicView, publishedOn, type WorkRef } from './public-view.ts'

/** One event in the life of a document. */
export interface CourseStep {
  on: PlainDate
  what: 'signed' | 'published' | 'effective' | 'amends' | 'partly-repeals' | 'repeals' | 'expires'
  /** What did it, of effects. */
  by?: WorkRef
  /** Has not happened yet on the day that is asked about. */
  ahead: boolean
}

const order: readonly CourseStep['what'][] = [
  'signed',
  'published',
  'effective',
  'amends',
  'partly-repeals',
  'repeals',
  'expires',
]

/** 效力沿革: what happened to a document and what is known to come, by day. After a repeal its term means nothing more. */
export function courseOf(view: PublicView, today: PlainDate): CourseStep[] {
  const effects = effectsOn(view)
  const repealedOn = effects
    .filter(effect => effect.type === 'repeals')
    .map(effect => effect.effectiveFrom)
    .sort()[0]
  const at = (what: CourseStep['what'], on: PlainDate | null) =>
    on === null ? [] : [{ on, what, ahead: on > today }]
  const ends = view.validUntil && !(repealedOn && repealedOn <= view.validUntil) ? view.validUntil : null
  return [
    ...at('signed', view.signedOn),
    ...at('published', publishedOn(view)),
    ...at('effective', view.effectiveFrom),
    ...effects.map(by => ({ on: by.effectiveFrom, what: by.type, by, ahead: by.effectiveFrom > today })),
    ...(ends ? [{ on: ends, what: 'expires' as const, ahead: ends >= today }] : []),
  ].sort((a, b) => a.on.localeCompare(b.on) || order.indexOf(a.what) - order.indexOf(b.what))
}
