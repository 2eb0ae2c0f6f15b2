import { looksLikeOrgan, signersOf } from '#modules/files'

/** The kinds of paper a title ends with: the 15 of S-GWG-23 and the usual names of rules, plans and reports. */
const GENRES =
  '决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|细则|条例|规则|章程|规程|规范|准则|' +
  '方案|计划|规划|纲要|要点|安排|措施|清单|目录|标准|制度|指南|指引|预案|总结|说明|解读|答复|公示|名单|工作任务|主要任务|任务|分解表|' +
  '一览表|明细表|情况|情况表|台账|倡议书|责任书|协议|通知书|意见书|决算|预算|讲话|问答|政策|机制|体系|试点|启事|声明|快报|表'
const TAIL =
  '(?:[（(][^（）()]{1,30}[）)]|》|”|[0-9]{4}年?版|[（(]?(?:[12][0-9]{3}年)?第[0-9一二三四五六七八九十百零]{1,5}号[）)]?)*'
const ENDS_AS_TITLE = new RegExp(`(?:${GENRES})${TAIL}$`)

/** Reads like the title of an official document, not like a masthead, a column name or a sentence. */
export function isTitleLike(text: string): boolean {
  if (text.length < 6 || text.length > 220 || /[。；;！!]/.test(text) || !bracketsMatch(text)) return false
  return /关于.{2,}的?/.test(text)
    ? ENDS_AS_TITLE.test(text) || /关于.+的/.test(text)
    : ENDS_AS_TITLE.test(text)
}

/** Nothing is missing at its end. `关于…` runs on until the `的通知` or `方案》` that belongs to it. */
export function isCompleteTitle(text: string): boolean {
  if (!isTitleLike(text) || !ENDS_AS_TITLE.test(text)) return false
  return !/关于|印发|转发/.test(text) || /[的》][^的》]{0,10}$/.test(text)
}

/** 云溪县人民政府令、云溪县人民政府令第12号: the heading of an order, which is not what the order is about. */
export function isOrderHeading(title: string): boolean {
  return (
    /^[\u4e00-\u9fff]{3,30}(?:令|公告|通告)(?:[（(]?(?:\d{4}年)?第.{1,6}号[）)]?)?$/.test(title) &&
    !title.includes('关于')
  )
}

export function bracketsMatch(text: string): boolean {
  const count = (sign: string) => text.split(sign).length - 1
  return count('《') <= count('》') && count('（') + count('(') <= count('）') + count(')')
}

/**
 * One line without the blanks that typesetting put in. Between the names of joint issuers the blank stays, because
 * there it divides.
 */
export function tidyTitle(printed: string): string {
  const text = printed.trim().replace(/\s+/g, ' ')
  const about = text.search(/\s*关于/)
  const front = about > 0 ? text.slice(0, about) : ''
  const organs = signersOf(front)
  if (organs.length > 1) return `${organs.join(' ')}${closeUp(text.slice(about))}`
  return closeUp(text)
}

/** Blanks go where a Chinese character or sign stands on either side; between Latin words they stay. */
function closeUp(text: string): string {
  return text.replace(/(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])/g, '').trim()
}

/** The same title whatever brackets, quotes, widths and blanks were used: for comparing only. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/[\s《》〈〉<>“”"'‘’「」『』()（）[\]【】，,、·:：—-]+/g, '')
    .toLowerCase()
}

/** The organs that a title opens with: `云溪县人民政府办公室关于…`, `…转发…`. Empty when it opens otherwise. */
export function issuersInTitle(title: string): string[] {
  for (const verb of title.matchAll(/关于|转发|批转|印发|公布|发布|废止|修订/g)) {
    const organs = signersOf(title.slice(0, verb.index))
    if (organs.length > 0) return organs
  }
  // 令 and 公告 name their organ without a verb: 云溪县人民政府令.
  const organ = /^([\u4e00-\u9fff]{3,30}?)(?:令|公告|通告)(?:[（(]?第|[（(]?\d|$)/.exec(title)?.[1]
  return organ && looksLikeOrgan(organ) ? [organ] : []
}
