import type { ItemContent } from './item.ts'

/** What is known of a text that is to be filed. */
export interface FiledText {
  title: string
  keywords: string
  theme: string | null
  /** Paths of the columns that show it. */
  columnPaths: readonly string[]
}

export interface Suggestable {
  id: string
  content: Pick<ItemContent, 'domain' | 'level1' | 'level2' | 'level3' | 'elements' | 'place'>
  /** Whether the organ of the text owes the item. */
  isOwed: boolean
}

const most = 5
/** Pairs of characters that stand in most titles and say nothing of their matter. */
const usual = new Set(
  [
    '信息',
    '公开',
    '情况',
    '关于',
    '通知',
    '公告',
    '公示',
    '办法',
    '工作',
    '管理',
    '实施',
    '印发',
    '有关',
  ].concat([
    '开展',
    '做好',
    '全县',
    '本县',
    '行政',
    '政府',
    '部门',
    '结果',
    '服务',
    '项目',
    '内容',
    '相关',
    '进行',
  ]),
)

const pairsIn = (text: string) => {
  const pairs = [...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair = '']) => pair)
  return new Set(pairs.filter(pair => !usual.has(pair)))
}

/** What they have in common, as words: neighbouring pairs become one. */
function commonWords(title: ReadonlySet<string>, name: string): string[] {
  const words: string[] = []
  let last = -2
  for (const { 1: pair = '', index } of name.matchAll(/(?=(\p{Script=Han}{2}))/gu)) {
    if (!title.has(pair)) continue
    if (index === last + 1) words.push(`${words.pop()}${pair[1]}`)
    else words.push(pair)
    last = index
  }
  return [...new Set(words)]
}

/** The items that a text most likely stands under, with the reason, the likeliest first: by column, words, theme and organ. */
export function suggestItems(items: readonly Suggestable[], text: FiledText): { id: string; why: string }[] {
  const words = pairsIn(`${text.title} ${text.keywords}`)
  const scored = items.flatMap(({ id, content, isOwed }) => {
    const { domain, level1, level2, level3, elements, place } = content
    const whys: string[] = []
    let score = isOwed ? 2 : 0
    if (place !== '' && text.columnPaths.some(path => path === place || path.startsWith(`${place}/`))) {
      score += 4
      whys.push('栏目相同')
    }
    const named = commonWords(words, `${domain} ${level1} ${level2} ${level3}`)
    if (named.length > 0) {
      score += Math.min(6, named.join('').length)
      whys.push(`都说到“${named.slice(0, 3).join('”“')}”`)
    } else score += Math.min(1, commonWords(words, elements).length)
    if (text.theme && (text.theme.includes(domain) || domain.includes(text.theme))) {
      score += 2
      whys.push('主题相同')
    }
    // That the organ owes it is no reason by itself: it owes many
    if (whys.length === 0) return []
    return [{ id, score, why: [...whys, ...(isOwed ? ['本单位的事项'] : [])].join('，') }]
  })
  return scored
    .filter(one => one.score >= 4)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ id, why }) => ({ id, why }))
}
