import { beforeAll, describe, expect, it } from 'vitest'
import { registerKinds } from '#modules/publications'
import { kinds } from '../../app/kinds.ts'
import { moved } from './actions/arrange-sections.ts'
import { saveSectionInput } from './actions/save-section.ts'
import { saveTopicInput } from './actions/save-topic.ts'
import { families, filterOfRule, listOfRule } from './topic.ts'

beforeAll(() => registerKinds(kinds))

describe('a rule', () => {
  it.each([
    [{ q: '供水' }, '/search?q=%E4%BE%9B%E6%B0%B4&sort=time'],
    [{ kind: 'notice', organ: 'slj' }, '/search?kind=notice&organ=slj'],
    [{ kind: 'policies/*', validity: 'in-force' as const }, '/policies?validity=in-force'],
  ])('%j leads to the list that shows all of it', (rule, address) => {
    expect(listOfRule(rule)).toBe(address)
  })

  it('gathers a whole family of kinds, the newest first', () => {
    const [policies] = families()
    expect(policies?.value).toBe('policies/*')
    expect(filterOfRule('site', { kind: 'policies/*' })).toMatchObject({
      kinds: policies?.kinds,
      order: 'newest',
    })
  })

  it('is read out of a form; blank fields are no condition, and none at all is no rule', () => {
    const form = { title: '政策', q: ' ', kind: '', year: '2026', organ: '' }
    expect(saveSectionInput.parse(form).rule).toEqual({ year: '2026' })
    expect(saveSectionInput.parse({ title: '政策', q: '' }).rule).toBeNull()
  })

  it.each([
    { year: '26' },
    { kind: 'spell' },
    { validity: 'perhaps' },
    { shown: '0' },
    { shown: '51' },
    { title: '' },
  ])('%j is refused', fault => {
    expect(saveSectionInput.safeParse({ title: '政策', ...fault }).success).toBe(false)
  })
})

it('moves one place, and at the end of the line not at all', () => {
  expect(moved(['a', 'b', 'c'], 'b', 'up')).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'b', 'down')).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 'a', 'up')).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 'b', 'down')).toEqual(['a', 'b'])
  expect(moved(['a'], 'gone', 'up')).toEqual(['a'])
})

it('says whom it is for in a few words, each once', () => {
  const facts = { name: '喝水', key: 'water', summary: '关于喝水的一切，都在这里找。' }
  const read = (audience: string) => saveTopicInput.parse({ ...facts, audience }).audience
  expect(read('居民、 单位，居民；')).toEqual(['居民', '单位'])
  expect(read('')).toEqual([])
  expect(saveTopicInput.safeParse({ ...facts, key: '2026' }).success).toBe(false)
  expect(saveTopicInput.safeParse({ ...facts, summary: '太短' }).success).toBe(false)
})
