import type { Mention } from './mentions.ts'

/** What a sentence does to a document that it names. `at`: where the word stands that says so. */
export type Role =
  | { kind: 'repeals'; at: number }
  | { kind: 'partly-repeals'; part: string; at: number }
  | { kind: 'amends'; part: string | null; at: number }
  | { kind: 'keeps' }
  | { kind: 'cites' }

const END =
  '废止|失效|停止(?:执行|施行|实施|使用|适用)|不再(?:继续)?(?:执行|施行|适用|实施|有效|作为[^，。；]{0,24}依据)|作废|终止(?:执行|施行|实施)'
const FIRST_END = new RegExp(END)
const COUNT = '(?:共|共计|等|以上|上述|这|该)*(?:[0-9０-９一二两三四五六七八九十百]+)?(?:个|件|份|项|部|则)?'
const PAPERS =
  '(?:县|市|区|省|州|我[县市区局州省]|政府|行政|规范性|政策性|本级|原)*(?:文件|文|规定|通知|办法|政策|决定|规章|意见|公告|通告|细则|方案|措施)?'
const WHEN = '(?:(?:自|从|于(?=[0-9０-９二本该]))[^，。；《》]{1,40}?(?:之日起|日起|起|之日|日|后))?'
const MANNER =
  '(?:均|都|也|亦|即|则|现|再|全部|一律|一并|同时|相应|随之|随即|自动|自行|自然|正式|即行|立即|予以|给予|宣布|决定|特此|应|应予|同步|依法|经研究|便|就|公布|明令)*'
/** Nothing between a document and its end but how many they are, since when, and in what manner. */
const STRAIGHT = new RegExp(`^\\s*${COUNT}${PAPERS}\\s*${WHEN}\\s*${MANNER}\\s*$`)
const TAIL_OF_PART = new RegExp(`(?:${WHEN}\\s*)${MANNER}\\s*$`)
const PART =
  /^\s*(?:中)?的?(第[^，。；《》]{1,40}?(?:条|款|项|章|节|部分|点|页)(?:[^，。；《》]{0,30}?(?:条|款|项|规定|内容|部分|政策|标准))?|附件[0-9０-９一二三四五六七八九十]*|[^，。；《》]{0,40}(?:规定|内容|部分|条款|条文|政策|标准|表述|措施))/
const INCONSISTENT = /(?:不(?:相)?(?:一致|符合?|适应)|(?:相)?抵触|(?:相)?冲突|有出入|不同)(?:之处|的)/
const HISTORY =
  /(?:已|已经|业已|早已|曾|被|均已|未|尚未|不予|不得|不|拟|计划|建议|应当|可以|需要?|是否|如|若|将予|暂不|没有|逐步|适时|及时|申请|提请)$/
const PLAIN_FACT =
  /(?:已|已经|业已|早已|均已|有效期(?:限)?(?:已)?(?:届满|满|到期)|被[^，。；]{0,30})[^，。；]{0,30}[，]?$/
const DECIDED = /(?:决定|宣布|予以|现|同时|即行|一并|特此)/
const GOVERNS =
  /(?:根据|依据|依照|按照|遵照|参照|按|贯彻落实|贯彻|落实|(?<!停止|不再|终止|同步|继续)执行|转发|符合|对照|结合|违反|适用|为了?实施|经)(?:好|了|国家|省|市|县|区|上级)?[^，。；：]{0,40}$/
const BASIS_BEHIND =
  /^\s*(?:等)?(?:有关|相关)?(?:[0-9一二三四五六七八九十]+[件个份部])?(?:文件|法律|法规|规章)*(?:的)?(?:有关|相关)?(?:精神|要求|规定|部署)(?:[，,]|和|及|与|以及|、|精神|要求)/
/** Gives the ground for what is said: 根据《甲》, 《甲》等文件精神. */
export function isGround(before: string, behind: string): 'before' | 'behind' | null {
  if (BASIS_BEHIND.test(behind)) return 'behind'
  return GOVERNS.test(before) ? 'before' : null
}

