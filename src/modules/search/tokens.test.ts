import { describe, expect, it } from 'vitest'
import { numberTokens, tokensToAsk, tokensToIndex } from './tokens.ts'
import { tsqueryOf, tsvectorOf } from './tsvector.ts'

describe('numberTokens (S-GWG-22, S-FUN-08)', () => {
  it.each([
    ['云政办规〔2026〕3号', ['no:云政办规2026-3', 'no:2026-3', 'no:云政办规']],
    ['云政办规[2026]3号', ['no:云政办规2026-3', 'no:2026-3', 'no:云政办规']],
    ['云政办规（２０２６）３号', ['no:云政办规2026-3', 'no:2026-3', 'no:云政办规']],
    ['〔2024〕12号', ['no:2024-12']],
    ['2024-12', ['no:2024-12']],
    ['云政办规 2026 3号', ['no:云政办规2026-3', 'no:2026-3', 'no:云政办规']],
    ['饮水安全', []],
  ])('reads %s', (printed, tokens) => {
    expect(numberTokens(printed)).toEqual(tokens)
  })
})

describe('words', () => {
  it('cuts long words into their parts on the way in, so that a part finds the whole', () => {
    const indexed = tokensToIndex('农村饮水安全运行管理办法')
    for (const asked of tokensToAsk('饮水安全')) expect(indexed).toContain(asked)
  })
  it('drops punctuation and function words', () => {
    expect(tokensToAsk('关于，的《办法》！')).not.toContain('的')
    expect(tsqueryOf('，。！')).toBeNull()
  })
  it('asks for the number alone when the question holds one', () => {
    expect(tsqueryOf('云政发〔2026〕12号')).toBe("'no:云政发2026-12'")
  })
  it('cannot be made to break out of the literal', () => {
    expect(
      tsvectorOf({ title: "a'b\\c", docNo: null, keywords: '', summary: '', issuers: [], bodyText: '' }),
    ).toBe("'a':1A 'b':2A 'c':3A")
  })
})
