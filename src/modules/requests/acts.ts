import { inChinese, type PlainDate } from '#lib/beijing-time'
import type { State } from './request.ts'

/**
 * As what somebody acts on a request: the applicant; whoever takes requests in at a window; the officer who handles it; the head
 * of the openness office (工作机构负责人); who signs; the unit that was given a task.
 */
export const parties = {
  applicant: '申请人',
  clerk: '窗口人员',
  officer: '案件承办人',
  head: '公开工作机构负责人',
  signer: '签发人',
  unit: '承担子任务的单位',
} as const
export type Party = keyof typeof parties
export const partyNames = Object.keys(parties) as Party[]

/** What a guard looks at; gathered once for a case, the same for the screen and for the act. */
export interface ActFacts {
  now: Date
  today: PlainDate
  actorId: string | null
  /** Until when a submission can be taken back (S-ACC-06); null: it was not made by the applicant on the site. */
  undoUntil: Date | null
  correctionAsked: boolean
  /** The last day for the notice of correction (R-REQ-12). */
  correctionNoticeBy: PlainDate | null
  /** The last day that the applicant was given. */
  correctionDue: PlainDate | null
  reasonsDue: PlainDate | null
  paymentDue: PlainDate | null
  chargedOnce: boolean
  dueOn: PlainDate | null
  extended: boolean
  extensionAskedBy: string | null
  extensionAsked: boolean
  openConsultations: number
  openTasks: number
  ownOpenTasks: number
  items: number
  decidedItems: number
  /** Who sent the replies up for signing. */
  submittedBy: string | null
  outcomesPending: number
}

/** What must be so beside party and state. Null: it is. */
const guards = {
  'within-undo': f =>
    f.undoUntil && f.now < f.undoUntil ? null : '提交已经超过可以直接收回的时间，请改为撤回申请。',
  'correction-once': f =>
    f.correctionAsked ? '补正只能告知一次，这件申请已经告知过（条例第三十条）。' : null,
  'correction-in-time': f =>
    f.correctionNoticeBy !== null && f.today > f.correctionNoticeBy
      ? `告知补正应当在收到申请之日起7个工作日内，最后一天是${inChinese(f.correctionNoticeBy)}（条例第三十条）。`
      : null,
  'correction-expired': f => stillRuns(f.today, f.correctionDue, '补正'),
  'reasons-expired': f => stillRuns(f.today, f.reasonsDue, '说明理由'),
  'payment-expired': f => stillRuns(f.today, f.paymentDue, '缴费'),
  'charged-once': f => (f.chargedOnce ? '这件申请已经通知过收费。' : null),
  'extended-once': f => (f.extended ? '答复期限只能延长一次，这件申请已经延长过（条例第三十三条）。' : null),
  'before-due': f =>
    f.dueOn !== null && f.today > f.dueOn
      ? `答复期限已于${inChinese(f.dueOn)}届满，届满以后不能再延长（条例第三十三条）。`
      : null,
  'extension-asked': f => (f.extensionAsked ? null : '还没有人申请延长答复。'),
  'extension-not-asked': f => (f.extensionAsked ? '已经申请延长，等工作机构负责人决定。' : null),
  'asked-by-another': f =>
    f.extensionAskedBy !== null && f.extensionAskedBy === f.actorId
      ? '申请延长的人不能自己批准，请由工作机构负责人批准。'
      : null,
  'consulting-one': f => (f.openConsultations > 0 ? null : '没有正在征求的意见。'),
  'no-consultation': f =>
    f.openConsultations > 0 ? `还有 ${f.openConsultations} 项征求意见没有结束。` : null,
  'no-open-task': f => (f.openTasks > 0 ? `还有 ${f.openTasks} 项子任务没有办结。` : null),
  'has-own-task': f => (f.ownOpenTasks > 0 ? null : '没有交给您单位、还没办结的子任务。'),
  'has-open-task': f => (f.openTasks > 0 ? null : '没有没办结的子任务。'),
  'all-decided': f =>
    f.decidedItems === f.items ? null : `还有 ${f.items - f.decidedItems} 个事项没有作出决定。`,
  'none-decided': f => (f.decidedItems === 0 ? null : '已经有事项作出决定，不能再拆分。'),
  'signed-by-another': f =>
    f.submittedBy !== null && f.submittedBy === f.actorId ? '送签的人不能自己签发。' : null,
  'outcome-pending': f => (f.outcomesPending > 0 ? null : '没有尚未审结的复议或者诉讼。'),
} as const satisfies Record<string, (facts: ActFacts) => string | null>
export type Guard = keyof typeof guards

function stillRuns(today: PlainDate, due: PlainDate | null, what: string): string | null {
  if (due === null) return `还没有确定${what}的期限。`
  return today > due ? null : `${what}的期限到${inChinese(due)}，还没有届满。`
}

