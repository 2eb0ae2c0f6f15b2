import { genres } from '../kinds.ts'
import { normaliseDocNo } from './doc-no.ts'
import type { FilingDoubt, Recognised } from './recognised.ts'

export type NoticeType = 'announcement' | 'publicity' | 'dynamics'

export interface KindFound {
  kind: 'policy' | 'normative-document' | 'notice'
  genre: string | null
  noticeType: NoticeType | null
  doubts: FilingDoubt[]
}

/** 体裁: the word the title ends with; what stands in brackets behind it is no part of it. */
export function genreOf(title: string | null): string | null {
  const end = (title ?? '').replace(/(?:[（(][^（）()]{1,30}[）)])+$/, '')
  return genres.find(genre => end.endsWith(genre)) ?? null
}

const NOTICES = /(?:公示|公告|通告|启事|声明|名单|倡议书|公开信|情况|情况表|总结|快报|讲话|讲话稿|解读|问答)$/
/** Rules that are the document itself, or that a notice puts in force; not those it only carries out. */
const RULES =
  /^(?:(?!关于|印发).)*(?:办法|规定|细则)(?:[（(][^（）()]{2,6}[）)])?$|印发.*(?:办法|规定|细则)(?:[（(][^（）()]{2,6}[）)])?》?的通知$/

/**
 * What a document is filed as. A number whose code ends in 规 says it is a normative document (R-NOR-10); any other number
 * makes a policy, as do the genres of S-GWG-23. Announcements, lists and reports without a number are notices. A document
 * that says nothing is taken for a policy, and a person is asked.
 */
export function documentKind({ title, docNo }: Pick<Recognised, 'title' | 'docNo'>): KindFound {
  const genre = genreOf(title)
  const code = docNo ? normaliseDocNo(docNo)?.code : undefined
  if (code && /规(?:字|发|告)?$/.test(code))
    return { kind: 'normative-document', genre, noticeType: null, doubts: [] }
  if (!docNo && title && NOTICES.test(title)) return notice(title)
  const doubts: FilingDoubt[] = []
  if (!docNo && !genre && !/要点|清单|目录|指南|安排|措施|纲要|条例/.test(title ?? ''))
    doubts.push(asked('标题和文号都看不出是什么文件，暂按“政策文件”归类'))
  else if (RULES.test(title ?? ''))
    doubts.push(asked('它像是行政规范性文件，但文号里没有“规”字，暂按“政策文件”归类', 'normative-document'))
  return { kind: 'policy', genre, noticeType: null, doubts }
}

function notice(title: string): KindFound {
  const noticeType = /公示|名单/.test(title)
    ? 'publicity'
    : /公告|通告|启事|声明|公开信|倡议书/.test(title)
      ? 'announcement'
      : 'dynamics'
  return {
    kind: 'notice',
    genre: null,
    noticeType,
    doubts: [asked('没有文号，标题像通知公告一类，已按“通知公告”归类', 'policy')],
  }
}

const asked = (what: string, otherwise = 'notice'): FilingDoubt => ({
  field: 'kind',
  why: `${what}。如果不对，请在导入时写明种类，例如 --kind ${otherwise}；公开以后种类不能再改。`,
})
