import { isFooter, isSiteChrome } from '#modules/policies'
import { type Item, itemsBelow } from './prose/outline.ts'
import type { Draft } from './prose/prose-tasks.ts'

/** How far the document hangs together: 1 in order, towards 0 scrambled; and why it does not. */
export function orderOf(
  drafts: readonly Draft[],
  items: readonly Item[],
  text: string,
): { sure: number; why: string[] } {
  const why: string[] = []
  let counted = 0
  let broken = 0
  let skipped = 0
  const lasts = new Map<string, number>()
  for (const item of itemsBelow(items)) {
    counted++
    const { kind, value } = item.mark
    const last = lasts.get(kind) ?? 0
    if (value !== 1 && value !== last + 1) {
      // An excerpt leaves numbers out; only what goes back was moved.
      if (value > last) skipped++
      else broken++
    }
    lasts.set(kind, value)
  }
  let sure = 1
  if (broken >= 2 && broken / counted > 0.1) {
    sure *= Math.max(0.2, 1 - 1.6 * (broken / counted))
    why.push(`${counted} 个编号里有 ${broken} 个往回跳，文件可能次序错乱。请对照原件。`)
  }
  if (skipped > 0) {
    if (counted >= 6 && skipped / counted > 0.3) sure *= 0.85
    why.push(`有 ${skipped} 处编号不连续，文件可能是节选，也可能漏了条目。请对照原件。`)
  }
  if (drafts.length > 0 && breaksOff(text)) {
    why.push('最后一行没有说完就断了，文件可能不完整。请对照原件。')
    sure *= 0.9
  }
  if (!readsLikeWords(text)) {
    why.push('文字连不成词，可能是乱码或次序错乱。请对照原件。')
    sure *= 0.3
  }
  if (text.length > 1500 && covered(drafts) < text.length * 0.05 && drafts.length > 0) {
    why.push('任务只占全文很小一部分，文件可能不是计划，或文字次序错乱。请对照原件。')
    sure *= 0.4
  }
  return { sure, why }
}

const USUAL =
  /公开|工作|政府|部门|落实|推进|加强|建设|管理|服务|信息|单位|负责|开展|完善|实施|组织|制度|发展|责任|牵头|任务|完成|项目|监督|提高|社会|重点|情况/g
const SAMPLE = 20_000

/** Words that every plan is full of: a scrambled text has hardly one in two hundred signs. */
function readsLikeWords(text: string): boolean {
  const sample = text.slice(0, SAMPLE)
  return sample.length < 600 || [...sample.matchAll(USUAL)].length * 120 > sample.length
}

const covered = (drafts: readonly Draft[]) => drafts.reduce((sum, { start, end }) => sum + end - start, 0)

/** The last line ends in the middle of its sentence. */
function breaksOff(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  if (isFooter(line) || isSiteChrome(line)) return false
  if (/[，、：,（(]$/.test(line)) return true
  return (
    line.length > 30 &&
    /[\u4e00-\u9fff]$/.test(line) &&
    /[，。；,]/.test(line) &&
    !/[:：]/.test(line.slice(-40))
  )
}
