import { describe, expect, it } from 'vitest'
import { Remembered } from './remembered.ts'

describe('remembered facts', () => {
  const count = () => {
    let made = 0
    return { make: async () => ++made, fail: async () => Promise.reject(new Error(`failed ${++made}`)) }
  }

  it('are made once, until what they were made from changes', async () => {
    const facts = new Remembered()
    facts.open()
    const { make } = count()
    const ask = () => facts.get('navigation', ['lists:site'], make)
    expect([await ask(), await ask()]).toEqual([1, 1])
    facts.purge(['lists:other'])
    expect(await ask()).toBe(1)
    facts.purge(['lists:site'])
    expect(await ask()).toBe(2)
    facts.purge(['*'])
    expect(await ask()).toBe(3)
  })

  it('are not remembered when making them failed, when their time is over, or while nobody tells of changes', async () => {
    const facts = new Remembered()
    const { make, fail } = count()
    await facts.get('a', [], make)
    expect(await facts.get('a', [], make)).toBe(2)
    facts.open()
    await expect(facts.get('b', [], fail)).rejects.toThrow('failed 3')
    expect(await facts.get('b', [], make)).toBe(4)
    expect(await facts.get('c', [], make, Date.now() - 1)).toBe(5)
    expect(await facts.get('c', [], make)).toBe(6)
    facts.close()
    expect(await facts.get('c', [], make)).toBe(7)
  })

  it('a fact that was being made when it changed is not kept', async () => {
    const facts = new Remembered()
    facts.open()
    let finish = (_: string) => {}
    const slow = facts.get('a', ['t'], () => new Promise<string>(resolve => (finish = resolve)))
    facts.purge(['t'])
    const fresh = facts.get('a', ['t'], async () => 'new')
    finish('old')
    expect([await slow, await fresh, await facts.get('a', ['t'], async () => 'newer')]).toEqual([
      'old',
      'new',
      'new',
    ])
  })

  it('a making that fails late does not take away the fact that was made since', async () => {
    const facts = new Remembered()
    facts.open()
    let fail = (_: Error) => {}
    const slow = facts.get('a', ['t'], () => new Promise<string>((_, reject) => (fail = reject)))
    facts.purge(['t'])
    await facts.get('a', ['t'], async () => 'new')
    fail(new Error('late'))
    await expect(slow).rejects.toThrow('late')
    expect(await facts.get('a', ['t'], async () => 'newer')).toBe('new')
  })

  it('are bounded, also when a hostile request invents ever new names', async () => {
    const facts = new Remembered()
    facts.open()
    const { make } = count()
    for (let host = 0; host < 1001; host++) await facts.get(`site:host:${host}`, ['sites'], make)
    expect(await facts.get('site:host:0', ['sites'], make)).toBe(1002)
  })
})
