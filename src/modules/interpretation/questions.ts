import { load } from 'cheerio'

export interface Question {
  question: string
  answer: string
}

const asks = /^(?:问|提问|问题?\s*[一二三四五六七八九十\d]{1,3}|[Qq]\s*\d{0,3})\s*[：:]\s*/
const answers = /^(?:答|回答|[Aa]\s*\d{0,3})\s*[：:]\s*/

/**
 * Questions with their answers, as a text has them: a paragraph `问：…`, or a heading that ends with a question mark; the answer is
 * everything up to the next one.
 */
export function questionsIn(bodyHtml: string): Question[] {
  const $ = load(bodyHtml, null, false)
  const found: { question: string; answer: string[] }[] = []
  let current: (typeof found)[number] | undefined
  $('h2, h3, h4, h5, h6, p, li, td').each((_, element) => {
    const text = $(element).text().replace(/\s+/g, ' ').trim()
    if (text === '') return
    const isHeading = /^h\d$/.test(element.tagName)
    if (asks.test(text) || (isHeading && /[？?]$/.test(text))) {
      current = {
        question: text.replace(asks, '').replace(/^[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]\s*/, ''),
        answer: [],
      }
      found.push(current)
    } else if (isHeading) current = undefined
    else current?.answer.push(text.replace(answers, ''))
  })
  return found
    .filter(one => one.answer.length > 0)
    .map(({ question, answer }) => ({ question, answer: answer.join('\n') }))
}
