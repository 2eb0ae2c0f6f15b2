import type { Draft } from './prose/prose-tasks.ts'

const REPORT_TITLE =
  /(?:总结|工作情况|落实情况|完成情况|进展情况|执行情况|办理情况|推进情况|开展情况|情况汇报|工作汇报|自查报告|工作报告|年度报告|年报|情况报告|情况的报告|情况通报|成效|述职报告)(?:的?(?:报告|通报|汇报|说明|公示))?(?:[（(].*[）)])?$/
const PAST =
  /已(?!有的|经印发)|了|截至|截止|累计|共(?:发布|公开|受理|办理|召开|开展|收到|组织|举办|解读|主动|制作|转载|收集|完成|答复|接|有)|(?<![0-9])[0-9]{1,9}余?(?:条|件|次|期|场|篇|人次|人|个|份|项|万元|亿元|％|%)|取得|有效提升|进一步(?:提升|增强)(?:。|，)|同比|得到|达到[0-9]|未发生|荣获|较上年|较去年/
const DEMAND =
  /要(?:[^点求素件])|应当?(?![用急对])|须|必须|不得|确保|力争|务必|[于在]?[0-9]{1,2}月(?:底|[0-9]{1,2}日)?前|底前|年内|加强|加快|推进|推动|完善|健全|建立|做好|落实|强化|严格|规范|加大|深化|优化|提高|探索/

/**
 * Whether the document tells what was done and sets nothing: by its title and by its sentences. A list with assignments
 * is a plan whatever it is called (工作清单落实情况 prints the state beside the demand).
 */
export function reportsResults(title: string | null, drafts: readonly Draft[], text: string): boolean {
  if (drafts.some(draft => draft.assignment !== null || draft.requirement !== null)) return false
  const sentences =
    drafts.length > 0
      ? drafts.flatMap(draft => sentencesOf(text.slice(draft.start, draft.end)))
      : sentencesOf(text)
  let past = 0
  let demand = 0
  for (const sentence of sentences) {
    if (PAST.test(sentence)) past++
    else if (DEMAND.test(sentence)) demand++
  }
  const told = past / Math.max(1, past + demand)
  const namedReport = title !== null && REPORT_TITLE.test(title.replace(/\s+/g, ''))
  return namedReport ? told >= 0.25 : past >= 3 && told >= 0.6
}

const sentencesOf = (text: string) => text.split(/[。；\n]/).filter(sentence => sentence.length >= 8)
