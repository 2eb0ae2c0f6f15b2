import type { PlainDate } from '#lib/beijing-time'
import type { Act } from './acts.ts'
import type { Consultee } from './clock.ts'
import type { Ground, ReplyKind, ReportRow } from './reply-kinds.ts'

/** Where a request stands (R-REQ-60). Late, and due soon, are derived from its clock and never stored. */
export const states = {
  submitted: '待确认收到',
  processing: '办理中',
  correcting: '待申请人补正',
  consulting: '征求意见中',
  reasoning: '待申请人说明理由',
  charged: '待申请人缴费',
  review: '答复待签发',
  signed: '答复已签发，待送达',
  served: '已答复',
  abandoned: '逾期未补正，不再处理',
  unpaid: '逾期未缴费，不再处理',
  withdrawn: '申请人撤回',
  'taken-back': '提交后即收回',
  archived: '已归档',
} as const
export type State = keyof typeof states

/** States in which the office still owes an answer. */
export const openStates = [
  'submitted',
  'processing',
  'correcting',
  'consulting',
  'reasoning',
  'charged',
  'review',
  'signed',
] as const satisfies readonly State[]

/** Classes of applicants: the columns of the annual report (R-REQ-04, R-RPT §6.3). */
export const applicantKinds = {
  citizen: '公民',
  business: '商业企业',
  research: '科研机构',
  welfare: '社会公益组织',
  legal: '法律服务机构',
  other: '其他组织',
} as const
export type ApplicantKind = keyof typeof applicantKinds
export const applicantKindNames = Object.keys(applicantKinds) as [ApplicantKind, ...ApplicantKind[]]

/** How a request came in (R-REQ-05). */
export const channels = {
  internet: '互联网',
  counter: '当面提交',
  oral: '口头（工作人员代填）',
  'registered-mail': '邮寄（需签收）',
  'ordinary-mail': '平常信函（无需签收）',
  fax: '传真',
} as const
export type Channel = keyof typeof channels
export const channelNames = Object.keys(channels) as [Channel, ...Channel[]]

/** How the applicant wants to get the information (R-REQ-04). */
export const ways = {
  online: '网上获取（在本站用查询码下载）',
  email: '电子邮件',
  post: '邮寄',
  collect: '当面领取',
  inspect: '当面查阅、抄录',
  fax: '传真',
} as const
export type Way = keyof typeof ways
export const wayNames = Object.keys(ways) as [Way, ...Way[]]

export const carriers = { electronic: '电子文件', paper: '纸质', other: '其他' } as const
export type Carrier = keyof typeof carriers
export const carrierNames = Object.keys(carriers) as [Carrier, ...Carrier[]]

/** Papers that prove who a person is. */
export const idKinds = {
  'resident-id': '居民身份证',
  passport: '护照',
  'hk-macao': '港澳居民来往内地通行证',
  taiwan: '台湾居民来往大陆通行证',
  'foreign-resident': '外国人永久居留身份证',
  other: '其他有效身份证件',
} as const
export type IdKind = keyof typeof idKinds
export const idKindNames = Object.keys(idKinds) as [IdKind, ...IdKind[]]

/** What a request is for: information, or putting right what an organ has recorded about the applicant (R-REQ-50). */
export const purposes = { information: '获取政府信息', 'record-correction': '更正与自己有关的信息' } as const
export type Purpose = keyof typeof purposes

export interface Request {
  id: string
  siteId: string
  organId: string
  /** 登记编号 */
  number: string
  codeDigest: string
  state: State
  purpose: Purpose
  channel: Channel
  applicantKind: ApplicantKind
  way: Way
  carrier: Carrier
  /** Help that the applicant needs (R-REQ-52). */
  help: string
  submittedAt: Date
  /** Until when the applicant can take it back on the site; null: it was filed by staff. */
  undoUntil: Date | null
  /** The day on which a letter, a fax or a person came to the office. */
  arrivedOn: PlainDate
  /** 收到申请之日; null while it is not confirmed (R-REQ-08, 09). */
  receivedOn: PlainDate | null
  dueOn: PlainDate | null
  provisional: boolean
  correctionAskedOn: PlainDate | null
  correctionDue: PlainDate | null
  correctedOn: PlainDate | null
  reasonsAskedOn: PlainDate | null
  reasonsDue: PlainDate | null
  feeNotifiedOn: PlainDate | null
  paymentDue: PlainDate | null
  paidOn: PlainDate | null
  extensionAskedById: string | null
  extensionAskedFor: number | null
  extendedBy: number
  officerId: string | null
  submittedById: string | null
  filedBy: string | null
  reportRow: ReportRow | null
  endedOn: PlainDate | null
  endedAt: Date | null
}

