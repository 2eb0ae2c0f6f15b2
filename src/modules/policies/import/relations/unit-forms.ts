import { isAttachmentStart } from '#modules/files'
import { ordinalOf } from '../doc-no.ts'
import type { Mention } from './mentions.ts'

/** The first document of an item, and those that stand in a row with it; not what is said about them. */
export function rowOfItem(mentions: Mention[], text: string): Mention[] {
  const row: Mention[] = []
  for (const one of mentions) {
    const above = row.at(-1)
    if (
      above &&
      one.start !== above.start &&
      !/^[\s、和及与；;]*(?:[（(]?[0-9]{1,3}[）).．、]\s*)?$/.test(text.slice(above.end, one.start))
    )
      break
    row.push(one)
  }
  return row
}

export function partBehind(text: string, { end }: Mention): string | null {
  return /^\s*(?:中)?的?(第[^，。；]{1,30}?[条款项章节])/.exec(text.slice(end))?.[1] ?? null
}

export function standsAlone(text: string, mentions: Mention[]): boolean {
  const first = mentions[0]
  if (!first) return false
  const lead = text.slice(0, first.start)
  const rest = text.slice(mentions.at(-1)?.end ?? 0)
  return lead.length <= 8 && rest.length <= 4
}

/** A sentence goes no further than this. */
const REACH = 600

export function sentenceStart(text: string, at: number): number {
  const from = Math.max(0, at - REACH)
  return from + text.slice(from, Math.max(from, at)).lastIndexOf('。') + 1
}

export function sentenceAround(text: string, at: number): string {
  const behind = text.slice(at, at + REACH)
  const end = behind.indexOf('。')
  return text.slice(sentenceStart(text, at), at + (end === -1 ? behind.length : end))
}

export function attachmentNo(text: string): number | null {
  if (isAttachmentStart(text)) return Number(/[0-9]{1,2}/.exec(text.normalize('NFKC'))?.[0] ?? 1)
  const named =
    /^附\s*(?:件|表)\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}(?=[：:．.、\s]))\s*[：:．.、\s]?\s*(?=[^。；]{4,60}$)/.exec(
      text,
    )
  return named ? ordinalOf(named[1] ?? '1') : null
}

/** `一、以市政府名义印发的文件（2件）`: a part of the list that is open, which goes on below it. */
export function dividesList(text: string): boolean {
  return (
    text.length <= 60 &&
    !/要求|工作|措施|目标|原则|任务/.test(text) &&
    /(?:文件|规章|政策|通知|[类局委办厅])(?:[（(][^（）()]{1,20}[）)])?$|[0-9一二三四五六七八九十百]+[件个份部][）)]?$/.test(
      text,
    )
  )
}

const COUNT = '([0-9]{1,4})[件个份](?:行政)?(?:规范性|政策性)?文件'
const ANNOUNCED = new RegExp(
  [
    `${COUNT}[^，。；：]{0,12}?(?:废止|失效|停止执行)`,
    `(?:废止|失效)[^，。；：《]{0,10}?${COUNT}`,
    `(?:废止|失效)[^。；]{0,200}?等${COUNT}`,
    '文件([0-9]{1,4})[件个份][^，。；：]{0,8}?(?:废止|失效)',
  ].join('|'),
  'g',
)

/** How many documents a paragraph says it ends: 废止《甲》等3件规范性文件. Null when it gives no number. */
export function announcedIn(text: string): number | null {
  let count: number | null = null
  for (const match of text.slice(0, 2000).matchAll(ANNOUNCED))
    count = (count ?? 0) + Number(match.slice(1).find(figure => figure !== undefined))
  return count
}
