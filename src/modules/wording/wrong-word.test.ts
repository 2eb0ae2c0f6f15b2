import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { starterWords } from './starter-words.ts'
import { findWrongWords, type WrongWord } from './wrong-word.ts'

const seen = (text: string) => findWrongWords(text, starterWords).map(one => one.seen)
const word = (more: Partial<WrongWord>): WrongWord => ({
  text: '座落',
  replacement: '坐落',
  severity: 'warn',
  class: 'typo',
  exceptions: [],
  source: '测试',
  sourceDate: '2026-11-24',
  ...more,
})

describe('the list that comes with the system (S-WORD-02)', () => {
  it('has at least sixty entries, each once, each with what is right where something is', () => {
    const texts = starterWords.map(one => one.text)
    expect(texts.length).toBeGreaterThanOrEqual(60)
    expect(new Set(texts).size).toBe(texts.length)
    for (const one of starterWords) {
      expect(one.replacement === '', one.text).toBe(one.class === 'spam')
      expect(one.replacement, one.text).not.toBe(one.text)
    }
  })

  it('finds slips and misreadings of scans and names the right word', () => {
    const [typo, ocr] = findWrongWords('县政府布署冬修水利，目前己经开工。', starterWords)
    expect(typo).toMatchObject({ at: 3, seen: '布署', word: { replacement: '部署', severity: 'warn' } })
    expect(ocr).toMatchObject({ seen: '己经', word: { replacement: '已经', class: 'ocr' } })
    expect(typo?.excerpt).toBe('县政府布署冬修水利，目前己经开工。')
  })

  it('leaves a right word alone that only looks like it', () => {
    expect(seen('公布署名文章。按装配式建筑办理。周末来信。战士地位。抽签定位。贯切实际')).toEqual([])
  })

  it('finds planted gambling and pornography, torn apart or not (S-CHK-01)', () => {
    const planted = [
      '完善平台建设，澳门新万利娱乐城，推进公开。',
      '百 家*乐',
      '采取乐发365地形式推进公开',
      '棋牌游戏注册即送彩金',
      '皇冠足球投注',
      '北京赛车ＰＫ１０计划',
      '成人高清视频在线',
    ]
    for (const text of planted)
      expect(findWrongWords(text, starterWords)[0]?.word, text).toMatchObject({
        class: 'spam',
        severity: 'block',
      })
  })

  it('does not take a notice against gambling for gambling', () => {
    expect(seen('公安机关严厉打击利用百家乐、时时彩等实施的网络赌博犯罪。')).toEqual([])
    expect(
      seen('体育彩票公益金使用情况；网络棋牌比赛；开发365亩；扩大发放；澳门特别行政区代表团来访。'),
    ).toEqual([])
  })
})

const folder = process.env.REAL_DOCUMENTS

describe.skipIf(!folder)('real key points of five governments', () => {
  it('one of them holds a planted phrase, the others none (S-CHK-01)', () => {
    const counts = readdirSync(join(folder ?? '', 'seeds'))
      .sort()
      .map(file => {
        const found = findWrongWords(readFileSync(join(folder ?? '', 'seeds', file), 'utf8'), starterWords)
        return found.filter(one => one.word.class === 'spam').length
      })
    expect(counts).toEqual([0, 0, 1, 0, 0])
  })
})

describe('exceptions (S-WORD-03)', () => {
  it('a quotation, and the title of a document, stay as they were written', () => {
    const text = '来信说“房屋座落村东”，依据《座落登记办法》，现座落村西。'
    expect(findWrongWords(text, [word({})]).map(one => one.at)).toEqual([6, 15, 24])
    expect(findWrongWords(text, [word({ exceptions: ['引文'] })]).map(one => one.at)).toEqual([15, 24])
    const both = word({ exceptions: ['引文', '文件名'] })
    expect(findWrongWords(text, [both]).map(one => one.at)).toEqual([24])
    // A mark that is never closed protects nothing
    expect(findWrongWords('他说“座落\n村东”', [both])).toHaveLength(1)
  })

  it('a pattern wants its parts near one another and in their order', () => {
    const pattern = word({ text: '甲乙+丙丁' })
    expect(findWrongWords('甲乙和丙丁', [pattern])[0]).toMatchObject({ at: 0, seen: '甲乙和丙丁' })
    expect(findWrongWords('丙丁和甲乙', [pattern])).toEqual([])
    expect(findWrongWords(`甲乙${'很'.repeat(13)}丙丁`, [pattern])).toEqual([])
  })
})