/** Of these something may be written when an act changes the request. */
export type RequestChanges = Partial<Omit<Request, 'id' | 'siteId' | 'number' | 'state'>>

/** Who asks, or who acts for them. Personal data. */
export interface Applicant {
  id: string
  position: number
  role: 'applicant' | 'agent'
  kind: ApplicantKind
  name: string
  idKind: string | null
  idSealed: string | null
  idDigest: string
  representative: string
  contact: string
  phone: string
  email: string
  address: string
  postcode: string
}

/** One thing that is asked for (一事一申请). */
export interface Item {
  id: string
  position: number
  description: string
  replyKind: ReplyKind | null
  ground: Ground | null
  reasons: string
  details: Details
  decidedBy: string | null
  decidedAt: Date | null
}

/** What a decision brings with it, as its kind needs (`needs` in reply-kinds.ts). */
export interface Details {
  channel?: string
  rightOrgan?: string
  formerRequest?: string
  withheld?: string
}

export interface AskedOpinion {
  id: string
  consultee: Consultee
  name: string
  about: string
  letterId: string | null
  sentOn: PlainDate
  receivedOn: PlainDate | null
  endsOn: PlainDate | null
  endedOn: PlainDate | null
  answer: Opinion | null
  reasons: string
  reasonable: boolean | null
}

export const opinions = {
  agrees: '同意',
  refuses: '不同意',
  partly: '部分同意',
  silent: '逾期没有提出意见',
} as const
export type Opinion = keyof typeof opinions
export const opinionNames = Object.keys(opinions) as [Opinion, ...Opinion[]]

export interface Task {
  id: string
  itemId: string | null
  organId: string
  task: string
  givenOn: PlainDate
  dueOn: PlainDate
  claimedBy: string | null
  claimedById: string | null
  answer: string | null
  endedAt: Date | null
  endedBy: string | null
  howEnded: 'answered' | 'cancelled' | null
}

export interface Search {
  id: string
  itemId: string
  searchedIn: string
  words: string
  searchedOn: PlainDate
  searchedBy: string
  found: string
  recordedBy: string
  recordedAt: Date
}

/** One step of the course, append-only. */
export interface RequestEvent {
  id: string
  act: Act | 'submit' | 'file'
  onDay: PlainDate
  stateBefore: State | null
  stateAfter: State
  reason: string
  facts: Record<string, unknown>
  letterId: string | null
  actedAs: string
  actedBy: string
  actedAt: Date
}

export const procedures = {
  reconsideration: '行政复议',
  'direct-suit': '未经复议直接起诉',
  'suit-after-reconsideration': '复议后起诉',
} as const
export type Procedure = keyof typeof procedures
export const procedureNames = Object.keys(procedures) as [Procedure, ...Procedure[]]

export const results = {
  pending: '尚未审结',
  upheld: '结果维持',
  corrected: '结果纠正',
  other: '其他结果',
} as const
export type Result = keyof typeof results

export interface Outcome {
  id: string
  procedure: Procedure
  body: string
  caseNumber: string
  filedOn: PlainDate
  result: Result
  decidedOn: PlainDate | null
  note: string
}

/** What a site has settled for itself ([C] rules). */
export interface Settings {
  confirmWithin: number
  correctionDays: number
  reasonsDays: number
  taskDays: number
  suggestionDays: number
  identityDays: number
  sentAnHour: number
  failedLookUps: number
}
export const usualSettings: Settings = {
  confirmWithin: 1,
  correctionDays: 15,
  reasonsDays: 15,
  taskDays: 5,
  suggestionDays: 20,
  identityDays: 365,
  sentAnHour: 60,
  failedLookUps: 10,
}

/** The neutral title: all that boards, logs and notices say of a request. */
export const titleOf = (request: { number: string }): string => `依申请公开 ${request.number}`
