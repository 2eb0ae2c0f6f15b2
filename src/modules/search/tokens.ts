import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let loaded: Jieba | undefined
/** The dictionary takes a good tenth of a second to load: on first use, not at start. */
const jieba = () => (loaded ??= Jieba.withDict(dict))

const word = /[\p{Script=Han}\p{L}\p{N}]/u
const han = /^\p{Script=Han}+$/u
const functionWords = new Set(
  '的 了 和 与 及 或 在 是 为 对 等 之 其 以 于 把 被 将 由 从 向 并 而 也 都 就 这 那 一个 我 你 他 们'.split(
    ' ',
  ),
)
/** Words with which people ask, and verbs of everyday speech that documents do not use; no document is about them. */
const askingWords = new Set(
  `怎么 怎么办 怎样 怎么样 如何 什么 什么样 什么时候 哪里 哪儿 哪些 哪个 哪 谁 多少 多久 多大 几 吗 呢 吧 啊 么 请问 想 要 需要 可以 能 能不能 不能 可不可以
  是否 有没有 有 没有 去 到 我要 我想 如果 关于 一下 查询 查 找 上 办 坐 放 换 买 卖 交 领 拿 做 弄 给 用 不 会 还 才 再 家里 现在 今年 钱 多少钱 要钱 一吨 得`.split(
    /\s+/,
  ),
)

const keep = (token: string) => word.test(token) && !functionWords.has(token)

/** The one form in which texts and questions meet: full width is half width, capitals are small. */
export const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** A title or question to compare: without blanks, brackets and marks. */
export const headingOf = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

export interface Place {
  token: string
  /** Which character of the text it begins with, from 0. */
  at: number
}

/**
 * Words as the index holds them, each where it stands. A word of three characters and more also by its parts of two and three,
 * because a question may cut it otherwise than the text.
 */
export function placesOf(text: string): Place[] {
  const places: Place[] = []
  let at = 0
  for (const token of jieba().cut(plain(text), true)) {
    if (keep(token)) {
      places.push({ token, at })
      if (token.length > 2 && han.test(token))
        for (const size of [2, 3])
          for (let from = 0; from + size <= token.length && size < token.length; from++)
            places.push({ token: token.slice(from, from + size), at: at + from })
    }
    at += token.length
  }
  return places
}

/** Each Chinese character of a title, for questions of one character. */
export const characterToken = (character: string) => `c:${character}`
export const charactersOf = (title: string): string[] =>
  [...new Set(plain(title))].filter(character => han.test(character))

/** Words of a question, each where it stands; what merely asks is left out unless nothing else is there. */
export function placesToAsk(text: string): Place[] {
  const places: Place[] = []
  let at = 0
  for (const token of jieba().cut(plain(text), true)) {
    if (keep(token)) places.push({ token, at })
    at += token.length
  }
  const asked = places.filter(place => !askingWords.has(place.token))
  const telling = asked.filter(place => place.token.length > 1)
  // Beside a longer word, a single character says little and is mostly cut off another word
  const isSentence = telling.some(place => han.test(place.token))
  const kept = isSentence ? telling : asked
  return (kept.length > 0 ? kept : places).slice(0, 12)
}

/** Words of a question: each must be found. */
export const tokensToAsk = (text: string): string[] => [
  ...new Set(placesToAsk(text).map(place => place.token)),
]

/** Shorter words of the dictionary that together hold all of a word; empty when there are none. */
export function partsOf(token: string): string[] {
  if (token.length < 3 || !han.test(token)) return []
  const parts = jieba()
    .cutForSearch(token, false)
    .filter(part => part.length > 1 && part.length < token.length)
  const held = new Set<number>()
  for (const part of parts) {
    const from = token.indexOf(part)
    for (let index = from; index < from + part.length; index++) held.add(index)
  }
  return held.size === token.length ? [...new Set(parts)] : []
}

const closing = String.raw`[〕\]】)﹞}]`
const yearNumber = new RegExp(
  String.raw`(\p{Script=Han}{2,16})?[〔\[【(﹝{]?(?:第)?((?:19|20)\d{2})(?:年?${closing}(?:第)?|-(?:第)?|年第?(?=\d{1,4}号))(\d{1,4})(?:号|(?![\d\-年月.]))`,
  'u',
)
const orderNumber = /(\p{Script=Han}{0,14}令)第?(\d{1,3})号|(\p{Script=Han}{0,14}?)第?(\d{1,3})号令/u

/** A document number as it was read: who gives it, the year where there is one, and the serial. */
export interface DocNumber {
  code: string
  serial: string
}

/** The document number in a text, in any usual spelling; null when it holds none. */
export function readNumber(text: string): DocNumber | null {
  // A year and a number with only a blank between them: the blank stands for the brackets
  const line = text
    .normalize('NFKC')
    .replace(/(?<!\d)((?:19|20)\d{2})\s+(?=第?\d{1,4}(?:\s*号|\s*$|\s))/, '$1-')
    .replace(/\s+/g, '')
  const found = yearNumber.exec(line)
  if (found) return { code: found[1] ?? '', serial: `${found[2]}-${Number(found[3])}` }
  const order = orderNumber.exec(line)
  if (!order) return null
  const code = order[1] ?? `${order[3]}令`
  return { code: code === '令' ? '' : code.slice(0, -1), serial: `令-${Number(order[2] ?? order[4])}` }
}

/** Tokens of a document number in any usual spelling; empty when the text holds none. */
export function numberTokens(text: string): string[] {
  const found = readNumber(text)
  if (!found) return []
  const { code, serial } = found
  return code ? [`no:${code}${serial}`, `no:${serial}`, `no:${code}`] : [`no:${serial}`]
}
