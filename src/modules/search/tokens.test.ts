import { describe, expect, it } from 'vitest'
import { questionQuery, readQuestion } from './question.ts'
import { numberTokens, placesOf, tokensToAsk } from './tokens.ts'
import { vectorsOf } from './vectors.ts'

const words = { docNo: null, keywords: '', summary: '', issuers: [], bodyText: '' }

describe('numberTokens (S-GWG-22, S-FUN-08)', () => {
  const whole = ['no:云政办规2026-3', 'no:2026-3', 'no:云政办规']
  it.each([
    ['云政办规〔2026〕3号', whole],
    ['云政办规[2026]3号', whole],
    ['云政办规（２０２６）３号', whole],
    ['云政办规【2026】3号', whole],
    ['云政办规〔2026〕第003号', whole],
    ['云政办规[2026]3', whole],
    ['云政办规 2026 3号', whole],
    ['云政办规 2026 3', whole],
    ['云政办规2026-3', whole],
    ['云政办规2026年3号', whole],
    ['〔2024〕12号', ['no:2024-12']],
    ['2024年12号', ['no:2024-12']],
    ['2024年第12号', ['no:2024-12']],
    ['2024-12', ['no:2024-12']],
    ['县政府令第8号', ['no:县政府令-8', 'no:令-8', 'no:县政府']],
    ['饮水安全', []],
    ['2024年12月', []],
    ['2024年12月3日的通知', []],
    ['2024-12-03', []],
    ['2024年的12项任务', []],
  ])('reads %s', (printed, tokens) => {
    expect(numberTokens(printed)).toEqual(tokens)
  })
})

describe('words', () => {
  it('holds long words by their parts too, so that a part finds the whole', () => {
    const held = placesOf('云溪县农村饮水安全运行管理办法').map(place => place.token)
    for (const part of ['饮水', '安全', '云溪', '溪县', '云溪县']) expect(held).toContain(part)
  })
  it('says where each stands, so that a phrase is a distance', () => {
    expect(placesOf('的饮水安全')).toEqual([
      { token: '饮水', at: 1 },
      { token: '安全', at: 3 },
    ])
  })
  it('drops punctuation and what merely asks, unless nothing else is there', () => {
    expect(tokensToAsk('关于，的《办法》！')).toEqual(['办法'])
    expect(tokensToAsk('低保怎么申请')).toEqual(['低保', '申请'])
    expect(tokensToAsk('怎么')).toEqual(['怎么'])
    expect(readQuestion('，。！')).toBeNull()
  })
  it('cannot be made to break out of the literal', () => {
    const { vector } = vectorsOf({ ...words, title: "a'b\\c" })
    expect(vector).toBe("'a':1A 'b':3A 'c':5A")
    expect(questionQuery(readQuestion("xx' | 'yy") ?? expect.fail())).toBe("'xx' & 'yy'")
  })
})

describe('a question', () => {
  const query = (...asked: string[]) => {
    const question = readQuestion(...asked)
    return question && questionQuery(question)
  }
  it('asks for the number alone when it holds one, whatever stands before it', () => {
    expect(query('云政发〔2026〕12号')).toBe("('no:云政发2026-12' | 'no:政发2026-12')")
    expect(query('2026年12号')).toBe("'no:2026-12'")
  })
  it('asks for words of one character in titles too', () => {
    expect(query('水')).toContain("'水' | 'c:水'")
  })
  it('reads phrases as words at a distance, and words that must not be there', () => {
    expect(query('“饮水安全”')).toBe("'饮水' & '安全' & ('饮水' <2> '安全')")
    expect(query('水库 -解读')).toBe("'水库' & !'解读'")
    expect(query('-解读')).toBeNull()
  })
  it('asks for all of what was typed in several fields, once', () => {
    expect(query('水库', '安全 水库')).toBe("'水库' & '安全'")
  })
  it('takes another word for the same thing as found', () => {
    expect(query('低保')).toBe(
      "('低保' | '最低' & '生活' & '保障')".replace("'最低' & '生活' & '保障'", expectWords('最低生活保障')),
    )
  })
})

const expectWords = (text: string) => {
  const tokens = tokensToAsk(text).map(token => `'${token}'`)
  return tokens.length > 1 ? `(${tokens.join(' & ')})` : (tokens[0] ?? '')
}
