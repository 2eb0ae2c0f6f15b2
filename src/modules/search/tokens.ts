import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let loaded: Jieba | undefined
/** The dictionary takes a good tenth of a second to load: on first use, not at start. */
const jieba = () => (loaded ??= Jieba.withDict(dict))

const word = /[\p{Script=Han}\p{L}\p{N}]/u
const functionWords = new Set(
  '的 了 和 与 及 或 在 是 为 对 等 之 其 以 于 把 被 将 由 从 向 并 而 也 都 就 这 那 一个 我 你 他 们'.split(
    ' ',
  ),
)

const keep = (token: string) => word.test(token) && !functionWords.has(token)
const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Words as the index holds them: long words also by their parts. */
export function tokensToIndex(text: string): string[] {
  return jieba().cutForSearch(plain(text), true).filter(keep)
}

/** Words of a question: each must be found. */
export function tokensToAsk(text: string): string[] {
  return [...new Set(jieba().cut(plain(text), true).filter(keep))].slice(0, 12)
}

const docNumber =
  /([\p{Script=Han}]{2,12})?\s*[〔[【（(]?\s*((?:19|20)\d{2})\s*[〕\]】）)-]\s*(?:第)?(\d{1,4})\s*号?/u

/** Tokens of a document number in any usual spelling; empty when the text holds none. */
export function numberTokens(text: string): string[] {
  // A year and a number with only a blank between them: the blank stands for the brackets
  const line = text.normalize('NFKC').replace(/(\d{4})\s+(?=\d)/, '$1-')
  const found = docNumber.exec(line.replace(/\s+/g, ''))
  if (!found) return []
  const [, code, year, number] = found
  const serial = `${year}-${Number(number)}`
  return code ? [`no:${code}${serial}`, `no:${serial}`, `no:${code}`] : [`no:${serial}`]
}
