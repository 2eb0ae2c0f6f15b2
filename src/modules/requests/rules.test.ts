import { describe, expect, it } from 'vitest'
import { asNumber, letterNumber, requestNumber, requestNumberPattern } from './numbers.ts'
import {
  groundNames,
  reconsiderationFirst,
  replyKindNames,
  reportRowOf,
  reportRows,
  rowOfReply,
  ruleOf,
} from './reply-kinds.ts'

describe('numbers (R-LET-01, 02)', () => {
  it('has three digits and grows with the day', () => {
    expect(requestNumber('2026-11-24', 1)).toBe('20261124-001')
    expect(requestNumber('2026-11-24', 999)).toBe('20261124-999')
    expect(requestNumber('2026-11-24', 12345)).toBe('20261124-12345')
    expect(requestNumberPattern.test(requestNumber('2026-11-24', 1000))).toBe(true)
  })

  it('reads a number as people copy it from paper', () => {
    expect(asNumber(' ２０２６１１２４－００１ ')).toBe('20261124-001')
    expect(asNumber('20261124—001')).toBe('20261124-001')
  })

  it('a letter number has neither 第 nor leading zeros', () => {
    expect(letterNumber('云公开告', 2026, 7)).toBe('云公开告〔2026〕7号')
  })
})

describe('kinds of reply (R-REQ-30…46)', () => {
  it('are seventeen, and each reaches a row of the annual report', () => {
    expect(replyKindNames).toHaveLength(17)
    expect(replyKindNames.map(kind => ruleOf(kind).rule)).toEqual(
      Array.from({ length: 17 }, (_, index) => `R-REQ-${30 + index}`),
    )
    const reached = new Set(
      replyKindNames.flatMap(kind =>
        ruleOf(kind).row ? [ruleOf(kind).row] : groundNames.map(ground => rowOfReply({ kind, ground })),
      ),
    )
    expect([...reached].sort()).toEqual(Object.keys(reportRows).sort())
    expect(Object.keys(reportRows)).toHaveLength(21)
  })

  it.each([
    [
      'all disclosed is C1',
      [
        { kind: 'provide', ground: null },
        { kind: 'already-public', ground: null },
      ],
      'C1',
    ],
    [
      'any part disclosed is C2',
      [
        { kind: 'provide', ground: null },
        { kind: 'not-exist', ground: null },
      ],
      'C2',
    ],
    [
      'a partial disclosure counts alone',
      [
        { kind: 'partial', ground: 'third-party' },
        { kind: 'petition', ground: null },
      ],
      'C2',
    ],
    [
      'none disclosed: C3 before C4',
      [
        { kind: 'not-exist', ground: null },
        { kind: 'refuse', ground: 'process' },
      ],
      'C3.6',
    ],
    [
      'none disclosed: C4 before C5',
      [
        { kind: 'repeat', ground: null },
        { kind: 'needs-making', ground: null },
      ],
      'C4.2',
    ],
    ['one refusal by its ground', [{ kind: 'refuse', ground: 'enforcement-file' }], 'C3.7'],
    ['an administrative query is C3.8', [{ kind: 'special-query', ground: null }], 'C3.8'],
    ['nothing decided', [], null],
  ] as const)('%s (R-RPT-31, R-REQ-47)', (_, replies, row) => {
    expect(reportRowOf(replies)).toBe(row)
  })

  it('only what rests on Arts 14 to 16 goes to reconsideration first (R-REM-03, 04, 05)', () => {
    const first = replyKindNames.filter(kind => reconsiderationFirst([{ kind, ground: null }]))
    expect(first).toEqual(['partial', 'refuse'])
  })
})
