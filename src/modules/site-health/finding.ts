import type { PlainDate } from '#lib/beijing-time'

/** The rules by which a site is looked at. S-DUP is our own: no national rule numbers it (W2). */
export const rules = {
  'S-CHK-03': '首页两周没有新内容',
  'S-CHK-04': '栏目不更新（合计）',
  'S-UPD-02': '动态要闻栏目两周未更新',
  'S-UPD-03': '通知公告、政策文件栏目六个月未更新',
  'S-UPD-04': '其他栏目长期未更新',
  'S-UPD-05': '空白栏目',
  'S-DUP-01': '栏目重名',
  'S-DUP-02': '栏目内容重复',
  'S-CHK-17': '链接打不开',
  'S-CHK-01': '疑似被植入的违法内容',
  'S-WORD-03': '错别字和不规范用语',
} as const
export type RuleId = keyof typeof rules

/** `soon` and `urgent` are early warnings at 70 % and 90 % of the period (S-CHK-91): nothing is wrong yet. */
export type Stage = 'finding' | 'soon' | 'urgent'

/** What was found, where, by what, since when, and who can mend it (S-CHK-90). */
export interface Finding {
  /** The same as long as it is the same fault. */
  key: string
  siteId: string
  rule: RuleId
  stage: Stage
  severity: 'block' | 'warn'
  place: { label: string; address: string | null; desk: string | null }
  evidence: string
  remedy: string
  since: PlainDate | null
  who: string
}
