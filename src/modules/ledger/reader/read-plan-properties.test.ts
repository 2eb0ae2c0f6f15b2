import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText } from './normalise.ts'
import { readPlan } from './read-plan.ts'

const piece = fc.constantFrom(
  ...'一、 二、 （一） （二） 1. 2． ① 第一条 。 ； ： ， （ ） ( 【 】 | \n \n\n \t 2023年 6月底前 每季度 年内 3个工作日内'.split(
    ' ',
  ),
  '牵头单位：',
  '责任单位：',
  '完成时限：',
  '县财政局',
  '县住房和城乡建设局',
  '各乡镇人民政府',
  '牵头落实',
  '按职责分工负责',
  '会同',
  '等部门',
  '推进政务公开工作',
  '工作任务\n责任单位\n',
  '序号\n',
  '附件1\n',
  '2024年3月1日\n',
  '云溪县人民政府办公室\n',
)
const anyPlan = fc.array(piece, { maxLength: 80 }).map(pieces => pieces.join(''))

const bare = (text: string) => text.replace(/\s/g, '')

describe('whatever it reads', () => {
  it('never throws, and its text is the normalised one', () => {
    fc.assert(
      fc.property(fc.oneof(anyPlan, fc.string({ unit: 'binary', maxLength: 300 })), raw => {
        expect(readPlan(raw).text).toBe(normaliseText(raw))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps offsets inside the text and in order, and every unit inside its source', () => {
    fc.assert(
      fc.property(anyPlan, raw => {
        const { text, tasks } = readPlan(raw)
        let before = 0
        for (const { source, lead, responsible, confidence } of tasks) {
          expect(source.start).toBeGreaterThanOrEqual(before)
          expect(source.end).toBeGreaterThan(source.start)
          expect(source.end).toBeLessThanOrEqual(text.length)
          before = source.start
          const printed = bare(text.slice(source.start, source.end))
          for (const name of [...lead, ...responsible]) expect(printed).toContain(bare(name))
          for (const sure of Object.values(confidence)) {
            expect(sure).toBeGreaterThanOrEqual(0)
            expect(sure).toBeLessThanOrEqual(1)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a text that is not in order', () => {
  const units = ['县财政局', '县教育局', '县民政局', '县水利局', '县司法局', '县审计局']
  const lines = ['一', '二', '三', '四'].flatMap(chapter => [
    `${chapter}、推进重点领域政务公开工作`,
    ...units.map((unit, at) => `${at + 1}.做好信息公开工作，及时更新栏目内容。（${unit}牵头落实）`),
  ])
  const surest = (text: string) =>
    Math.max(...readPlan(text).tasks.map(({ confidence }) => confidence.lead), 0)

  it('is read with doubts when its lines are scrambled', () => {
    expect(surest(lines.join('\n'))).toBeGreaterThan(0.9)
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), shuffled => {
        expect(surest(shuffled.join('\n'))).toBeLessThan(0.75)
      }),
      { numRuns: 50 },
    )
  })

  it('is read with doubts when it breaks off', () => {
    const cut = `${lines.join('\n')}\n7.推进决策公开，完善重大行政决策目录，健全公众参与、专家论证和风险评估机制，按照要求及时向社会`
    expect(readPlan(cut).doubts.join()).toContain('没有说完')
  })
})

/** Far more than it takes, so that a busy machine does not fail it; what grows with the square takes minutes. */
const LIMIT_MS = 20_000

describe('hostile texts of a megabyte', () => {
  const fill = (text: string) => text.repeat(Math.floor(1_000_000 / text.length))
  it.each([
    '（',
    '）',
    '（）',
    '1',
    '1.',
    '由',
    '牵头落实',
    '责任单位：',
    '市财政局、',
    '市财政局和',
    '一、推进\n',
    '工作任务\n责任单位\n',
    '|a|b|\n',
    '（市财政局\n',
    '2017年6月底前',
    '《',
    '等',
    '每',
  ])(
    '%j',
    text => {
      const before = performance.now()
      readPlan(fill(text))
      expect(performance.now() - before).toBeLessThan(LIMIT_MS)
    },
    LIMIT_MS,
  )
})
