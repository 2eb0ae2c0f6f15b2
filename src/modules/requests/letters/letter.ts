import type { PlainDate } from '#lib/beijing-time'

/** Letters of a request (R-LET §5.2). `remedy`: it tells how to seek review. */
export const letterKinds = {
  receipt: { label: '登记回执', to: 'applicant', rule: 'R-LET-11', remedy: false },
  'correction-notice': { label: '补正告知书', to: 'applicant', rule: 'R-LET-12', remedy: false },
  'reasons-notice': { label: '说明理由告知书', to: 'applicant', rule: 'R-LET-13', remedy: false },
  'extension-notice': { label: '延期答复告知书', to: 'applicant', rule: 'R-LET-14', remedy: false },
  'third-party-consultation': {
    label: '征求意见书（第三方）',
    to: 'third-party',
    rule: 'R-LET-15',
    remedy: false,
  },
  'consultation-told': { label: '征求意见告知书', to: 'applicant', rule: 'R-LET-17', remedy: false },
  'third-party-told': {
    label: '依申请公开告知书（第三方）',
    to: 'third-party',
    rule: 'R-LET-18',
    remedy: true,
  },
  'co-maker-consultation': {
    label: '征求意见书（共同制作机关）',
    to: 'co-maker',
    rule: 'R-LET-19',
    remedy: false,
  },
  'assistance-letter': { label: '协办函', to: 'unit', rule: 'R-LET-20', remedy: false },
  'fee-notice': { label: '收费通知书', to: 'applicant', rule: 'R-LET-21', remedy: false },
  reply: { label: '答复书', to: 'applicant', rule: 'R-LET-22', remedy: true },
  'record-correction': { label: '更正告知书', to: 'applicant', rule: 'R-LET-23', remedy: true },
} as const
export type LetterKind = keyof typeof letterKinds
export const letterKindNames = Object.keys(letterKinds) as [LetterKind, ...LetterKind[]]

/** How a letter was served (R-LET-30…32). Only the post takes formal letters, no courier. */
export const serviceWays = {
  direct: '直接送达',
  entrusted: '委托其他机关代为送达',
  post: '邮政企业邮寄',
  electronic: '按申请人要求的电子方式',
} as const
export type ServiceWay = keyof typeof serviceWays
export const serviceWayNames = Object.keys(serviceWays) as [ServiceWay, ...ServiceWay[]]

/** A letter on file. Served on: signed for by hand, handed to the post (交邮之日), or sent (R-LET-31, 32). */
export interface Letter {
  id: string
  requestId: string
  kind: LetterKind
  number: string
  signedOn: PlainDate
  service: { way: ServiceWay; on: PlainDate; proof: string } | null
}

/**
 * The letter without which an act cannot be saved, and whether it must have been served by then: a notice to the applicant
 * holds from its service, a reply is signed first and served by an act of its own.
 */
export const letterOfAct = {
  'ask-correction': { kind: 'correction-notice', served: true },
  'ask-reasons': { kind: 'reasons-notice', served: true },
  'grant-extension': { kind: 'extension-notice', served: true },
  'notify-fee': { kind: 'fee-notice', served: true },
  sign: { kind: 'reply', served: false },
  serve: { kind: 'reply', served: true },
} as const satisfies Record<string, { kind: LetterKind; served: boolean }>

/** The letter of a consultation goes by whom is asked (R-LET-15, 19, 20). */
export const letterOfConsultation = {
  'third-party': 'third-party-consultation',
  'co-maker': 'co-maker-consultation',
  'other-organ': 'assistance-letter',
} as const satisfies Record<string, LetterKind>
