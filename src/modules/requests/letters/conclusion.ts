import { inChinese, type PlainDate } from '#lib/beijing-time'
import { type Ground, grounds, type ReplyKind, ruleOf } from '../reply-kinds.ts'

/** What was decided about one item of a request, with all that its letter has to say (R-REQ-48). */
export interface AnsweredItem {
  /** What was asked, as the applicant put it, shortened. */
  asked: string
  kind: ReplyKind
  ground: Ground | null
  /** The facts and reasons, in the officer's words. */
  reason: string
  /** Where and how it is had: an address, a counter, an enclosure, the special procedure. */
  channel: string | null
  /** When it can be had, where not at once (Art. 36(2)). */
  availableOn: PlainDate | null
  withheldPart: string | null
  search: { where: string; words: string; by: string; on: PlainDate } | null
  rightOrgan: { name: string; contact: string } | null
  former: { number: string; answeredOn: PlainDate } | null
}

type Say = (item: AnsweredItem) => string

const at = (item: AnsweredItem) => (item.channel ? `：${item.channel}` : '')
const groundIn = ({ ground }: AnsweredItem) =>
  ground === null ? '' : `，属于${grounds[ground].label}的情形（${grounds[ground].article}）`

/** The conclusion of each kind, in words of its own (R-REQ-30…46). */
const conclusions: Record<ReplyKind, Say> = {
  'already-public': item => `该信息已经主动公开，可以按以下方式获取${at(item)}。`,
  provide: item =>
    `该信息可以公开，现予提供${at(item)}。` +
    (item.availableOn === null ? '' : `提供时间：${inChinese(item.availableOn)}。`),
  partial: item =>
    `该信息中含有不应当公开的内容，但能够区分处理，现提供可以公开的部分${at(item)}。` +
    (item.withheldPart === null
      ? `其余部分不予公开${groundIn(item)}。`
      : `不予公开的部分为：${item.withheldPart}${groundIn(item)}。`),
  refuse: item => `该信息不予公开${groundIn(item)}。`,
  'not-exist': item =>
    `经检索，本机关没有制作也没有保存该信息，该信息不存在。` +
    (item.search === null
      ? ''
      : `检索情况：${inChinese(item.search.on)}由${item.search.by}在${item.search.where}以“${item.search.words}”检索，没有结果。`),
  'not-ours': item =>
    '该信息不属于本机关负责公开。' +
    (item.rightOrgan === null
      ? '本机关不能确定负责公开该信息的行政机关。'
      : `请向${item.rightOrgan.name}申请，联系方式：${item.rightOrgan.contact}。`),
  repeat: item =>
    '您已就相同内容申请过政府信息公开，本机关已作答复，不再重复处理。' +
    (item.former === null
      ? ''
      : `前次申请的登记编号为${item.former.number}，答复日期为${inChinese(item.former.answeredOn)}。`),
  'special-query': item => `法律、行政法规对该类信息的查询办法有专门规定，请按专门规定查询${at(item)}。`,
  'needs-making': () => '本机关没有现成的该项信息，提供需要另行加工、分析，不予提供。',
  'still-unclear': () => '经补正，申请内容仍然不能指向特定的政府信息，本机关无法提供。',
  petition: item =>
    `您以政府信息公开申请的形式进行信访、投诉、举报，不作为政府信息公开申请处理。可以通过以下渠道反映${at(item)}。`,
  publication: item =>
    `您申请的是政府公报、报刊、书籍等公开出版物，不作为政府信息公开申请处理。获取的途径${at(item)}。`,
  abuse: () => '您申请公开的数量、频次明显超过合理范围，所说明的理由不合理，不予处理。',
  reconfirm: () => '您要求对已经获取的信息予以确认或者重新出具，不予处理。',
  'no-correction': () => '您没有在补正期限内补正，也没有说明正当理由，视为放弃申请，本机关不再处理。',
  'no-payment': () => '您没有在缴费期限内缴纳信息处理费，视为放弃申请，本机关不再处理。',
  withdrawn: () => '您已经撤回申请，本机关终止处理。',
}

/** Conclusion, basis and reason of one item; the basis of what is withheld is that of its ground too. */
export function concludes(item: AnsweredItem): string {
  const { article } = ruleOf(item.kind)
  const basis = article === '—' ? '' : `依据：${lawOf(article)}。`
  const reason = item.reason.trim()
  return `${conclusions[item.kind](item)}${basis}${reason === '' ? '' : `理由：${closed(reason)}`}`
}

/** `条例第三十条` in full, as a letter names it; other sources stand by their own name. */
const lawOf = (article: string): string =>
  article.startsWith('条例') ? `《中华人民共和国政府信息公开${article.replace('条例', '条例》')}` : article

const closed = (text: string) => (/[。！？]$/.test(text) ? text : `${text}。`)
