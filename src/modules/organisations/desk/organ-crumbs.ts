import type { Crumb } from '#platform/http/reply'
import type { Organ } from '../organ.ts'

/** The way to a page about one organ. */
export const organCrumbs = (organ: Pick<Organ, 'key' | 'shortName'>): Crumb[] => [
  { label: '机构', href: '/organs' },
  { label: organ.shortName, href: `/organs/${organ.key}` },
]
