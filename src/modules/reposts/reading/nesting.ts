import { NotAFeed } from './raw-entry.ts'

/** No feed and no page of a person nests so deep; every step of reading would take the square of it. */
const deepestFeed = 100
const deepestPage = 300

const tooDeep = () => new NotAFeed('内容层层嵌套，没有读取。请向对方核实这个网址。')

/** @throws NotAFeed */
export function refuseDeepXml(text: string): void {
  let depth = 0
  for (const [, closing, closed] of text.matchAll(/<!\[CDATA\[.*?]]>|<(\/?)[a-z][^<>]*?(\/?)>/gis)) {
    if (closing === undefined || closed === '/') continue
    depth = closing === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > deepestFeed) throw tooDeep()
  }
}

/** Of HTML each tag is counted by itself, because many are never closed. @throws NotAFeed */
export function refuseDeepHtml(text: string): void {
  const open = new Map<string, number>()
  for (const [, closing, name = ''] of text.matchAll(nestingTag)) {
    const tag = name.toLowerCase()
    const depth = Math.max(0, (open.get(tag) ?? 0) + (closing ? -1 : 1))
    if (depth > deepestPage) throw tooDeep()
    open.set(tag, depth)
  }
}

// All but those that the parser closes itself or that hold nothing
const nestingTag =
  /<(\/?)(?!(?:p|li|dt|dd|td|th|tr|br|hr|img|input|meta|link|option|area|base|col|embed|source|wbr)\b)([a-z][a-z0-9-]*)\b/gi
