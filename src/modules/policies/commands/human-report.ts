import { kindOf } from '#modules/publications'
import type { Out } from '#platform/module'
import { fieldLabels } from '../import/field-labels.ts'
import { type ImportLine, type ImportResult, importResults } from '../import/import-line.ts'
import { faultOf, type Report } from './report.ts'

/** A table for people, each document with its doubts under it, written as it goes. */
export function humanReport(out: Out): Report {
  const counts = new Map<ImportResult, number>()
  let doubts = 0
  let faults = 0
  let skipped = 0
  return {
    document(line) {
      if (counts.size === 0) out.print(row('结果', '文号', '成文日期', '发布日期', '标题'))
      counts.set(line.result, (counts.get(line.result) ?? 0) + 1)
      // What stands already has its doubts on the desk
      if (line.result !== 'unchanged') doubts += line.doubts.length
      if (faultOf(line)) faults += 1
      for (const text of linesOf(line)) out.print(text)
    },
    fault({ file, why }) {
      faults += 1
      out.print(row(importResults.refused, '', '', '', file))
      out.print(`    原因　${why}`)
    },
    skipped({ file, why }) {
      skipped += 1
      if (skipped <= skippedShown)
        out.print(`${row(importResults.skipped, '', '', '', file)}\n    原因　${why}`)
    },
    end({ run, mode, interrupted, seconds }) {
      const parts = [...counts].map(([result, count]) => `${importResults[result]} ${count} 件`)
      if (faults > 0) parts.push(`有问题 ${faults} 个`)
      if (skipped > 0) parts.push(`不是文件的网页 ${skipped} 个`)
      out.print('')
      out.print(
        `${parts.join('，') || '没有找到可以导入的文件'}；待核对的疑点 ${doubts} 处。${pace(counts, seconds)}`,
      )
      if (mode === 'preview')
        out.print('这是预览，什么也没有写。存为草稿加 --apply，作为历史存量公开加 --publish-as-archive。')
      else out.print(`批次号 ${run}。疑点在工作台“历史导入”里逐条核对；再看这份结果：import --report ${run}`)
      if (interrupted) out.print('这个批次没有做完。再运行同一条命令就会接着做，已经导入的不会重复。')
      return faults > 0 ? 1 : 0
    },
  }
}

/** Lists of an old site may be many: the rest stands in the JSON. */
const skippedShown = 20

function linesOf(line: ImportLine): string[] {
  const filed = [
    kindOf(line.kind).label,
    line.organName,
    line.column ? `栏目 ${line.column}` : '没有栏目',
  ].join(' · ')
  return [
    row(
      importResults[line.result],
      line.docNo,
      line.signedOn,
      line.publishedOn,
      line.title ?? '（没有印标题）',
    ),
    `    文件　${line.file}`,
    `    归入　${filed}${line.address ? `　→ ${line.address}` : ''}`,
    ...(line.issuers.length > 0 ? [`    机关　${line.issuers.join('、')}`] : []),
    ...(line.note ? [`    说明　${line.note.replace(/。$/, '')}。`] : []),
    ...(line.result === 'unchanged' ? [] : line.doubts).map(
      ({ field, why }) => `    核对　${fieldLabels[field]}：${why}`,
    ),
  ]
}

const row = (
  result: string,
  docNo: string | null,
  signedOn: string | null,
  publishedOn: string | null,
  title: string,
) =>
  [pad(result, 10), pad(docNo || '—', 24), pad(signedOn || '—', 12), pad(publishedOn || '—', 12), title].join(
    '',
  )

/** Chinese characters take two places on a terminal. */
function pad(text: string, places: number): string {
  const wide = [...text].filter(sign => /[\u2e80-\uffef]/.test(sign)).length
  return text + ' '.repeat(Math.max(1, places - [...text].length - wide))
}

function pace(counts: ReadonlyMap<ImportResult, number>, seconds: number | undefined): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (!seconds || all < 20) return ''
  return `用时 ${seconds.toFixed(1)} 秒，每秒 ${(all / seconds).toFixed(0)} 件。`
}
