/**
 * What a list of documents does to those on it: its heading decides. `partly`: some articles of each end; `mixed`: its
 * column says so for each.
 */
export type ListRole = 'repeals' | 'partly' | 'amends' | 'keeps' | 'mixed' | 'none'

const ENDS = /废止|失效|停止执行|停止施行|作废|不再执行|不再适用|终止执行/
const PARTLY =
  /(?:部分|个别)?(?:条款|条文|内容|规定)(?:予以|宣布|已)?(?:失效|废止)(?:、?(?:失效|废止))*|(?:失效|废止)(?:的)?(?:部分|个别)(?:条款|条文|内容)|第[^，。；]{1,30}[条款项](?:予以|同时)?(?:废止|失效|停止执行)/g
const KEEPS = /继续(?:有效|执行|实施|施行|保留)|保留|现行有效|仍然?有效/
const CHANGES = /修改|修订|修正/
const PLANNED =
  /(?:拟|需要?|应当?|待|建议|计划|(?<!现)将)(?:予以|进行)?(?:废止|修改|修订|修正|宣布失效|失效|作废)/
const PAPERS = /文件|目录|清单|规章|一览表|明细表|政策|名单|汇总表|情况表|通知|表$/

/** Null: it is no heading of a list at all. */
export function roleOfHeading(text: string): ListRole | null {
  if (text.length > 80 || /。|[，,]$/.test(text) || /《/.test(text)) return null
  if (/[，,；]/.test(text.replace(/[（(][^（）()]*[）)]/g, ''))) return null
  const numbered =
    /^(?:附\s*件|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+部分)/.test(
      text,
    )
  if (!numbered && !PAPERS.test(text)) return null
  return roleIn(text) ?? (numbered ? 'none' : null)
}

/** What is said of documents in a few words: a heading, the name of an attachment, a cell 清理结果. */
export function roleIn(text: string): ListRole | null {
  if (PLANNED.test(text)) return 'none'
  const told: ListRole[] = []
  const whole = text.replace(PARTLY, '')
  if (KEEPS.test(text)) told.push('keeps')
  if (whole !== text) told.push('partly')
  if (ENDS.test(whole)) told.push('repeals')
  if (CHANGES.test(text.replace(/修[改订正]后|修[改订正](?:稿|版)/g, ''))) told.push('amends')
  if (told.length > 1) return 'mixed'
  return told[0] ?? null
}

/**
 * A sentence that a list follows: `对下列文件予以废止：`, `以下文件自即日起停止执行。`. Its word of ending must be there;
 * a sentence on documents that are only to be looked at opens nothing.
 */
export function roleOfLeadIn(text: string): ListRole | null {
  if (text.length > 400) return null
  const last = text.replace(/。$/, '').split('。').at(-1) ?? ''
  const points = /[：:]$/.test(text) || /(?:以下|下列|如下)/.test(last)
  if (!points || /(?:单位|部门|政府|机构|企业)[：:]$/.test(text)) return null
  if (/(?:废止|失效|停止执行|作废)[：:]$/.test(text) && !PLANNED.test(last)) return 'repeals'
  if (!/文件|规章|目录|清单|通知|规定|办法|政策/.test(last)) return null
  const role = roleIn(last)
  if (role === 'repeals' && /(?:不予|不得|未|尚未|如)(?:废止|失效)/.test(last)) return 'none'
  return role
}
