const GENRE =
  '(?:通知|决定|决议|意见|办法|规定|细则|方案|公告|通告|函|批复|命令|令|规划|计划|通报|条例|措施|标准|目录|规则|制度|纪要|公报|请示|报告|要点|预案|纲要|章程|规程|规范|准则|清单|指南|指引|暂行|政策|机制|体系|安排|总结|讲话|分工|答复|电报|表|书)'
const ENDS = new RegExp(
  `(?:${GENRE}|[（(][^（）()]{1,30}[）)]|[》〉”]|[0-9]{4}年?版?|[（(]?第[0-9一二三四五六七八九十]{1,4}[批期号][）)]?)[；;，,、]?$`,
)
/** What a remark or a heading says and a title does not. */
const SAYS =
  /^(?:已|被|因|由于|与|不|无|原|现|其|该|同|见|按|制定依据|上位法|主要内容|适用期|调整对象|工作任务|任务|阶段性|有效期|内容|超过)?(?:已(?:经)?(?:被|过|失效|废止|完成|消失|不|届满|到期|修改|明确|有)|被[^《》]{0,40}(?:代替|取代|替代|废止|涵盖|覆盖)|不(?:符|再|一致|适应|相适应|相符)|[^《》]{0,20}(?:不一致|不符|抵触|发生(?:了)?(?:重大)?变化|已过|已完成|已消失|届满|到期)$)/
const HEADER =
  /序\s?号|文件名称|发布机关|制定机关|发文机关|发文字号|文号\s?(?:备注|说明)|(?:废止|失效|清理)(?:理由|原因|结果|意见|依据)$/
/** A bare title speaks of something, or names what it lays down. */
const STARTS = /关于|印发|转发|批转|发布|公布|《/

/**
 * Whether a title that was found outside 《》, in a list, can be the title of a document: not a header, a remark, a sentence
 * or several rows that ran together.
 */
export function isListedTitle(title: string): boolean {
  if (title.length < 5 || title.length > 150) return false
  if (/[。！？!?\n]/.test(title.replace(/《[^》]*》/g, '')) || /^[0-9]{1,3}(?:[.．、\s]|关于|《)/.test(title))
    return false
  if (/^[，,、；;）)〉》]|[：:]$/.test(title)) return false
  if (HEADER.test(title) || SAYS.test(title)) return false
  if (
    (title.match(/关于/g)?.length ?? 0) > 4 ||
    /号[^）)〕\]》〉]{0,4}(?:适用期|已被|任务|废止|失效)/.test(title)
  )
    return false
  return ENDS.test(title)
}

/** Says of a listed document why it is on the list: 已被某文件代替. */
export function isRemark(text: string): boolean {
  return text.length <= 120 && SAYS.test(text)
}

/** Begins as titles do; for cells of which it is not known where the title begins. */
export function beginsAsTitle(text: string): boolean {
  return STARTS.test(text.slice(0, 40))
}
