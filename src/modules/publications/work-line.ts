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

const docNo = /[\u4e00-\u9fa5]{2,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号/
const address = /\/[a-z-]+\/([2-9a-hjkmnp-z]{10})(?:\b|$)/

/** @returns null for an empty line; a message in place of `from` is never guessed: an impossible day gives an error. */
export function readWorkLine(line: string): WorkLine | { error: string } | null {
  const text = line.replace(/\s+/g, ' ').trim()
  if (text === '') return null
  const [what = '', day] = text.split(/\s*[@＠]\s*/)
  if (day !== undefined && !isPlainDate(day))
    return { error: `“${text}”里的日期不存在，请写成 @ 2026-12-01。` }
  const number = docNo.exec(what)?.[0] ?? null
  const rest = (number ? what.replace(number, '') : what).trim()
  const title = /^《(.+)》$/.exec(rest)?.[1] ?? rest
  const publicId = address.exec(what)?.[1] ?? null
  if (!number && !title) return { error: `“${text}”里没有文号也没有标题。` }
  return { docNo: number, title: title || (number ?? ''), from: day ?? null, publicId }
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
  const title = work.title && work.title !== work.docNo ? `《${work.title}》` : ''
  return [work.docNo, title, work.from ? `@ ${work.from}` : ''].filter(Boolean).join(' ')
}
