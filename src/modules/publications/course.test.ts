import { describe, expect, it } from 'vitest'
import { courseOf } from './course.ts'
import type { WorkRef } from './public-view.ts'
import { viewOf } from './view-for-tests.ts'

const by = (type: string, title: string, effectiveFrom: string): WorkRef => ({
  type,
  title,
  docNo: null,
  address: null,
  effectiveFrom,
})
const told = (view: Parameters<typeof viewOf>[0], today = '2026-11-23') =>
  courseOf(viewOf(view), today).map(step => `${step.on} ${step.what}${step.ahead ? ' ahead' : ''}`)

describe('the course of a document', () => {
  it('goes by day, and in the order of life within a day', () => {
    expect(
      told({
        signedOn: '2026-01-10',
        firstPublicAt: new Date('2026-01-10T02:00:00Z'),
        effectiveFrom: '2026-01-10',
        effectsOnIt: [by('repeals', '丙', '2027-01-01'), by('amends', '乙', '2026-06-01')],
      }),
    ).toEqual([
      '2026-01-10 signed',
      '2026-01-10 published',
      '2026-01-10 effective',
      '2026-06-01 amends',
      '2027-01-01 repeals ahead',
    ])
  })

  it('tells the end of its term unless it is repealed before; on its last day it is still in force', () => {
    const term = { signedOn: null, archive: true, sourcePublishedOn: null, validUntil: '2026-11-23' }
    expect(told(term)).toEqual(['2026-11-23 expires ahead'])
    expect(told(term, '2026-11-24')).toEqual(['2026-11-23 expires'])
    expect(told({ ...term, effectsOnIt: [by('repeals', '丙', '2026-05-01')] })).toEqual([
      '2026-05-01 repeals',
    ])
  })
})
