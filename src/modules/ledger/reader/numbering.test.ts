import { describe, expect, it } from 'vitest'
import { readMark } from './numbering.ts'

describe('the number a line opens with (S-GWG-13)', () => {
  it.each([
    ['一、加强领导', 'han', 1, '一、'],
    ['十二. 其他', 'han', 12, '十二.'],
    ['（三）扩大参与', 'han-bracket', 3, '（三）'],
    ['( 四 )做好解读', 'han-bracket', 4, '( 四 )'],
    ['1.加大公开', 'arabic', 1, '1.'],
    ['10．发挥作用', 'arabic', 10, '10．'],
    ['3、推进', 'arabic', 3, '3、'],
    ['2.2017年底前完成目录', 'arabic', 2, '2.'],
    ['（2）公开目录', 'arabic-bracket', 2, '（2）'],
    ['3）公开结果', 'half-bracket', 3, '3）'],
    ['1.2 公开依据', 'dotted', 2, '1.2'],
    ['③按月公开', 'circled', 3, '③'],
    ['⑵ 目录', 'arabic-bracket', 2, '⑵'],
    ['第十二条 期限', 'article', 12, '第十二条'],
    ['第三章 保障', 'chapter', 3, '第三章'],
    ['任务二：优化流程', 'named', 2, '任务二：'],
  ] as const)('%s', (line, kind, value, printed) => {
    expect(readMark(line)).toMatchObject({ kind, value, printed })
  })

  it.each([
    '2024年重点工作',
    '1.5亿元用于建设',
    '三、四季度分别公布',
    '一、二级公路',
    '12345热线',
    '第三条第二款规定',
    '100%完成',
    '一是加强领导',
  ])('%s opens with none', line => expect(readMark(line)).toBeNull())
})