/** 《甲》（号）同时废止；《甲》第三条废止；《甲》……修改为……. */
export function roleBehind(behind: string, before: string, offset: number): Role | null {
  const clause = behind.split('；', 1)[0] ?? ''
  return amendedBehind(clause, before, offset) ?? endedBehind(clause, before, offset)
}

function endedBehind(clause: string, before: string, offset: number): Role | null {
  if (/(?:自|从|由|被|随|因|在|比照|代替|替代|取代)$/.test(before)) return null
  const cue = FIRST_END.exec(clause)
  const keep = /^[^，。；]{0,24}?(?:继续(?:有效|执行|实施|施行|保留)|予以保留|现行有效|仍然?有效)/.exec(
    clause,
  )
  if (keep && (!cue || keep.index + keep[0].length <= cue.index)) return { kind: 'keeps' }
  if (!cue || cue.index > 160) return null
  const next = clause.slice(cue.index + cue[0].length)
  if (/^(?:的(?!规范性文件|文件)|前|后|时|之前|之后|之日|或|情况|工作|程序|、修|或者)/.test(next)) return null
  const gap = clause.slice(0, cue.index)
  const comma = gap.lastIndexOf('，')
  const last = comma === -1 ? gap : gap.slice(comma + 1)
  const earlier = comma === -1 ? '' : gap.slice(0, comma)
  if (INCONSISTENT.test(gap) || HISTORY.test(last)) return null
  const at = offset + cue.index
  if (STRAIGHT.test(last)) {
    if (/规定$|如下$|继续有效|以外|除外/.test(earlier)) return null
    if (PLAIN_FACT.test(earlier) && /失效|停止/.test(cue[0]) && !DECIDED.test(last)) return null
    const part = earlier === '' ? null : partOf(earlier)
    return part === null ? { kind: 'repeals', at } : { kind: 'partly-repeals', part, at }
  }
  if (comma !== -1) return null
  const part = partOf(last)
  if (
    part === null ||
    !STRAIGHT.test(last.slice(last.indexOf(part) + part.length)) ||
    /^(?:和|及|与)/.test(last)
  )
    return null
  return { kind: 'partly-repeals', part, at }
}

export function partOf(text: string): string | null {
  const part = PART.exec(text.replace(TAIL_OF_PART, ''))?.[1]?.trim()
  return part === undefined || /^(?:等|的)?(?:文件|规定|政策)$|^等|以往|此前|其他|其它|凡/.test(part)
    ? null
    : part.replace(/^(?:的|文件)/, '')
}

const CHANGED =
  /(?:修改|修订|修正|调整|更正|变更|更改|更名|勘误)为|(?:改|表述)为|删去|删除|(?:后|前|中)?增加(?:[一二三四五两]|以下|如下|“|内容|第|下列)|(?:作|做|进行|予以|作出|做出)(?:如下|以下|下列|部分|相应|适当|个别|局部|进一步)*(?:的)?(?:内容)?(?:修改|修订|修正|调整|更正|补充|完善|勘误)|(?:修改|修订|修正|调整|更正|补充)(?:内容)?如下|(?:修改|修订|修正)后重新(?:公布|发布|印发)|重新公布|继续(?:有效|执行|施行|实施)[^，。；]{0,6}至|有效期限?(?:继续)?(?:延长|延续|顺延|展期)|(?:延长|延续)(?:其)?(?:施行|有效|执行|实施|试行)?期?/

