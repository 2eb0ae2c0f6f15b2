import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTexts, type TextComparison } from './comparison.ts'

/** One of the two texts, read out of their comparison. */
const side = ({ paragraphs }: TextComparison, other: 'added' | 'removed') =>
  paragraphs
    .map(parts =>
      parts
        .filter(part => !part[other])
        .map(part => part.text)
        .join(''),
    )
    .filter(text => text !== '')
    .join('\n')

const bothOf = (comparison: TextComparison) => [side(comparison, 'added'), side(comparison, 'removed')]

describe('comparing two texts', () => {
  it('marks the words and numbers that changed, not the whole paragraph', () => {
    expect(compareTexts('补助标准为每人每月80元。\n', '补助标准为每人每月100元。\n').paragraphs).toEqual([
      [
        { text: '补助标准为每人每月' },
        { text: '80', removed: true },
        { text: '100', added: true },
        { text: '元。' },
      ],
    ])
  })

  it('shows a rewritten sentence whole, as one that went and one that came', () => {
    expect(compareTexts('本办法自印发之日起施行。', '责任单位：县水利局、县财政局').paragraphs).toEqual([
      [{ text: '本办法自印发之日起施行。', removed: true }],
      [{ text: '责任单位：县水利局、县财政局', added: true }],
    ])
  })

  it('sets a changed paragraph against the one it was, though others came before it', () => {
    const before = '第一条　供水单位应当每半年公布一次水质。\n第二条　水费按月收取。'
    const after =
      '第一条　县水利局主管全县供水。\n第二条　供水单位应当每季度公布一次水质。\n第三条　水费按月收取。'
    const { paragraphs } = compareTexts(before, after)
    expect(paragraphs).toHaveLength(3)
    expect(paragraphs[0]).toEqual([{ text: '第一条　县水利局主管全县供水。', added: true }])
    expect(paragraphs[1]?.some(part => part.removed && part.text.includes('半年'))).toBe(true)
    expect(paragraphs[2]?.at(-1)).toEqual({ text: '条　水费按月收取。' })
  })

  it('gives both texts back whole, whatever they are', () => {
    const text = fc
      .array(fc.stringMatching(/^[第一二三四条县水利局应当每年80元，。]{1,30}$/), { maxLength: 12 })
      .map(paragraphs => paragraphs.filter(paragraph => paragraph.trim() !== '').join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(bothOf(compareTexts(before, after))).toEqual([before, after])
      }),
    )
  })

  it('does so for a text of 300 pages within moments, and says when it looked less closely', () => {
    const before = Array.from(
      { length: 6000 },
      (_, i) => `第${i}条　${'供水单位应当保证水质'.repeat(4)}${i % 7}。`,
    )
    const some = before.map((line, i) => (i % 10 === 3 ? line.replace('应当', '必须') : line))
    const all = before.map(line => `${line.replace('应当', '必须').replace('水质', '水压')}修订。`)
    for (const [after, coarse] of [
      [some, false],
      [all, true],
      [before.toReversed(), true],
    ] as const) {
      const began = performance.now()
      const compared = compareTexts(before.join('\n'), after.join('\n'))
      expect(performance.now() - began).toBeLessThan(8000)
      expect(bothOf(compared)).toEqual([before.join('\n'), after.join('\n')])
      expect(compared.coarse).toBe(coarse)
    }
  })

  it('says that equal texts are equal', () => {
    expect(compareTexts('一样', '一样')).toEqual({ paragraphs: [[{ text: '一样' }]], coarse: false })
    expect(compareTexts('', '')).toEqual({ paragraphs: [], coarse: false })
  })
})