export interface ActRule {
  label: string
  by: readonly Party[]
  in: readonly State[]
  guards?: readonly Guard[]
  /** The state afterwards; without it the act leaves the state, or says itself which. */
  to?: State
  /** Everybody who follows the case reads of it in the tracker. */
  told?: string
  rule: string
}

const working = ['processing', 'consulting'] as const satisfies readonly State[]
const beforeSigned = [
  'submitted',
  'processing',
  'correcting',
  'consulting',
  'reasoning',
  'charged',
  'review',
] as const satisfies readonly State[]
const ended = ['served', 'abandoned', 'unpaid', 'withdrawn', 'archived'] as const satisfies readonly State[]
const officers = ['officer', 'head'] as const
const desk = ['clerk', 'officer', 'head'] as const

export const actNames = [
  'take-back',
  'confirm-receipt',
  'note-contact',
  'assign',
  'ask-correction',
  'receive-correction',
  'lapse-correction',
  'ask-reasons',
  'receive-reasons',
  'notify-fee',
  'record-payment',
  'lapse-payment',
  'revive',
  'consult',
  'record-delivery',
  'end-consultation',
  'split',
  'give-task',
  'answer-task',
  'cancel-task',
  'record-search',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'decide',
  'submit-reply',
  'return-reply',
  'sign',
  'serve',
  'withdraw',
  'archive',
  'record-outcome',
  'end-outcome',
  'renew-code',
] as const
export type Act = (typeof actNames)[number]

