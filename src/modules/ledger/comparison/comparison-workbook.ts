import writeXlsxFile from 'write-excel-file/node'
import type { Task } from '../task.ts'
import { taskName } from '../task.ts'
import { verdicts } from './compare-tasks.ts'
import { likenessWords } from './likeness.ts'
import type { ComparedPlans } from './load-comparison.ts'

/** Rows of two sheets: each task of last year with what became of it, and each of this year with where it comes from. */
function comparisonRows(compared: ComparedPlans): { before: string[][]; now: string[][] } {
  const { plan, previous, tasks, before, comparison, outcomes } = compared
  const pairs = [...comparison.matched, ...comparison.proposed]
  const cameBack = (task: Task) => pairs.filter(pair => pair.previous.id === task.id)
  const from = (task: Task) => pairs.find(pair => pair.task.id === task.id)
  const standing = (isDecided: boolean, likeness: number) =>
    isDecided ? verdicts.same : `待认定：${likenessWords(likeness)}`
  return {
    before: [
      [
        '序号',
        '章节',
        '任务',
        '单位',
        '期限',
        '结果',
        '完成日期',
        '完成情况',
        `${plan.year}年还在不在`,
        '认定',
      ],
      ...before.map(task => {
        const outcome = outcomes.get(task.id)
        const back = cameBack(task)
        return [
          task.no,
          task.heading.join(' > '),
          task.title || task.text,
          outcome?.units ?? '',
          outcome?.due ?? '',
          outcome?.word ?? '',
          outcome?.doneOn ?? '',
          outcome?.progress ?? '',
          back.length > 0 ? back.map(pair => taskName(pair.task)).join('；') : '今年没有',
          back.map(pair => standing(pair.decision !== null, pair.likeness)).join('；'),
        ]
      }),
    ],
    now: [
      ['序号', '章节', '任务', `接着${previous.year}年的哪一项`, '认定', `${previous.year}年的结果`],
      ...tasks.map(task => {
        const pair = from(task)
        return [
          task.no,
          task.heading.join(' > '),
          task.title || task.text,
          pair ? taskName(pair.previous) : '今年新增',
          pair ? standing(pair.decision !== null, pair.likeness) : '',
          pair ? (outcomes.get(pair.previous.id)?.word ?? '') : '',
        ]
      }),
    ],
  }
}

const widths = { before: [8, 24, 48, 30, 18, 12, 12, 48, 48, 18], now: [8, 24, 48, 48, 18, 12] }

/** The comparison as a spreadsheet; every cell is text, so that nothing becomes a formula. */
export function comparisonWorkbook(compared: ComparedPlans): Promise<Buffer> {
  const { before, now } = comparisonRows(compared)
  const sheet = (name: string, rows: readonly (readonly string[])[], columns: readonly number[]) => ({
    sheet: name,
    orientation: 'landscape' as const,
    stickyRowsCount: 1,
    columns: columns.map(width => ({ width })),
    data: rows.map((cells, at) =>
      cells.map(value => ({
        value,
        type: String,
        wrap: true,
        alignVertical: 'top' as const,
        ...(at === 0 ? { fontWeight: 'bold' as const } : {}),
      })),
    ),
  })
  return writeXlsxFile([
    sheet(`${compared.previous.year}年的任务`, before, widths.before),
    sheet(
      compared.plan.year === compared.previous.year ? '这一本的任务' : `${compared.plan.year}年的任务`,
      now,
      widths.now,
    ),
  ]).toBuffer()
}
