import type { DocumentState } from './document.ts'
import type { Party } from './policy.ts'

/** What must be so beside party and state; asked of the facts in `guards.ts`, in this order. */
export const guards = {
  'attribute-stated': '标明了公开属性和理由，不公开的有法律依据',
  'draft-whole': '稿子写全了（文号、成文日期除外）',
  'no-secrecy-mark': '拟公开的文本没有密级、份号、“内部”标志',
  'interpretation-planned': '有解读方案，或者写明不解读、随后解读的理由',
  'materials-there': '应当附的材料都附了',
  'definition-settled': '认定了是不是规范性文件',
  'findings-decided': '个人信息、错敏词都有决定',
  'nobody-acted': '送出以后还没有人办理',
  'not-own-words': '不是最后修改稿子的人',
  'opinions-there': '制定依据、征求意见及采纳情况都附了',
  'public-asked': '公开征求过意见并反馈，或者登记了不征求的理由',
  'review-waits': '有等本单位出具的审核意见',
  'opinions-given': '送出的审核都有了意见',
  'normative-whole': '规范性文件的认定、征求意见、审核、有效期都齐',
  'reviewed-elsewhere': '在别处签发的规范性文件，附了征求意见和合法性审核的情况',
  'unsigned-or-came-signed': '签发以后，只有登记进来的公文还能补材料',
  'not-held-yet': '还没有报请确定',
  'others-co-signed': '联合行文的各单位都已会签',
  'co-organ-waits': '本单位还没有会签',
  'secrecy-cleared': '有保密审查意见',
  'no-secrecy-opinion': '还没有保密审查意见',
  'interpretation-settled': '解读方案已审定、材料已备好，或者写明不解读、随后解读的理由',
  'text-as-signed': '稿子和签发时一样',
} as const
export type Guard = keyof typeof guards

export interface ActRule {
  label: string
  /** What happens, in words for the one who is about to do it. */
  says: string
  /** In which state which parties may. */
  at: Partial<Record<DocumentState, readonly Party[]>>
  guards: readonly Guard[]
}

const underReview = {
  'openness-first': ['openness'],
  'head-review': ['head'],
  'legality-review': ['legality'],
  'secrecy-review': ['secrecy'],
  'openness-review': ['openness'],
  'office-check': ['office'],
} as const

export const actNames = [
  'prepare',
  'add-material',
  'submit',
  'recall',
  'discard',
  'agree-first',
  'approve',
  'close-opinions',
  'give-legality',
  'close-reviews',
  'clear-secrecy',
  'hold',
  'confirm-openness',
  'check',
  'return',
  'co-sign',
  'sign',
  'say-follows',
  'give-secrecy',
  'publish',
  'reassess',
] as const
export type DocumentAct = (typeof actNames)[number]

