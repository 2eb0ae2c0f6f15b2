import { inChinese, type PlainDate } from '#lib/beijing-time'
import { type Stretch, type WordBlock, wordOf } from '../official-word.ts'
import {
  type QuarterSummary,
  type SummaryFigure,
  type SummaryTask,
  summaryFigures,
} from './quarter-summary.ts'

/** Addresses that the figures of the document open into; null where there is none. */
export interface SummaryLinks {
  figure: (figure: SummaryFigure) => string | undefined
  task: (task: SummaryTask) => string | undefined
}

/** The summary of a quarter as a Word document in official look. */
export function wordOfSummary(
  planTitle: string,
  summary: QuarterSummary,
  links: SummaryLinks,
  today: PlainDate,
): Promise<Buffer> {
  return wordOf({
    title: `${planTitle}${summary.words}落实情况小结`,
    blocks: [
      { kind: 'heading', text: '一、总体情况' },
      ...summary.sentences.map(
        ({ text, figure }): WordBlock => ({
          kind: 'paragraph',
          parts: [{ text }, ...linkTo(figure, links)],
        }),
      ),
      { kind: 'heading', text: '二、各单位情况' },
      {
        kind: 'table',
        heads: ['单位', '任务', '完成', '到期期限', '按时', '按时率'],
        widths: [30, 12, 12, 16, 12, 18],
        rows: summary.units.map(line => [
          { text: line.unit },
          { text: String(line.tasks) },
          { text: String(line.done) },
          { text: String(line.due) },
          { text: String(line.onTime) },
          { text: line.rate === null ? '没有到期' : `${line.rate}%` },
        ]),
      },
      { kind: 'heading', text: '三、需要关注的任务' },
      ...notable(summary, links),
      {
        kind: 'note',
        text: `按时率＝按时完成的期限数÷到期的期限数；是否按时，按核定通过的报送报到政务公开办的日期计算。${inChinese(today)}由工作台账生成。`,
      },
    ],
  })
}

function linkTo(figure: SummaryFigure | null, links: SummaryLinks): Stretch[] {
  const href = figure && links.figure(figure)
  return href ? [{ text: '（查看任务）', href }] : []
}

function notable(summary: QuarterSummary, links: SummaryLinks): WordBlock[] {
  const kinds: SummaryFigure[] = ['late', 'stuck', 'silent']
  const rows = kinds.flatMap(figure =>
    summary.figures[figure].map((task): Stretch[] => [
      { text: summaryFigures[figure] },
      { text: task.name, href: links.task(task) },
      { text: task.units.join('、') },
      { text: task.dueOn ?? '' },
      { text: task.reason },
    ]),
  )
  return rows.length === 0
    ? [{ kind: 'paragraph', parts: [{ text: '没有逾期、报告不能完成或者没有进展的任务。' }] }]
    : [
        {
          kind: 'table',
          heads: ['情形', '任务', '单位', '时限', '原因'],
          widths: [14, 36, 20, 14, 20],
          rows,
        },
      ]
}
