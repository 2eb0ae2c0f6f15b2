import type { ReadDocument } from '#modules/files'
import { recogniseDocument } from '#modules/policies'
import { readMark } from './numbering.ts'
import { columnKind } from './tables/columns.ts'

export type DocumentHead = {
  title: string | null
  issuer: string | null
  docNo: string | null
  date: string | null
}

/** Of a long text only the two ends tell who says it, when, and under which number. */
const OPENING = 30_000
const CLOSING = 6_000

/** Title, issuer, number and day, as the import of documents recognises them. */
export function readHead(read: Exclude<ReadDocument, { form: 'sheets' }>): DocumentHead {
  const [found] = recogniseDocument('', shortened(read))
  if (!found) return { title: null, issuer: null, docNo: null, date: null }
  const title = found.title ?? (read.form === 'text' ? titleOfPlan(read.text) : null)
  return { title, issuer: found.issuer, docNo: found.docNo, date: found.signedOn ?? found.publishedOn }
}

function shortened(
  read: Exclude<ReadDocument, { form: 'sheets' }>,
): Exclude<ReadDocument, { form: 'sheets' }> {
  // Of a saved page the whole is needed to tell the document from what stands around it
  if (read.form === 'html')
    return read.format === 'html' || read.html.length <= 2 * OPENING
      ? read
      : { ...read, html: `${read.html.slice(0, OPENING)}\n${fromTag(read.html.slice(-CLOSING))}` }
  // 附件1 above the title says where it was attached, not what it is.
  const text = read.text.replace(/^\s*附\s?件\s?[0-9一二三四五六七八九十]{0,2}\s?[：:]?[^\S\n]*\n/, '')
  if (text.length <= OPENING + CLOSING) return { ...read, text }
  return { ...read, text: `${text.slice(0, OPENING)}\n\n${text.slice(-CLOSING)}` }
}

const fromTag = (html: string) => html.slice(Math.max(0, html.indexOf('<')))

const PLAN_WORDS = /要点|方案|分解|分工|清单|安排|计划|任务|措施|台账|责任表|一览表|事项/
const LINES = 8

/** 某某工作要点责任分工: a short line above the first item that calls itself a plan. */
function titleOfPlan(text: string): string | null {
  for (const line of text.slice(0, 2000).split('\n').slice(0, LINES)) {
    const words = line.trim()
    if (readMark(words) || columnKind(words)) return null
    if (
      words.length >= 8 &&
      words.length <= 60 &&
      PLAN_WORDS.test(words) &&
      /\d{4}年|关于|[省市县区州局办]/.test(words) &&
      !/[。；：:，]/.test(words)
    )
      return words.replace(/\s+/g, '')
  }
  return null
}

export type PlanYear = { year: number | null; assumed: boolean }

/** The year whose plan it is: that of its title, else of its day, else the one its opening names most. */
export function planYear(head: DocumentHead, text: string): PlanYear {
  const opening = text.slice(0, 3000)
  const inTitle = /(?<!\d)(20\d{2})(?!\d)\s?年?/.exec(withoutNumbers(head.title ?? ''))?.[1]
  if (inTitle) return { year: Number(inTitle), assumed: false }
  if (head.date) return { year: Number(head.date.slice(0, 4)), assumed: false }
  const named = new Map<string, number>()
  for (const [, year = ''] of opening.matchAll(/(?<!\d)(20\d{2})\s?年/g))
    named.set(year, (named.get(year) ?? 0) + 1)
  const [most] = [...named].sort((a, b) => b[1] - a[1] || b[0].localeCompare(a[0]))
  return { year: most ? Number(most[0]) : null, assumed: true }
}

const withoutNumbers = (title: string) => title.replace(/[〔[（(]\s?20\d{2}\s?[〕\]）)]\s?第?\d+号/g, '')
