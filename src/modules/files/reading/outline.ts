import type { Numbering } from './official-lines.ts'

type Rank = 'document' | Exclude<Numbering['kind'], 'article'>

/** From the outside in. A heading closes everything of its own rank and below. */
const RANKS: Rank[] = ['document', 'part', 'chapter', 'section', 'one', 'bracket']

/**
 * Gives every heading its level and an id by its place (`s-2`, `s-2-1`), every article its own (`a-7`). An edition
 * never changes, so an address with such an id stays citable.
 */
export function outlineOf() {
  let open: { rank: Rank; id: string; heading: boolean; children: number }[] = []
  const articles = new Set<string>()
  let tops = 0

  function enter(rank: Rank, heading: boolean): { id: string; level: number } {
    open = open.filter(entry => RANKS.indexOf(entry.rank) < RANKS.indexOf(rank))
    const parent = open.at(-1)
    if (parent) parent.children++
    else tops++
    const id = parent ? `${parent.id}-${parent.children}` : `s-${tops}`
    const level = 2 + open.filter(entry => entry.heading).length
    open.push({ rank, id, heading, children: 0 })
    return { id, level: Math.min(level, 6) }
  }

  return {
    heading(rank: Rank, html: string, attributes = ''): string {
      const { id, level } = enter(rank, true)
      return `<h${level}${attributes} id="${id}">${html}</h${level}>`
    },
    /** A numbered paragraph takes part in the count, so that it too can be cited; returns its id. */
    paragraph(rank: Rank): string {
      return enter(rank, false).id
    },
    article(mark: string): string {
      const base = `a-${articleNumber(mark)}`
      let id = base
      for (let again = 2; articles.has(id); again++) id = `${base}-${again}`
      articles.add(id)
      return id
    },
  }
}

function articleNumber(mark: string): string {
  const [main = '', sub] = mark.replace(/^第/, '').split(/条之?/)
  return sub ? `${chineseNumber(main)}_${chineseNumber(sub)}` : `${chineseNumber(main)}`
}

/** Whole numbers below a thousand: 十二, 二十, 一百零五. */
function chineseNumber(text: string): number {
  let total = 0
  let digit = 0
  for (const sign of text) {
    const value = '零一二三四五六七八九'.indexOf(sign === '〇' ? '零' : sign)
    if (value >= 0) digit = value
    else if (sign === '十') {
      total += (digit || 1) * 10
      digit = 0
    } else if (sign === '百') {
      total += (digit || 1) * 100
      digit = 0
    }
  }
  return total + digit
}