/** Who may do what to a request, and when: party × state × act × guard (R-REQ-60). */
export const acts: Readonly<Record<Act, ActRule>> = {
  'take-back': {
    label: '收回刚提交的申请',
    by: ['applicant'],
    in: ['submitted'],
    guards: ['within-undo'],
    to: 'taken-back',
    told: '您收回了申请',
    rule: 'S-ACC-06',
  },
  'confirm-receipt': {
    label: '与申请人确认收到',
    by: desk,
    in: ['submitted'],
    to: 'processing',
    told: '双方确认收到申请',
    rule: 'R-REQ-08…10',
  },
  'note-contact': { label: '记录联系情况', by: desk, in: ['submitted'], rule: 'R-REQ-10' },
  assign: { label: '分派承办人', by: ['head'], in: beforeSigned, rule: 'R-REQ-55' },
  'ask-correction': {
    label: '告知补正',
    by: officers,
    in: ['processing'],
    guards: ['correction-once', 'correction-in-time'],
    to: 'correcting',
    told: '告知您补正申请',
    rule: 'R-REQ-12',
  },
  'receive-correction': {
    label: '收到补正',
    by: ['applicant', 'clerk', 'officer', 'head'],
    in: ['correcting'],
    to: 'processing',
    told: '收到您的补正，答复期限重新计算',
    rule: 'R-REQ-13',
  },
  'lapse-correction': {
    label: '逾期不补正，不再处理',
    by: officers,
    in: ['correcting'],
    guards: ['correction-expired'],
    to: 'abandoned',
    told: '逾期没有补正，视为放弃申请，不再处理',
    rule: 'R-REQ-14',
  },
  'ask-reasons': {
    label: '要求说明理由',
    by: officers,
    in: ['processing'],
    to: 'reasoning',
    told: '请您说明大量、频繁申请的理由',
    rule: 'R-REQ-27',
  },
  'receive-reasons': {
    label: '收到理由',
    by: ['applicant', 'clerk', 'officer', 'head'],
    in: ['reasoning'],
    to: 'processing',
    told: '收到您说明的理由',
    rule: 'R-REQ-28',
  },
  'notify-fee': {
    label: '通知缴纳信息处理费',
    by: officers,
    in: ['processing'],
    guards: ['charged-once'],
    to: 'charged',
    told: '通知您缴纳信息处理费',
    rule: 'R-FEE-06',
  },
  'record-payment': {
    label: '登记缴费',
    by: desk,
    in: ['charged'],
    to: 'processing',
    told: '收到缴费，答复期限重新计算',
    rule: 'R-FEE-08',
  },
  'lapse-payment': {
    label: '逾期未缴费，不再处理',
    by: officers,
    in: ['charged'],
    guards: ['payment-expired'],
    to: 'unpaid',
    told: '逾期没有缴费，不再处理',
    rule: 'R-FEE-07',
  },
  revive: {
    label: '恢复办理',
    by: ['head'],
    in: ['abandoned', 'unpaid'],
    told: '申请恢复办理',
    rule: 'R-REQ-14',
  },
  consult: {
    label: '征求意见',
    by: officers,
    in: working,
    to: 'consulting',
    told: '就申请的信息征求有关方面意见，所需时间不计入答复期限',
    rule: 'R-REQ-18, 20, 24',
  },
  'record-delivery': {
    label: '登记征求意见书送达',
    by: officers,
    in: ['consulting'],
    guards: ['consulting-one'],
    rule: 'R-REQ-18, 20',
  },
  'end-consultation': {
    label: '登记意见',
    by: officers,
    in: ['consulting'],
    guards: ['consulting-one'],
    told: '一项征求意见结束',
    rule: 'R-REQ-19, 20',
  },
  split: {
    label: '拆分事项',
    by: officers,
    in: ['processing'],
    guards: ['none-decided'],
    rule: 'R-FEE-03',
  },
  'give-task': { label: '交办子任务', by: officers, in: working, rule: 'R-LET-20' },
  'answer-task': {
    label: '答复子任务',
    by: ['unit'],
    in: [...working, 'correcting', 'reasoning', 'charged', 'review'],
    guards: ['has-own-task'],
    rule: 'R-LET-20',
  },
  'cancel-task': {
    label: '取消子任务',
    by: officers,
    in: [...working, 'correcting', 'reasoning', 'charged'],
    guards: ['has-open-task'],
    rule: 'R-LET-20',
  },
  'record-search': {
    label: '登记检索',
    by: ['officer', 'head', 'unit'],
    in: working,
    rule: 'R-REQ-34',
  },
  'ask-extension': {
    label: '申请延长答复',
    by: officers,
    in: working,
    guards: ['extended-once', 'extension-not-asked', 'before-due'],
    rule: 'R-REQ-23',
  },
  'grant-extension': {
    label: '批准延长答复',
    by: ['head'],
    in: working,
    guards: ['extended-once', 'extension-asked', 'asked-by-another', 'before-due'],
    told: '延长答复期限',
    rule: 'R-REQ-23',
  },
  'refuse-extension': {
    label: '不同意延长答复',
    by: ['head'],
    in: working,
    guards: ['extension-asked'],
    rule: 'R-REQ-23',
  },
  decide: { label: '对事项作出决定', by: officers, in: ['processing'], rule: 'R-REQ-30…43' },
  'submit-reply': {
    label: '送签答复',
    by: officers,
    in: ['processing'],
    guards: ['all-decided', 'no-consultation', 'no-open-task'],
    to: 'review',
    rule: 'R-REQ-55',
  },
  'return-reply': {
    label: '退回修改',
    by: ['head', 'signer'],
    in: ['review'],
    to: 'processing',
    rule: 'R-REQ-55',
  },
  sign: {
    label: '签发答复',
    by: ['head', 'signer'],
    in: ['review'],
    guards: ['signed-by-another'],
    to: 'signed',
    rule: 'R-REQ-48',
  },
  serve: {
    label: '登记送达',
    by: desk,
    in: ['signed'],
    to: 'served',
    told: '答复已经送达',
    rule: 'R-LET-30…32',
  },
  withdraw: {
    label: '撤回申请',
    by: ['applicant', 'clerk', 'officer', 'head'],
    in: beforeSigned,
    to: 'withdrawn',
    told: '您撤回了申请',
    rule: 'R-REQ-46',
  },
  archive: {
    label: '归档',
    by: officers,
    in: ['served', 'abandoned', 'unpaid', 'withdrawn'],
    to: 'archived',
    rule: 'R-REQ-55',
  },
  'record-outcome': { label: '登记复议、诉讼', by: officers, in: ended, rule: 'R-RPT-34' },
  'end-outcome': {
    label: '登记复议、诉讼结果',
    by: officers,
    in: ended,
    guards: ['outcome-pending'],
    rule: 'R-RPT-34',
  },
  'renew-code': {
    label: '重发查询码',
    by: desk,
    in: [...beforeSigned, 'signed', ...ended],
    rule: 'R-LET-11',
  },
}

/** Why somebody acting as these may not do it now, in words; null: they may. */
export function whyNot(act: Act, as: readonly Party[], state: State, facts: ActFacts): string | null {
  const rule = acts[act]
  if (!as.some(party => rule.by.includes(party)))
    return `“${rule.label}”由${rule.by.map(party => parties[party]).join('、')}办理。`
  if (!rule.in.includes(state)) return `申请现在的状态不能“${rule.label}”。`
  for (const guard of rule.guards ?? []) {
    const why = guards[guard](facts)
    if (why) return why
  }
  return null
}

/** What could be done in this state by these, with the reason where it cannot be done yet: the screen shows just that. */
export const actsAtHand = (
  as: readonly Party[],
  state: State,
  facts: ActFacts,
): { act: Act; label: string; why: string | null }[] =>
  actNames
    .filter(act => acts[act].in.includes(state) && as.some(party => acts[act].by.includes(party)))
    .map(act => ({ act, label: acts[act].label, why: whyNot(act, as, state, facts) }))
