import { describe, expect, it } from 'vitest'
import { isOneSlip, suspects } from './correct.ts'
import { knownWordsIn, synonymsOf } from './synonyms.ts'
import { spelled, termsOf } from './vocabulary.ts'

describe('a slip', () => {
  it.each([
    ['公租房', '公组房', true],
    ['饮水安全', '引水安全', true],
    ['烟花爆竹', '烟花竹', true],
    ['烟花爆竹', '烟花大爆竹', true],
    ['烟花爆竹', '烟爆花竹', true],
    ['烟花爆竹', '花烟竹爆', false],
    ['低保', '低保', false],
    ['低保', '医保险', false],
  ])('%s for %s: %s', (meant, typed, is) => {
    expect(isOneSlip(typed, meant)).toBe(is)
  })
  it('is looked for where jieba was at a loss: in joined single characters and with their neighbours', () => {
    expect(suspects('农村引水安权')).toEqual(expect.arrayContaining(['安权', '引水']))
    expect(suspects('abc 2026')).toEqual([])
  })
})

describe('the vocabulary', () => {
  it('holds words, pairs that stand side by side, and keywords', () => {
    expect(termsOf('云溪县农村饮水安全运行管理办法', '抢修时限，水价')).toEqual(
      expect.arrayContaining(['农村', '饮水', '饮水安全', '抢修时限', '水价']),
    )
  })
  it('knows how a word is spelled, as a whole word and not character by character', () => {
    expect(spelled('重庆银行')).toEqual({ pinyin: 'chongqingyinhang', initials: 'cqyh' })
    expect(spelled('饮水安全')).toEqual({ pinyin: 'yinshuianquan', initials: 'ysaq' })
    expect(spelled('女职工')).toMatchObject({ pinyin: 'nvzhigong' })
  })
})

describe('synonyms', () => {
  it('say the same both ways where they mean the same, and one way where one is wider', () => {
    expect(synonymsOf('低保')).toContain('最低生活保障')
    expect(synonymsOf('最低生活保障')).toContain('低保')
    expect(synonymsOf('五险一金')).toEqual(['社会保险', '住房公积金'])
    expect(synonymsOf('社会保险')).not.toContain('五险一金')
  })
  it('are found in a sentence, the longest first', () => {
    expect(knownWordsIn('我家小孩上学怎么办')).toEqual(['小孩上学'])
  })
})
