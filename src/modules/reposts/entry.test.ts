import { describe, expect, it } from 'vitest'
import { instant } from '../../../test/make/publishing.ts'
import { docNoIn, isOld, passes, startOf } from './entry.ts'

const seen = instant('2026-11-23 10:00')
const undated = { publishedAt: null, publishedOn: null }

describe('S-UPD-09: from when the 24 hours run', () => {
  it('the moment that the source states', () => {
    const publishedAt = instant('2026-11-23 08:15')
    expect(startOf({ ...undated, publishedAt }, seen)).toEqual({
      startedAt: publishedAt,
      startedFrom: 'published',
    })
  })

  it('where it states none: when we saw it; a moment to come is none', () => {
    expect(startOf(undated, seen)).toEqual({ startedAt: seen, startedFrom: 'seen' })
    expect(startOf({ ...undated, publishedAt: instant('2027-01-01 00:00') }, seen)).toEqual({
      startedAt: seen,
      startedFrom: 'future',
    })
    expect(startOf({ ...undated, publishedOn: '2026-11-24' }, seen).startedFrom).toBe('future')
  })

  it('where it states a day only: when we saw it, from the end of that day at the latest', () => {
    expect(startOf({ ...undated, publishedOn: '2026-11-23' }, seen)).toEqual({
      startedAt: seen,
      startedFrom: 'day',
    })
    expect(startOf({ ...undated, publishedOn: '2026-11-20' }, seen)).toEqual({
      startedAt: instant('2026-11-21 00:00'),
      startedFrom: 'day',
    })
  })

  it('what came out more than a day before we watched is not reproached', () => {
    const feed = { watchedSince: seen, lastReadAt: null }
    const at = (text: string) => isOld({ publishedAt: instant(text), publishedOn: null }, instant(text), feed)
    expect(at('2026-11-22 10:00')).toBe(false)
    expect(at('2026-11-22 09:59')).toBe(true)
    expect(isOld(undated, seen, feed)).toBe(true)
    expect(isOld(undated, seen, { ...feed, lastReadAt: seen })).toBe(false)
    expect(isOld(undated, seen, { ...feed, lastReadAt: instant('2026-11-01 00:00') })).toBe(true)
  })
})

describe('what is of importance here', () => {
  const entry = { title: '关于做好防汛工作的通知', summary: '各市县' }
  it('one of the words, none of the others; no words mean everything', () => {
    expect(passes(entry, { anyWords: [], noneWords: [] })).toBe(true)
    expect(passes(entry, { anyWords: ['教育', '防汛'], noneWords: [] })).toBe(true)
    expect(passes(entry, { anyWords: ['教育'], noneWords: [] })).toBe(false)
    expect(passes(entry, { anyWords: [], noneWords: ['市县'] })).toBe(false)
  })

  it.each([
    ['（国发〔2026〕3号）', '国发〔2026〕3号'],
    ['国办函[2026]第007号', '国办函〔2026〕7号'],
    ['国发【2026】3号', '国发〔2026〕3号'],
    ['2026年3号', null],
  ])('the number in %s is %s', (text, number) => {
    expect(docNoIn(text)).toBe(number)
  })
})
