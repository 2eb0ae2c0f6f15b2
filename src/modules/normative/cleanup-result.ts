import { inChinese, type PlainDate } from '#lib/beijing-time'
import { type CleanupDecision, type CleanupItem, cleanupDecisions } from './cleanup.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const headings: readonly [CleanupDecision, string][] = [
  ['repeal', '决定废止的规范性文件'],
  ['lapse', '宣布失效的规范性文件'],
  ['amend', '需要修改的规范性文件'],
  ['keep', '继续有效的规范性文件'],
]
const numerals = ['一', '二', '三', '四']

/** The result of a round in words and lists: what ends, what is to be amended, and what goes on (R-NOR-13). */
export function bodyOfResult(
  round: { basis: string; effectiveOn: PlainDate },
  items: readonly CleanupItem[],
): string {
  const byDecision = Map.groupBy(items, item => item.decision)
  const parts = headings.filter(([decision]) => (byDecision.get(decision)?.length ?? 0) > 0)
  const counts = parts.map(
    ([decision]) => `${cleanupDecisions[decision]} ${byDecision.get(decision)?.length} 件`,
  )
  const intro = `<p>根据${escaped(round.basis)}，对规范性文件进行了清理，共 ${items.length} 件：${counts.join('，')}。清理结果自${inChinese(round.effectiveOn)}起施行。未列入继续有效目录的规范性文件，不得作为行政管理的依据。</p>`
  return (
    intro +
    parts
      .map(
        ([decision, heading], at) =>
          `<h2>${numerals[at]}、${heading}（${byDecision.get(decision)?.length} 件）</h2>${tableOf(byDecision.get(decision) ?? [], decision)}`,
      )
      .join('')
  )
}

function tableOf(items: readonly CleanupItem[], decision: CleanupDecision): string {
  const withReason = decision !== 'keep'
  const cell = (text: string) => `<td>${escaped(text)}</td>`
  const head = ['序号', '文件名称', '文号', '制定机关', ...(withReason ? ['理由'] : ['有效期至'])]
  const rows = items.map(
    (item, index) =>
      `<tr>${[
        String(index + 1),
        item.title,
        item.docNo ?? '',
        item.organName,
        withReason ? item.reason : (item.validUntil ?? ''),
      ]
        .map(cell)
        .join('')}</tr>`,
  )
  return `<table><thead><tr>${head.map(name => `<th>${name}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}
