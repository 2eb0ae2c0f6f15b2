/** Grounds on which information is withheld (R-EXC-02…08), each with its row of the annual report. */
export const grounds = {
  secret: { label: '依法确定为国家秘密', article: '条例第十四条', row: 'C3.1', rule: 'R-EXC-02' },
  'law-ban': { label: '法律、行政法规禁止公开', article: '条例第十四条', row: 'C3.2', rule: 'R-EXC-03' },
  safety: {
    label: '公开后可能危及国家安全、公共安全、经济安全、社会稳定',
    article: '条例第十四条',
    row: 'C3.3',
    rule: 'R-EXC-04',
  },
  'third-party': {
    label: '涉及商业秘密、个人隐私等，公开会损害第三方合法权益',
    article: '条例第十五条',
    row: 'C3.4',
    rule: 'R-EXC-05',
  },
  internal: {
    label: '内部事务信息（人事管理、后勤管理、内部工作流程）',
    article: '条例第十六条第一款',
    row: 'C3.5',
    rule: 'R-EXC-06',
  },
  process: {
    label: '过程性信息（讨论记录、过程稿、磋商信函、请示报告）',
    article: '条例第十六条第二款',
    row: 'C3.6',
    rule: 'R-EXC-07',
  },
  'enforcement-file': {
    label: '行政执法案卷信息',
    article: '条例第十六条第二款',
    row: 'C3.7',
    rule: 'R-EXC-08',
  },
} as const
export type Ground = keyof typeof grounds
export const groundNames = Object.keys(grounds) as [Ground, ...Ground[]]

/** Leaf rows of section 三 of the annual report (R-RPT §6.3). */
export const reportRows = {
  C1: '予以公开',
  C2: '部分公开',
  'C3.1': '不予公开：属于国家秘密',
  'C3.2': '不予公开：其他法律行政法规禁止公开',
  'C3.3': '不予公开：危及“三安全一稳定”',
  'C3.4': '不予公开：保护第三方合法权益',
  'C3.5': '不予公开：属于三类内部事务信息',
  'C3.6': '不予公开：属于四类过程性信息',
  'C3.7': '不予公开：属于行政执法案卷',
  'C3.8': '不予公开：属于行政查询事项',
  'C4.1': '无法提供：本机关不掌握相关政府信息',
  'C4.2': '无法提供：没有现成信息需要另行制作',
  'C4.3': '无法提供：补正后申请内容仍不明确',
  'C5.1': '不予处理：信访举报投诉类申请',
  'C5.2': '不予处理：重复申请',
  'C5.3': '不予处理：要求提供公开出版物',
  'C5.4': '不予处理：无正当理由大量反复申请',
  'C5.5': '不予处理：要求行政机关确认或重新出具已获取信息',
  'C6.1': '其他处理：逾期不补正',
  'C6.2': '其他处理：逾期未缴费',
  'C6.3': '其他处理：其他',
} as const
export type ReportRow = keyof typeof reportRows

/** What the decision has to bring with it. */
export type Need =
  | 'ground'
  | 'search'
  | 'channel'
  | 'right-organ'
  | 'former-request'
  | 'withheld-part'
  | 'correction-received'
  | 'reasons-asked'

export interface ReplyRule {
  label: string
  /** 条例, in words. */
  article: string
  /** Null: by ground. */
  row: ReportRow | null
  rule: string
  needs: readonly Need[]
  /** The officer says it of an item; otherwise an act of the clock says it of the whole request. */
  decided: boolean
  /** 先复议 (R-REM-03, 05) or at the applicant's choice (R-REM-04); none: nothing was decided about the information. */
  remedy: 'reconsideration-first' | 'choice' | 'none'
}

