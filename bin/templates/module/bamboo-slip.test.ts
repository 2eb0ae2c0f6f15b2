import { describe, expect, it } from 'vitest'
import { type State, stateOn } from './bamboo-slip.ts'

const november = { opensOn: '2026-11-02', closesOn: '2026-11-30' }
const withoutEnd = { opensOn: '2026-11-02', closesOn: null }

const table: [string, typeof november | typeof withoutEnd, State][] = [
  ['2026-11-01', november, 'ahead'],
  ['2026-11-02', november, 'open'],
  ['2026-11-30', november, 'open'],
  ['2026-12-01', november, 'closed'],
  ['2036-11-02', withoutEnd, 'open'],
]

describe('the state of bamboo slips', () => {
  it.each(table)('on %s: %j is %s', (on, days, state) => {
    expect(stateOn(days, on)).toBe(state)
  })
})
