import { isPlainDate, type PlainDate } from '#lib/beijing-time'

/** A work as a person writes it on one line: `云政办发〔2021〕18号 《农村饮水工程管护办法》 @ 2026-12-01`. */
export interface WorkLine {
  docNo: string | null
  title: string
  /** The day an effect begins; null when the line does not say. */
  from: PlainDate | null
  /** Public id, when the line holds an address of ours. */
  publicId: string | null
}

/** A number as people type it; the brackets are set right. */
const typedNo = '([\\u4e00-\\u9fa5]{2,12})[〔[［【（(]((?:19|20)\\d{2})[〕\\]］】）)]第?([1-9]\\d{0,4})号'
/** It stands before the title or after it; one inside a title (关于废止…号的决定) belongs to the title. */
const numberFirst = new RegExp(`^${typedNo}(.*)$`)
const numberLast = new RegExp(`^(.*》)\\s*${typedNo}$|^(.+?)\\s*[（(]${typedNo}[）)]$`)
/** Orders and announcements: 某某令第12号. */
const orderNo =
  '([\\u4e00-\\u9fa5]{3,30}(?:令|公告|通告)(?:(?:19|20)\\d{2}年)?第[\\d一二三四五六七八九十百]{1,6}号)'
const orderFirst = new RegExp(`^${orderNo}(?= |《|$)(.*)$`)
const orderLast = new RegExp(`^(.*》)\\s*${orderNo}$|^(.+?)\\s*[（(]${orderNo}[）)]$`)
const partOfTitle = /关于|废止|修改|印发/
const address = /\/[a-z-]+\/([2-9a-hjkmnp-z]{10})(?:\b|$)/
/** What follows the last @ that is not inside a title. */
const dayLast = /^(.*?)\s*[@＠]\s*([^@＠《》]*)$/

/** @returns null for an empty line; a message in place of `from` is never guessed: an impossible day gives an error. */
export function readWorkLine(line: string): WorkLine | { error: string } | null {
  const text = line.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (text === '') return null
  const [, what = text, day] = dayLast.exec(text) ?? []
  if (dayLast.test(what)) return { error: `“${text}”里有两个 @。标题里有 @ 的，请把标题写在《》里。` }
  if (day !== undefined && !isPlainDate(day))
    return { error: `“${text}”里的日期不存在，请写成 @ 2026-12-01。` }
  const { docNo, rest } = splitNumber(what)
  const title = withoutMarks(rest)
  const publicId = address.exec(what)?.[1] ?? null
  if (!docNo && !title) return { error: `“${text}”里没有文号也没有标题。` }
  return { docNo, title: title || (docNo ?? ''), from: day ?? null, publicId }
}

function splitNumber(what: string): { docNo: string | null; rest: string } {
  const [, code, year, serial, rest = ''] = numberFirst.exec(what) ?? []
  if (code && (!partOfTitle.test(code) || /^[ 《]/.test(rest)))
    return { docNo: `${code}〔${year}〕${serial}号`, rest: rest.trim() }
  const [, order, title = ''] = orderFirst.exec(what) ?? []
  if (order && !partOfTitle.test(order)) return { docNo: order, rest: title.trim() }
  const ordered = orderLast.exec(what)
  if (ordered) return { docNo: ordered[2] ?? ordered[4] ?? null, rest: ordered[1] ?? ordered[3] ?? '' }
  const last = numberLast.exec(what)
  if (!last) return { docNo: null, rest: what }
  const [titled, ...number] = last[1] === undefined ? last.slice(5) : last.slice(1)
  return { docNo: `${number[0]}〔${number[1]}〕${number[2]}号`, rest: titled ?? '' }
}

/** Takes 《》 off when the first closes at the very end: 《甲》和《乙》 stays as it is. */
function withoutMarks(text: string): string {
  let open = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '《') open++
    if (text[at] === '》') open--
    if (open === 0 && at < text.length - 1) return text
  }
  return open === 0 && text.length > 2 ? text.slice(1, -1).trim() : text
}

/** All lines of a field; faults are told together, by line. */
export function readWorkLines(text: string): { works: WorkLine[]; faults: string[] } {
  const works: WorkLine[] = []
  const faults: string[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    const read = readWorkLine(line)
    if (read && 'error' in read) faults.push(`第 ${index + 1} 行：${read.error}`)
    else if (read) works.push(read)
  })
  return { works, faults }
}

/** The line again, for the form. */
export function writeWorkLine(work: {
  docNo: string | null
  title: string
  from?: PlainDate | null | undefined
}): string {
  const marked = `《${work.title}》`
  const title = withoutMarks(marked) === work.title ? marked : work.title
  return [work.docNo, work.title === work.docNo ? '' : title, work.from ? `@ ${work.from}` : '']
    .filter(Boolean)
    .join(' ')
}