function amendedBehind(clause: string, before: string, offset: number): Role | null {
  const change = CHANGED.exec(clause)
  if (!change || change.index > 200) return null
  const gap = clause.slice(0, change.index)
  // What is to be changed some day is not changed by this.
  if (
    /(?:拟|应当|需要?|适时|及时|尽快|抓紧|已|已经|建议|组织|负责|可以?|不得|后|未)$/.test(gap) ||
    FIRST_END.test(gap)
  )
    return null
  const addressed = /(?:对|将|就|把|在|决定|同意)[^，。；]{0,40}$/.test(before)
  const located = /第[^，。；]{1,30}[条款项章节点页]|附件|附表|中|部分|“/.test(gap)
  const term = /延长|延续|顺延|展期|^继续/.test(change[0])
  if (term && !/有效期|施行|执行|试行|实施/.test(gap + change[0])) return null
  if (
    !addressed &&
    !located &&
    !term &&
    !/^\s*(?:的)?\s*$/.test(gap) &&
    !/根据本|现|如下|重新/.test(clause.slice(0, change.index + change[0].length))
  )
    return null
  const part = term
    ? '有效期'
    : (/第[^，。；“”《》＊]{1,30}?[条款项章节点](?:第[^，。；“”《》＊]{1,10}?[款项])?/.exec(gap)?.[0] ?? null)
  const at = offset + change.index
  return { kind: 'amends', part, at }
}

const CUE_BEFORE =
  /(废止|宣布失效|停止(?:执行|施行|实施|使用|适用)|终止(?:执行|施行|实施)|不再(?:执行|施行|适用|实施)|撤销)(?:了)?(?:以下|下列|如下)?(?:[0-9０-９一二两三四五六七八九十百]+[件个份项部])?(?:行政)?(?:规范性|政策性)?(?:文件|规章)?\s*[：:]?\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[）).．、]\s*)?(?:原|由)?(?:[\u4e00-\u9fff（）()0-9]{0,40})$/
const NAMES_AN_ACT =
  /^\s*(?:等[^，。；]{0,20})?的(?:通知|决定|公告|通告|函|批复|意见|命令|请示|报告|文件|精神|要求|情况|工作)/

/** 决定废止《甲》（号）；决定修改《甲》（号）. */
export function roleBefore(
  before: string,
  behind: string,
  one: Mention,
  about: { amending: boolean },
): Role | null {
  const clause = before.slice(
    Math.max(before.lastIndexOf('，'), before.lastIndexOf('；'), before.lastIndexOf('。')) + 1,
  )
  if (NAMES_AN_ACT.test(behind)) return null
  const cue = CUE_BEFORE.exec(clause)
  const head = cue ? clause.slice(0, cue.index) : ''
  const between = cue ? clause.slice(cue.index + (cue[1]?.length ?? 0)) : ''
  if (
    cue &&
    !HISTORY.test(head) &&
    !/关于$|^(?:后|前|的|时|或)/.test(head.slice(-2)) &&
    !/^(?:后|前|时|或|和修改|的|情况|工作)/.test(between)
  ) {
    if (/撤销/.test(cue[1] ?? '') && one.docNo === null) return null
    const at = one.start
    const part = partOf(behind.split(/[，；]/, 1)[0] ?? '')
    return part === null ? { kind: 'repeals', at } : { kind: 'partly-repeals', part, at }
  }
  if (/(?:删去|删除)(?:原)?[\u4e00-\u9fff]{0,20}$/.test(clause)) {
    const part =
      /^\s*(?:中)?的?(第[^，。；]{1,30}?[条款项章节](?:第[^，。；]{1,10}?[款项])?)/.exec(behind)?.[1] ?? null
    return { kind: 'amends', part, at: one.start }
  }
  const change =
    /(?:修改|修订|修正|调整|更正)(?:了)?(?:以下|下列)?(?:[0-9一二两三四五六七八九十]+[件个份项部])?(?:行政)?(?:规范性)?(?:文件)?[：:]?\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）).．、]\s*)?(?:原|由)?[\u4e00-\u9fff（）]{0,30}$/.exec(
      clause,
    )
  if (!change) return null
  const front = clause.slice(0, change.index)
  if (!(about.amending || /(?:决定|现|同意)$/.test(front)) || /(?:已|新|拟|关于|不|抓紧|尽快)$/.test(front))
    return null
  if (/^(?:后|的)/.test(change[0].slice(2))) return null
  const part = PART.exec(behind.split(/[，；]/, 1)[0] ?? '')?.[1] ?? null
  return { kind: 'amends', part: part && /第.+[条款项章节]/.test(part) ? part : null, at: one.start }
}
