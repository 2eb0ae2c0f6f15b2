import { describe, expect, it } from 'vitest'
import { compareTexts } from './comparison.ts'

const side = (parts: ReturnType<typeof compareTexts>, other: 'added' | 'removed') =>
  parts
    .filter(part => !part[other])
    .map(part => part.text)
    .join('')

describe('comparing two texts', () => {
  it('marks the letters and numbers that changed, not the whole paragraph', () => {
    expect(compareTexts('补助标准为每人每月80元。\n', '补助标准为每人每月100元。\n')).toEqual([
      { text: '补助标准为每人每月' },
      { text: '80', removed: true },
      { text: '100', added: true },
      { text: '元。\n' },
    ])
  })

  it('shows a rewritten sentence whole', () => {
    expect(compareTexts('本办法自印发之日起施行。', '责任单位：县水利局、县财政局')).toEqual([
      { text: '本办法自印发之日起施行。', removed: true },
      { text: '责任单位：县水利局、县财政局', added: true },
    ])
  })

  it('gives both texts back whole, also for long ones', () => {
    const before = Array.from({ length: 3000 }, (_, i) => `第${i}条　内容${i % 7}。`).join('\n')
    const after = before.replaceAll('内容3', '内容改').replace('第5条', '第五条')
    const parts = compareTexts(before, after)
    expect(side(parts, 'added')).toBe(before)
    expect(side(parts, 'removed')).toBe(after)
  })

  it('says that equal texts are equal', () => {
    expect(compareTexts('一样', '一样')).toEqual([{ text: '一样' }])
    expect(compareTexts('', '')).toEqual([])
  })
})
