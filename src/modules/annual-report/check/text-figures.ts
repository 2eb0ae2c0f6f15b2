import { readChineseNumber } from '../reading/numbers.ts'
import type { AnnualReport } from '../report.ts'
import type { NewFinding } from './finding.ts'
import { type Pattern, patterns, UNIT } from './text-patterns.ts'

/** Of a part, of another time, or about: nothing that the tables tell. */
const ELSEWHERE =
  /上半年|下半年|季度|月份|以来|本级|其中[^，]*(?:网上|网络|网站|平台|信函|当面|现场|邮件|邮寄|传真|书面)|同比|环比|增长|增加|减少|下降|上升|较|相比|去年|同期|历年|近年|网上|网络|线上|线下|信函|当面|现场|电子邮件|邮寄|传真|书面/
/** Documents and their openness, hot lines, letters: their 不予公开 and 办结 are others. */
const OTHER_THINGS =
  /公文|发文|公开属性|来信|信件|热线|12345|留言|投诉件|建议|提案|议案|咨询|信箱|工单|诉求|政务服务|(?:主动公开|依申请公开)[^申]{0,6}\d+[件条份].{0,20}不予公开/
const SMALL_ORGAN = /(?:其中|所属|下属|各)[^，。]{0,14}(?:单位|部门|乡镇|街道|镇|局)/

interface Said {
  pattern: Pattern
  number: number
  at: number
  words: string
}

/**
 * R-RPT-27: figures of the text are those of the tables. Only sentences whose meaning is clear are judged. Where the text
 * says the right figure somewhere, another for the same thing speaks of a part of it.
 */
export function checkText(report: AnnualReport): NewFinding[] {
  const said = figuresIn(report)
  return [...new Set(said.map(one => one.pattern.name))].flatMap(name => {
    const all = said.filter(one => one.pattern.name === name)
    const first = all[0]
    if (!first || !isKnown(report, first.pattern)) return []
    const values = first.pattern.values(report)
    if (all.some(one => one.number === values[0])) return []
    const wrong = all.find(one => !values.includes(one.number))
    if (!wrong) return []
    const { pattern, number, at, words } = wrong
    return {
      rule: 'R-RPT-27',
      where: `text/${pattern.where}`,
      expected: values[0] ?? 0,
      found: number,
      cells: [pattern.where],
      textAt: at,
      message: `正文写“${words}”，即${number}；表里${pattern.name}是${values[0]}，应当一致。`,
    }
  })
}

function isKnown(report: AnnualReport, { where }: Pattern): boolean {
  if (where.startsWith('section2')) {
    const row = /T2\.\d/.exec(where)?.[0] ?? ''
    return report.section2?.[row] !== undefined
  }
  if (where.startsWith('section4')) return Object.keys(report.section4).length === 3
  return report.section3.A !== undefined && report.section3.C7 !== undefined
}

function figuresIn(report: AnnualReport): Said[] {
  const found: Said[] = []
  let offset = 0
  for (const paragraph of judgedPart(plain(report.text)).split('\n')) {
    let requests = false
    let start = offset
    for (const sentence of paragraph.split(/(?<=[。；;！])/)) {
      requests = (requests || aboutRequests(sentence)) && !OTHER_THINGS.test(sentence)
      found.push(...figuresOf(sentence, { start, requests, report }))
      start += sentence.length
    }
    offset += paragraph.length + 1
  }
  return found
}

/** What was wanting, and plans for the coming year, have figures of their own. */
function judgedPart(text: string): string {
  const end = /(?:^|[\n。])五、/.exec(text)
  return end ? text.slice(0, end.index + 1) : text
}

const aboutRequests = (sentence: string) => /信息公开申请|依申请|公开申请|信息公开/.test(sentence)

interface Place {
  start: number
  /** The sentence is of requests. */
  requests: boolean
  report: AnnualReport
}

function figuresOf(sentence: string, { start, requests, report }: Place): Said[] {
  const found: Said[] = []
  let at = start
  let year = report.year
  // A part in brackets is a clause of its own: 答复805件（含上年度结转18件）
  for (const clause of sentence.split(/(?<=[，,：:（）()。；;])/)) {
    const words = clause.replace(/[，,：:（）()。；;]$/, '').replace(/^(?:、|其中[:：]?|和|及|以及)/, '')
    const elsewhere = ELSEWHERE.test(clause) || SMALL_ORGAN.test(clause) || ofTheOffice(clause, report.organ)
    // A comparison names another year without passing over to it.
    if (!elsewhere) year = yearIn(clause) ?? year
    if (!elsewhere && year === report.year)
      for (const part of partsOf(words)) {
        const said = figureOf(part, requests)
        if (said) found.push({ ...said, at: at + Math.max(0, clause.indexOf(said.words)) })
      }
    at += clause.length
  }
  return found
}

function figureOf(part: string, requests: boolean): Omit<Said, 'at'> | null {
  for (const pattern of patterns) {
    if (pattern.about === 'requests' && !requests) continue
    const hit = pattern.phrase.exec(part)
    if (!hit) continue
    const written = hit.groups?.n ?? hit.groups?.m
    const number = written === undefined ? 0 : numberOf(written)
    if (number !== null) return { pattern, number, words: hit[0] }
  }
  return null
}

/** The office of a government tells its own figures in the report of the whole. */
const ofTheOffice = (clause: string, organ: string | null) =>
  /办公[室厅]/.test(clause) && !/办公[室厅]/.test(organ ?? '')

function yearIn(clause: string): number | null {
  const named = [...clause.matchAll(/(20\d\d)年/g)].at(-1)?.[1]
  return named === undefined ? null : Number(named)
}

/** 予以公开5件、部分公开2件: two statements; 予以公开、部分公开7件: one. */
function partsOf(clause: string): string[] {
  return clause.split(new RegExp(`(?<=\\d${UNIT}|[一二三四五六七八九十百千零〇]${UNIT})[、和及]`))
}

const numberOf = (written: string): number | null =>
  /^\d/.test(written) ? Number(written.replaceAll(',', '')) : readChineseNumber(written)

/** Half-width figures, no blanks within a line; every sign keeps its line. */
function plain(text: string): string {
  return text
    .replace(/[０-９]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[^\S\n]+/g, '')
    .replace(/(?<=\d)，(?=\d{3}(?!\d))/g, ',')
}