/** Every way in which a request ends (R-REQ-30…46). */
const replyKinds = {
  'already-public': {
    label: '已主动公开',
    article: '条例第三十六条第（一）项',
    row: 'C1',
    rule: 'R-REQ-30',
    needs: ['channel'],
    decided: true,
    remedy: 'choice',
  },
  provide: {
    label: '予以公开',
    article: '条例第三十六条第（二）项',
    row: 'C1',
    rule: 'R-REQ-31',
    needs: ['channel'],
    decided: true,
    remedy: 'choice',
  },
  partial: {
    label: '部分公开（区分处理）',
    article: '条例第三十七条',
    row: 'C2',
    rule: 'R-REQ-32',
    needs: ['ground', 'channel', 'withheld-part'],
    decided: true,
    remedy: 'reconsideration-first',
  },
  refuse: {
    label: '不予公开',
    article: '条例第三十六条第（三）项',
    row: null,
    rule: 'R-REQ-33',
    needs: ['ground'],
    decided: true,
    remedy: 'reconsideration-first',
  },
  'not-exist': {
    label: '经检索没有，信息不存在',
    article: '条例第三十六条第（四）项',
    row: 'C4.1',
    rule: 'R-REQ-34',
    needs: ['search'],
    decided: true,
    remedy: 'choice',
  },
  'not-ours': {
    label: '不属于本机关负责公开',
    article: '条例第三十六条第（五）项',
    row: 'C4.1',
    rule: 'R-REQ-35',
    needs: ['right-organ'],
    decided: true,
    remedy: 'choice',
  },
  repeat: {
    label: '重复申请，不予重复处理',
    article: '条例第三十六条第（六）项',
    row: 'C5.2',
    rule: 'R-REQ-36',
    needs: ['former-request'],
    decided: true,
    remedy: 'choice',
  },
  'special-query': {
    label: '属于行政查询事项，按专门规定办理',
    article: '条例第三十六条第（七）项',
    row: 'C3.8',
    rule: 'R-REQ-37',
    needs: ['channel'],
    decided: true,
    remedy: 'choice',
  },
  'needs-making': {
    label: '没有现成信息，需要另行加工、分析',
    article: '条例第三十八条',
    row: 'C4.2',
    rule: 'R-REQ-38',
    needs: [],
    decided: true,
    remedy: 'choice',
  },
  'still-unclear': {
    label: '补正后申请内容仍不明确',
    article: '条例第三十条',
    row: 'C4.3',
    rule: 'R-REQ-39',
    needs: ['correction-received'],
    decided: true,
    remedy: 'choice',
  },
  petition: {
    label: '信访、投诉、举报，不作为申请处理',
    article: '条例第三十九条第一款',
    row: 'C5.1',
    rule: 'R-REQ-40',
    needs: ['channel'],
    decided: true,
    remedy: 'choice',
  },
  publication: {
    label: '要求提供公报、报刊、书籍等公开出版物',
    article: '条例第三十九条第二款',
    row: 'C5.3',
    rule: 'R-REQ-41',
    needs: ['channel'],
    decided: true,
    remedy: 'choice',
  },
  abuse: {
    label: '无正当理由大量、反复申请，不予处理',
    article: '条例第三十五条',
    row: 'C5.4',
    rule: 'R-REQ-42',
    needs: ['reasons-asked'],
    decided: true,
    remedy: 'choice',
  },
  reconfirm: {
    label: '要求确认或者重新出具已经获取的信息',
    article: '国办公开办函〔2021〕30号',
    row: 'C5.5',
    rule: 'R-REQ-43',
    needs: [],
    decided: true,
    remedy: 'choice',
  },
  'no-correction': {
    label: '逾期不补正，不再处理',
    article: '条例第三十条',
    row: 'C6.1',
    rule: 'R-REQ-44',
    needs: [],
    decided: false,
    remedy: 'choice',
  },
  'no-payment': {
    label: '逾期未缴费，不再处理',
    article: '国办函〔2020〕109号',
    row: 'C6.2',
    rule: 'R-REQ-45',
    needs: [],
    decided: false,
    remedy: 'choice',
  },
  withdrawn: {
    label: '申请人撤回',
    article: '—',
    row: 'C6.3',
    rule: 'R-REQ-46',
    needs: [],
    decided: false,
    remedy: 'none',
  },
} as const satisfies Record<string, ReplyRule>
export type ReplyKind = keyof typeof replyKinds
export const replyKindNames = Object.keys(replyKinds) as [ReplyKind, ...ReplyKind[]]

export const ruleOf = (kind: ReplyKind): ReplyRule => replyKinds[kind]

/** A decision about one item, as far as counting and letters go. */
export interface Reply {
  kind: ReplyKind
  ground: Ground | null
}

/** @throws RangeError when a kind that goes by ground has none. */
export function rowOfReply({ kind, ground }: Reply): ReportRow {
  const { row } = ruleOf(kind)
  if (row) return row
  if (!ground) throw new RangeError('不予公开要有理由。')
  return grounds[ground].row
}

/** The one row of a request whose items were answered (R-RPT-30, 31; R-REQ-47). Null: nothing was decided yet. */
export function reportRowOf(replies: readonly Reply[]): ReportRow | null {
  if (replies.length === 0) return null
  const rows = replies.map(rowOfReply)
  if (rows.every(row => row === 'C1')) return 'C1'
  if (rows.some(row => row === 'C1' || row === 'C2')) return 'C2'
  return rows.toSorted((a, b) => (a < b ? -1 : 1))[0] ?? null
}

/** Whether some part of it is told only by reconsideration first: the letter must say so (R-REM-03). */
export const reconsiderationFirst = (replies: readonly Reply[]): boolean =>
  replies.some(reply => ruleOf(reply.kind).remedy === 'reconsideration-first')
