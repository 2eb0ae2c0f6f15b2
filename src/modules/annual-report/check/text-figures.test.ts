import { describe, expect, it } from 'vitest'
import type { AnnualReport, Cell } from '../report.ts'
import { fullReport } from '../report-for-tests.ts'
import { checkText } from './text-figures.ts'

/** A: 12, B: 1, C1: 5, C2: 2, C3: 1 and 2, C4: 1, C6.1: 1, D: 1 */
function report(text: string): AnnualReport {
  const rows: Record<string, number> = {
    A: 12,
    B: 1,
    C1: 5,
    C2: 2,
    'C3.5': 1,
    'C3.6': 2,
    'C4.1': 1,
    'C6.1': 1,
    C7: 12,
    D: 1,
  }
  const section3 = Object.fromEntries(
    Object.keys(fullReport().section3).map((row): [string, Cell[]] => {
      const number = rows[row] ?? 0
      return [row, [number, 0, 0, 0, 0, 0, number]]
    }),
  )
  return { ...fullReport(), section3, text }
}

const wrong = (text: string) => checkText(report(text)).map(({ where, found }) => `${where} ${found}`)

describe('R-RPT-27: figures of the text that are not those of the tables', () => {
  for (const [text, ...faults] of [
    ['（二）依申请公开。2024年共收到政府信息公开申请13件，结转上年1件。'],
    ['2024年，全县收到政府信息公开申请15件。', 'text/section3.A[6] 15'],
    ['全年共收到政府信息公开申请１５件，均按时答复。', 'text/section3.A[6] 15'],
    ['全年受理依申请公开十五件。', 'text/section3.A[6] 15'],
    ['本年度共收到15件政府信息公开申请。', 'text/section3.A[6] 15'],
    ['本年度未收到政府信息公开申请。', 'text/section3.A[6] 0'],
    ['2023年收到政府信息公开申请8件，2024年收到政府信息公开申请15件。', 'text/section3.A[6] 15'],
    ['收到政府信息公开申请12件，上年结转2件。', 'text/section3.B[6] 2'],
    [
      '收到政府信息公开申请12件。其中，予以公开4件，部分公开2件、不予公开2件。',
      'text/section3.C1[6] 4',
      'text/section3.C3 2',
    ],
    ['收到政府信息公开申请12件，其中4件予以公开，2件部分公开。', 'text/section3.C1[6] 4'],
    ['收到依申请公开12件，其中予以公开和部分公开共8件。', 'text/section3.C1[6] 8'],
    ['收到依申请公开12件，结转下年度继续办理3件。', 'text/section3.D[6] 3'],
    [
      '收到依申请公开12件，无法提供2件，不予处理1件，其他处理3件。',
      'text/section3.C4 2',
      'text/section3.C5 1',
      'text/section3.C6 3',
    ],
    [
      '因政府信息公开被提起行政复议9件，行政诉讼7件。',
      'text/section4.复议[4] 9',
      'text/section4.未经复议直接起诉[4] 7',
    ],
    [
      '本年制发行政规范性文件7件，废止规范性文件2件，现行有效规范性文件30件。',
      'text/section2.T2.2[0] 7',
      'text/section2.T2.2[2] 30',
    ],
    ['作出行政许可决定1205件，作出行政处罚决定318件。', 'text/section2.T2.3[0] 1205'],
  ] as const)
    it(text, () => expect(wrong(text)).toEqual(faults))
})

describe('R-RPT-27: what is right, or speaks of something else, is no fault', () => {
  for (const text of [
    '（二）依申请公开。2024年，全县共收到政府信息公开申请12件，上年结转1件，办结12件，结转下年度继续办理1件。',
    '全年受理政府信息公开申请12件，其中网络申请5件，信函申请7件。',
    '全年受理政府信息公开申请12件，较2023年的20件减少8件。',
    '2023年收到政府信息公开申请20件。',
    '县政府办公室收到政府信息公开申请3件。',
    '县政府本级收到政府信息公开申请3件。',
    '上半年收到政府信息公开申请3件。',
    '各乡镇收到政府信息公开申请4件。',
    '《条例》施行以来累计收到政府信息公开申请300件。',
    '收到政府信息公开申请12件。予以公开及部分公开7件，占58%；不予公开3件。',
    '收到依申请公开12件，逾期未补正1件，其他处理0件。',
    '12345热线受理群众诉求9300件，办结9280件。收到网民留言248条，办结230条，公开答复4条。',
    '全年制发公文120件，其中主动公开80件、依申请公开20件、不予公开20件。',
    '主动公开规范性文件42件，公开行政处罚信息10条，公示行政许可15件。',
    '办理人大代表建议32件、政协提案40件，全部予以公开。',
    '在政府网站予以公开120条。',
    '县司法局办理行政复议案件86件。',
    '因政府信息公开引起的行政复议6件，行政诉讼5件。',
    '因政府信息公开引起的行政复议6件，均未发生败诉。',
    '收到政府信息公开申请10余件。',
    '五、存在的主要问题及改进情况\n收到政府信息公开申请99件，数量不多。',
  ])
    it(text, () => expect(wrong(text)).toEqual([]))
})
