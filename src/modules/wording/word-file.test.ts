import { describe, expect, it } from 'vitest'
import { starterWords } from './starter-words.ts'
import { readWordFile, wordFile } from './word-file.ts'

const heads = '词语,正确写法,处理,类别,例外,来源,日期,使用'

describe('a list of words as a file (S-WORD-03)', () => {
  it('what is exported comes back the same', () => {
    const words = starterWords.map(word => ({ ...word, used: true }))
    expect(readWordFile(wordFile(words))).toEqual({ words, faults: [] })
  })

  it('names every fault by row and column, with what should stand there', () => {
    const { faults } = readWordFile(
      [
        heads,
        '竞选,,拦截,错别字,,校对,2026-11-01,是',
        '错,对,提醒,错别字,,校对,2026-11-01,是',
        '竞选,竞争,删除,错别字,,校对,2026-02-30,是',
        '部暑,部暑,提醒,笔误,,,,也许',
        '博彩+,,拦截,植入内容,,校对,,是',
      ].join('\r\n'),
    )
    expect(faults.map(one => `${one.row} ${one.column}`)).toEqual([
      '3 词语',
      ...['4 词语', '4 处理', '4 日期'],
      ...['5 类别', '5 正确写法', '5 来源', '5 使用'],
      '6 词语',
    ])
    expect(faults[1]?.words).toBe('与第 2 行重复，请删去一行。')
  })

  it('reads quoted cells with commas and line ends, and says when the heads are wrong', () => {
    const { words } = readWordFile(
      `${heads}\n"部暑","部署",提醒,错别字,"引文、文件名","校对,\n二审",2026-11-01,否\n`,
    )
    expect(words[0]).toMatchObject({ exceptions: ['引文', '文件名'], source: '校对,\n二审', used: false })
    expect(readWordFile('词,对\na,b').faults.map(one => one.column)).toEqual(['词语', '处理', '类别'])
    expect(readWordFile(heads).faults[0]?.words).toBe('文件里没有词语。')
  })
})
