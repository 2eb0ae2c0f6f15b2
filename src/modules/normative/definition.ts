/** 规范性文件认定: whether a draft is a normative document (R-NOR-01, R-NOR-02), asked as questions. */

export const elements = {
  maker: {
    label: '制定主体和程序',
    question: '由行政机关或者法律、法规授权的组织，依照法定权限、程序制定，并且要公开发布？',
  },
  rights: { label: '权利义务', question: '涉及公民、法人和其他组织的权利义务？' },
  general: { label: '普遍约束力', question: '对不特定的人具有普遍约束力，不是只针对特定的人和事？' },
  repeated: { label: '反复适用', question: '在一定期限内反复适用，不是用一次就完？' },
} as const
export type Element = keyof typeof elements
export const elementNames = Object.keys(elements) as Element[]

export const answerWords = { yes: '是', no: '不是', unsure: '拿不准' } as const
export type AnswerWord = keyof typeof answerWords

/** What is not a normative document, whatever its effect inside (R-NOR-02), and what stands above one (R-NOR-01). */
export const exclusions = {
  none: '都不是',
  internal: '内部管理规范',
  'work-rules': '工作制度',
  staffing: '机构编制',
  minutes: '会议纪要',
  plan: '工作方案',
  report: '请示报告',
  praise: '表彰奖惩',
  personnel: '人事任免',
  'specific-case': '对具体事项的批复、处理决定',
  higher: '行政法规、国务院的决定和命令、规章',
} as const
export type Exclusion = keyof typeof exclusions

export interface Answers extends Record<Element, AnswerWord> {
  exclusion: Exclusion
  /** 涉及经营者经济活动 (R-DEC-24), 与市场主体密切相关 (R-NOR-05). */
  market: 'yes' | 'no'
}

export const outcomes = {
  normative: '是规范性文件',
  'not-normative': '不是规范性文件',
  'needs-decision': '需要合法性审核员决定',
} as const
export type Outcome = keyof typeof outcomes

export interface Determination {
  outcome: Outcome
  rules: string[]
  reason: string
}

/** What the answers amount to; where they contradict each other, or somebody is not sure, the legality officer decides. */
export function determine(answers: Answers): Determination {
  const unsure = elementNames.filter(name => answers[name] === 'unsure')
  const lacking = elementNames.filter(name => answers[name] === 'no')
  const names = (list: readonly Element[]) => list.map(name => elements[name].label).join('、')
  if (answers.exclusion !== 'none') {
    const what = exclusions[answers.exclusion]
    const rule = answers.exclusion === 'higher' ? 'R-NOR-01' : 'R-NOR-02'
    // A “work plan” that lays duties on everybody is one in name only
    if (rule === 'R-NOR-02' && lacking.length === 0 && unsure.length === 0)
      return {
        outcome: 'needs-decision',
        rules: ['R-NOR-01', rule],
        reason: `选了“${what}”，四项要素又都具备：名称和内容不一致，请合法性审核员看内容决定。`,
      }
    return { outcome: 'not-normative', rules: [rule], reason: `属于${what}，不作为规范性文件。` }
  }
  if (lacking.length > 0)
    return {
      outcome: 'not-normative',
      rules: ['R-NOR-01'],
      reason: `缺少要素：${names(lacking)}。`,
    }
  if (unsure.length > 0)
    return { outcome: 'needs-decision', rules: ['R-NOR-01'], reason: `拿不准：${names(unsure)}。` }
  return { outcome: 'normative', rules: ['R-NOR-01'], reason: '四项要素都具备，也不属于排除的文件。' }
}

export interface Suggested {
  exclusion: Exclusion
  rule: string
  why: string
}

const excludedTitles: readonly [Exclusion, RegExp, RegExp?][] = [
  ['personnel', /任免|任职|免职|任命|聘任|(?:工作|职务)分工/],
  ['minutes', /(?:会议)?纪要$/, /^纪要$/],
  ['praise', /表彰|表扬|嘉奖|通报批评|奖惩|授予.*称号|(?:先进|优秀)(?:集体|个人|单位)/],
  [
    'staffing',
    /机构编制|人员编制|(?:职能配置|内设机构)|(?:成立|调整|撤销).*(?:领导小组|指挥部|委员会|工作专班|议事协调机构)/,
  ],
  ['report', /^.*(?:请示|报告|汇报)$/, /^(?:请示|报告|议案)$/],
  ['specific-case', /批复$|^关于同意/, /^(?:批复|函)$/],
  ['plan', /(?:工作|实施|行动|推进|活动)(?:方案|计划|要点|安排)(?:的通知)?》?$/, /^(?:方案|计划|规划)$/],
  ['work-rules', /(?:议事|工作)规则|(?:会议|学习|值班|考勤|印章|公文处理)制度|工作制度/],
  ['internal', /(?:机关|内部|财务|公务用车|办公用房|固定资产|车辆)(?:管理)?(?:规定|制度|规范)/],
]

/** What title and genre of a draft speak for; only a suggestion. Null: nothing speaks against a normative document. */
export function suggestExclusion(title: string, genre: string | null): Suggested | null {
  const plainTitle = title.replace(/\s+/g, '').replace(/的通知》?$/, '的通知')
  // 印发…办法的通知: the printed document says what it is
  const inner = /(?:印发|发布|公布)《?(.+?)》?的通知$/.exec(plainTitle)?.[1] ?? plainTitle
  for (const [exclusion, inTitle, asGenre] of excludedTitles) {
    if (inTitle.test(inner))
      return {
        exclusion,
        rule: 'R-NOR-02',
        why: `标题看起来是“${exclusions[exclusion]}”（规则 R-NOR-02）。`,
      }
    if (genre && asGenre?.test(genre) && !/办法|规定|细则|规程$/.test(inner))
      return {
        exclusion,
        rule: 'R-NOR-02',
        why: `体裁是“${genre}”，一般属于“${exclusions[exclusion]}”（规则 R-NOR-02）。`,
      }
  }
  return null
}

/** The form as it is first shown. */
export function suggestAnswers(
  title: string,
  genre: string | null,
): { answers: Answers; why: string | null } {
  const found = suggestExclusion(title, genre)
  const likely = found ? 'no' : 'yes'
  return {
    answers: {
      maker: 'yes',
      rights: likely,
      general: likely,
      repeated: likely,
      exclusion: found?.exclusion ?? 'none',
      market: /企业|市场|经营|招标|采购|补贴|奖补|收费|价格|产业|商户|投资/.test(title) ? 'yes' : 'no',
    },
    why: found?.why ?? null,
  }
}
