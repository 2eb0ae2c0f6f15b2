import { plainText } from '#lib/plain-text'
import { chineseNumeral } from '#modules/files'

/** A numbered line that does not follow from what stands before it. */
export interface NumberingDoubt {
  /** The line, shortened. */
  line: string
  advice: string
}

/** The levels of official documents, from the highest (S-GWG-13); articles stand beside them and are counted through. */
const levels = [
  { read: /^([一二三四五六七八九十百]{1,4})、/, write: (at: number) => `${chineseNumeral(at)}、` },
  { read: /^[（(]([一二三四五六七八九十百]{1,4})[）)]/, write: (at: number) => `（${chineseNumeral(at)}）` },
  { read: /^(\d{1,2})[.．](?!\d)/, write: (at: number) => `${at}.` },
  { read: /^[（(](\d{1,2})[）)]/, write: (at: number) => `（${at}）` },
] as const
const article = /^第([一二三四五六七八九十百零〇]{1,6})条(?!之)(?:[\s　]|(?=[^款项和、，,第规至及]))/

/** Marks that stand for a level but are not written so. */
const misshapen: readonly [RegExp, string][] = [
  [/^[（(][一二三四五六七八九十百]{1,4}[）)]、/, '“（一）”后面不加顿号'],
  [/^[一二三四五六七八九十百]{1,4}[.．]/, '一级标题的序号写作“一、”'],
  [/^\d{1,2}、/, '三级标题的序号写作“1.”，不写“1、”'],
  [/^\((?:[一二三四五六七八九十百]{1,4}|\d{1,2})\)/, '序号的括号用全角“（）”'],
]

const mostDoubts = 20

/**
 * Looks through the numbering of a text: gaps, repetitions, marks written otherwise. Advice only: lists and quotations may have
 * good reasons, and a text of another kind has none of it.
 */
export function doubtsOfNumbering(bodyHtml: string): NumberingDoubt[] {
  const doubts: NumberingDoubt[] = []
  const counted: (number | undefined)[] = []
  let articles = 0
  for (const text of plainText(bodyHtml.replace(/<table[\s\S]*?<\/table>/gi, '\n')).split('\n')) {
    const line = text.trim()
    const doubt = (advice: string) => doubts.push({ line: [...line].slice(0, 24).join(''), advice })
    const shape = misshapen.find(([mark]) => mark.test(line))
    if (shape) doubt(shape[1])
    const [, numbered] = article.exec(line) ?? []
    if (numbered !== undefined) {
      const at = numberIn(numbered)
      if (at !== articles + 1 && articles > 0)
        doubt(`前面是第${chineseNumeral(articles)}条，这里应当是“第${chineseNumeral(articles + 1)}条”`)
      articles = at
      counted.length = 0
    }
    const level = levels.findIndex(one => one.read.test(line))
    const found = levels[level]
    if (!found) continue
    const at = numberIn(found.read.exec(line)?.[1] ?? '')
    const before = counted[level]
    counted.length = level
    counted[level] = at
    if (at === (before ?? 0) + 1) continue
    // A new count begins anywhere below a heading of its own
    if (at === 1 && level > 0 && before === undefined) continue
    if (before === undefined && level > 0) doubt(`这一级从“${found.write(1)}”开始`)
    else
      doubt(
        before === undefined
          ? `应当从“${found.write(1)}”开始`
          : `前面是“${found.write(before)}”，这里应当是“${found.write(before + 1)}”`,
      )
  }
  return doubts.slice(0, mostDoubts)
}

const digits = '零一二三四五六七八九'

/** 二十一 → 21; figures as they stand. */
function numberIn(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  let [total, last] = [0, 0]
  for (const sign of text.replaceAll('〇', '零'))
    if (sign === '百' || sign === '十') {
      total += (last || 1) * (sign === '百' ? 100 : 10)
      last = 0
    } else last = digits.indexOf(sign)
  return total + last
}
