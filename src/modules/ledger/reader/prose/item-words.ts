import { type Item, itemsBelow } from './outline.ts'

type ItemWords = { title: string; titleEnd: number; from: number; whole: boolean }

const TITLE_LIMIT = 60

/** The words of an item without its number: its title is the whole line where that is a heading, else the first sentence. */
export function wordsOf(item: Item): ItemWords {
  const [line] = item.lines
  if (!line) return { title: '', titleEnd: 0, from: 0, whole: true }
  const from = line.start + item.mark.length
  const words = line.text.slice(item.mark.length)
  const end = firstSentenceEnd(words)
  const whole = end >= words.length || words.slice(end).trim().length === 0
  return { title: words.slice(0, end).replace(/[。：:；;，,\s]+$/, ''), titleEnd: from + end, from, whole }
}

/** Where the first sentence ends, its full stop included. A bracket that assigns ends a heading, too. */
export function firstSentenceEnd(words: string): number {
  let depth = 0
  let quoted = 0
  for (let at = 0; at < words.length; at++) {
    const sign = words[at] ?? ''
    if ('（(【'.includes(sign)) {
      if (depth === 0 && quoted === 0 && /^[（(【](?:牵头|责任|主办|配合|协办)/.test(words.slice(at, at + 6)))
        return at
      depth++
    } else if ('）)】'.includes(sign)) depth = Math.max(0, depth - 1)
    else if ('“《'.includes(sign)) quoted++
    else if ('”》'.includes(sign)) quoted = Math.max(0, quoted - 1)
    else if ((depth === 0 || at > 200) && (quoted === 0 || at > 200) && '。！？'.includes(sign)) return at + 1
    else if (
      depth === 0 &&
      quoted === 0 &&
      (sign === '：' || sign === ':') &&
      at >= 4 &&
      at <= 24 &&
      !/责任|牵头|如下|以下|包括/.test(words.slice(0, at))
    ) {
      // 推进决策公开：…… is met where others put a full stop.
      if (words.length - at > 30) return at + 1
    } else if (
      depth === 0 &&
      quoted === 0 &&
      /[\s\u3000]/.test(sign) &&
      at >= 4 &&
      at <= 30 &&
      words.length - at > 30 &&
      !/[，、；。]/.test(words.slice(0, at))
    )
      return at
  }
  return words.length
}

/** A heading as it is told in a path: number and title as printed. */
function headingOf(item: Item): string {
  const { title } = wordsOf(item)
  return `${item.mark.printed}${title.length > TITLE_LIMIT * 2 ? title.slice(0, TITLE_LIMIT * 2) : title}`
}

export function pathOf(item: Item): string[] {
  const path: string[] = []
  for (let above = item.parent; above; above = above.parent) path.unshift(headingOf(above))
  return path
}

/** The headings under which a table stands: the last item before it, if that is a heading and nothing else. */
export function headingsAbove(items: readonly Item[], at: number): string[] {
  let last: Item | null = null
  for (const item of itemsBelow(items)) if ((item.lines[0]?.start ?? at) < at) last = item
  if (!last || last.lines.length > 1 || !wordsOf(last).whole) return []
  const line = last.lines[0]
  if (!line || line.text.length > 50 || at - line.end > 200 || /。$/.test(line.text)) return []
  return [...pathOf(last), headingOf(last)]
}

/** Too long to be a title: the item is one long sentence. */
export const isLongTitle = (title: string) => title.length > TITLE_LIMIT