/** Who may do what to a document, and when: party × state × act × guard. */
export const acts: Readonly<Record<DocumentAct, ActRule>> = {
  prepare: {
    label: '填写公开属性和办理信息',
    says: '公开属性、理由、文号代字、联合行文单位，随稿子一起送审。',
    at: { drafting: ['drafter'] },
    guards: [],
  },
  'add-material': {
    label: '附上、撤下材料',
    says: '起草说明、依据、征求意见情况等，只在办理中使用，不对外公开。',
    at: { drafting: ['drafter'], opinions: ['drafter'], signed: ['office', 'openness'] },
    guards: ['unsigned-or-came-signed'],
  },
  submit: {
    label: '送审',
    says: '连同公开属性、解读方案和材料一起送出；办理中稿子不能再改。',
    at: { drafting: ['drafter'] },
    guards: [
      'attribute-stated',
      'draft-whole',
      'no-secrecy-mark',
      'interpretation-planned',
      'materials-there',
      'definition-settled',
      'findings-decided',
    ],
  },
  recall: {
    label: '撤回',
    says: '还没有人办理的，可以撤回修改。',
    at: {
      'openness-first': ['drafter'],
      'head-review': ['drafter'],
      opinions: ['drafter'],
      'secrecy-review': ['drafter'],
    },
    guards: ['nobody-acted'],
  },
  discard: {
    label: '终止办理',
    says: '这件公文不再办理，经过留在记录里。',
    at: { drafting: ['drafter'] },
    guards: [],
  },
  'agree-first': {
    label: '同意拟不公开',
    says: '拟不公开的政策文件，先由本单位公开工作机构审查，再往下送。',
    at: { 'openness-first': ['openness'] },
    guards: ['not-own-words'],
  },
  approve: {
    label: '审核同意',
    says: '同意稿子、公开属性和解读方案，送下一步。',
    at: { 'head-review': ['head'] },
    guards: ['not-own-words'],
  },
  'close-opinions': {
    label: '征求意见完毕',
    says: '写明征求意见的经过，连同材料送合法性审核；涉及经营者的，同时送公平竞争审查。',
    at: { opinions: ['drafter'] },
    guards: ['opinions-there', 'public-asked'],
  },
  'give-legality': {
    label: '出具合法性审核意见',
    says: '逐项审核，出具书面意见：都合法的送保密审查；应当修改的退回；不合法的终止。',
    at: { 'legality-review': ['legality'] },
    guards: ['not-own-words', 'review-waits'],
  },
  'close-reviews': {
    label: '按审核意见办理',
    says: '别的单位出具的意见都到了：合法的送保密审查，应当修改的退回，不合法的终止。',
    at: { 'legality-review': ['drafter', 'legality'] },
    guards: ['opinions-given'],
  },
  'clear-secrecy': {
    label: '保密审查通过',
    says: '写明审查意见，送公开属性确认。',
    at: { 'secrecy-review': ['secrecy'] },
    guards: ['not-own-words'],
  },
  hold: {
    label: '待定，报请确定',
    says: '拿不准能不能公开的，报有关主管部门或者保密行政管理部门确定，十个工作日内报出。',
    at: { 'secrecy-review': ['secrecy'] },
    guards: ['not-own-words', 'not-held-yet'],
  },
  'confirm-openness': {
    label: '确认公开属性',
    says: '确认主动公开、依申请公开或者不予公开，送核稿。',
    at: { 'openness-review': ['openness'] },
    guards: ['not-own-words', 'secrecy-cleared'],
  },
  check: {
    label: '核稿通过',
    says: '格式、文号代字、材料齐全，送签发。',
    at: { 'office-check': ['office'] },
    guards: ['not-own-words', 'draft-whole', 'interpretation-planned', 'normative-whole', 'findings-decided'],
  },
  return: {
    label: '退文',
    says: '退回起草，写明理由；改好以后重新送审。',
    at: { ...underReview, opinions: ['head'], signature: ['signer', 'office'] },
    guards: [],
  },
  'co-sign': {
    label: '会签',
    says: '联合行文，代表本单位会签看到的这份稿子。',
    at: { signature: ['co-signer'] },
    guards: ['co-organ-waits', 'not-own-words'],
  },
  sign: {
    label: '签发',
    says: '签发并编号，文字从此封存，谁也不能再改。',
    at: { signature: ['signer'] },
    guards: [
      'not-own-words',
      'attribute-stated',
      'secrecy-cleared',
      'interpretation-planned',
      'normative-whole',
      'others-co-signed',
      'findings-decided',
    ],
  },
  'say-follows': {
    label: '写明随后解读',
    says: '材料来不及同时公开的，写明原因，公开后三个工作日内发布。',
    at: {
      drafting: ['drafter'],
      'office-check': ['office'],
      signature: ['office'],
      signed: ['office', 'openness', 'drafter'],
    },
    guards: [],
  },
  'give-secrecy': {
    label: '补充保密审查意见',
    says: '原来不公开的转为公开以前，重新做保密审查。',
    at: { signed: ['secrecy'] },
    guards: ['no-secrecy-opinion', 'not-own-words'],
  },
  publish: {
    label: '公开',
    says: '马上在网站上公开，公开的就是签发的这份文字。',
    at: { signed: ['office', 'openness', 'signer'] },
    guards: [
      'attribute-stated',
      'secrecy-cleared',
      'no-secrecy-mark',
      'interpretation-settled',
      'reviewed-elsewhere',
      'findings-decided',
      'text-as-signed',
    ],
  },
  reassess: {
    label: '重新评估',
    says: '不公开的情形变化了就转为公开，没有变化的写明仍然不公开的理由。',
    at: { kept: ['openness'], withheld: ['openness'] },
    guards: [],
  },
}

/** Whether the table lets one of these parties do it in this state; the guards are asked with the facts. */
export const partyFor = (act: DocumentAct, state: DocumentState, held: readonly Party[]): Party | undefined =>
  (acts[act].at[state] ?? []).find(party => held.includes(party))

/** Whose turn it is in a state, for those who are told of it. */
export const turnOf: Partial<Record<DocumentState, readonly Party[]>> = {
  drafting: ['drafter'],
  'openness-first': ['openness'],
  'head-review': ['head'],
  opinions: ['drafter'],
  'legality-review': ['legality'],
  'secrecy-review': ['secrecy'],
  'openness-review': ['openness'],
  'office-check': ['office'],
  signature: ['signer', 'co-signer'],
  signed: ['office', 'openness'],
}
