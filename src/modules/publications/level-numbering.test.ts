import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseNumeral } from '#modules/files'
import { doubtsOfNumbering } from './level-numbering.ts'

const html = (...lines: string[]) => lines.map(line => `<p>${line}</p>`).join('')
const advice = (...lines: string[]) => doubtsOfNumbering(html(...lines)).map(one => one.advice)

describe('the numbering of levels (S-GWG-13)', () => {
  it('is silent over what follows, through all four levels and after each return', () => {
    expect(
      advice(
        '一、总体',
        '（一）目标',
        '1.城区',
        '（1）水',
        '（2）电',
        '2.乡村',
        '（二）原则',
        '1.先急后缓',
        '二、任务',
        '（一）修渠',
        '三、保障',
      ),
    ).toEqual([])
    expect(
      advice('第一条 为了节水', '（一）城区；', '（二）乡村。', '第二条 本办法', '（一）一项；'),
    ).toEqual([])
    expect(advice('2026年目标', '3.5%的增幅', '一是抓早', '第三条款项', '10.5万元')).toEqual([])
  })

  it('finds a gap, a repetition and a count that begins in the middle', () => {
    expect(advice('一、总体', '三、保障')).toEqual(['前面是“一、”，这里应当是“二、”'])
    expect(advice('一、总体', '（一）甲', '（一）乙')).toEqual(['前面是“（一）”，这里应当是“（二）”'])
    expect(advice('一、总体', '（二）甲')).toEqual(['这一级从“（一）”开始'])
    expect(advice('第一条 甲', '第三条 乙')).toEqual(['前面是第一条，这里应当是“第二条”'])
  })

  it('finds marks that are written otherwise', () => {
    expect(advice('一.总体')).toEqual(['一级标题的序号写作“一、”'])
    expect(advice('1、修渠')).toEqual(['三级标题的序号写作“1.”，不写“1、”'])
    expect(advice('（一）、修渠')).toEqual(['“（一）”后面不加顿号'])
    expect(advice('(一)修渠')).toEqual(['序号的括号用全角“（）”'])
  })

  it('does not look into tables', () => {
    expect(doubtsOfNumbering('<p>一、甲</p><table><tr><td>三、乙</td></tr></table><p>二、丙</p>')).toEqual([])
  })

  it('is silent over any well-formed outline, and finds any one heading that was taken out before another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 25 }),
        fc.nat(),
        (parts, pick) => {
          const lines = parts.flatMap((count, at) => [
            `${chineseNumeral(at + 1)}、甲`,
            ...Array.from({ length: count }, (_, n) => `（${chineseNumeral(n + 1)}）乙`),
          ])
          expect(advice(...lines)).toEqual([])
          const gone = pick % (parts.length - 1)
          const heading = `${chineseNumeral(gone + 1)}、甲`
          expect(advice(...lines.filter(line => line !== heading)).length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
