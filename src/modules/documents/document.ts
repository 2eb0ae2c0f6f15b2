import type { KeptFile } from './kept-file.ts'

/** Where a document stands; kept, because each step that leads there is on record. */
export const states = {
  drafting: '起草',
  'openness-first': '公开工作机构先行审查',
  'head-review': '部门负责人审核',
  opinions: '征求意见',
  'legality-review': '合法性审核',
  'secrecy-review': '保密审查',
  'openness-review': '公开属性确认',
  'office-check': '办公室核稿',
  signature: '待签发',
  signed: '已签发',
  published: '已公开',
  kept: '依申请公开留存',
  withheld: '不予公开',
  discarded: '已终止',
} as const
export type DocumentState = keyof typeof states
export const stateNames = Object.keys(states) as DocumentState[]

/** 公开属性: given when it is drafted, together with the text (R-SRC-01). */
export const opennesses = { proactive: '主动公开', 'on-request': '依申请公开', withheld: '不予公开' } as const
export type Openness = keyof typeof opennesses

/** Why something is not open, with its article (R-EXC-02 to R-EXC-08). */
export const grounds = {
  SECRET: '条例第十四条：依法确定为国家秘密',
  LAW_BAN: '条例第十四条：法律、行政法规禁止公开',
  SAFETY: '条例第十四条：公开后可能危及国家安全、公共安全、经济安全、社会稳定',
  THIRD_PARTY: '条例第十五条：涉及商业秘密、个人隐私等，公开会损害第三方合法权益',
  INTERNAL: '条例第十六条第一款：人事管理、后勤管理、内部工作流程等内部事务信息',
  PROCESS: '条例第十六条第二款：讨论记录、过程稿、磋商信函、请示报告等过程性信息',
  ENFORCE_FILE: '条例第十六条第二款：行政执法案卷信息',
} as const
export type Ground = keyof typeof grounds

/** Why a document goes back (退文), as the rules say it. */
export const returnReasons = {
  'no-attribute': '没有标明公开属性（R-SRC-01、R-SRC-03）',
  'no-reason': '没有写明理由，或者拟不公开没有法律依据（R-SRC-01、R-SRC-03）',
  'no-plan': '没有解读方案，也没有写明不解读的理由（R-INT-01、R-INT-07）',
  'no-material': '解读材料没有同步报送（R-INT-01、R-INT-03）',
  'materials-missing': '缺起草说明、依据或者征求意见情况（R-NOR-07）',
  format: '公文格式、文号写法不符（S-GWG-22）',
  'secrecy-mark': '公开的文本带有密级、份号或者“内部”标志（S-GWG-24）',
  'fair-competition': '没有公平竞争审查意见（R-NOR-16）',
  content: '内容需要修改',
  other: '其他，见意见',
} as const
export type ReturnReason = keyof typeof returnReasons

/** What goes with the text on its way (R-NOR-07). */
export const materialTypes = {
  explanation: '起草说明',
  basis: '制定依据',
  opinions: '征求意见及采纳情况',
  legality: '本单位合法性审核意见',
  competition: '公平竞争审查意见',
  interpretation: '解读方案、解读材料',
  other: '其他',
} as const
export type MaterialType = keyof typeof materialTypes

export const legalities = { legal: '合法', illegal: '不合法', amend: '应当予以修改' } as const
export type Legality = keyof typeof legalities

export interface Document {
  id: string
  publicationId: string
  siteId: string
  organId: string
  kind: string
  title: string
  state: DocumentState
  origin: 'drafted' | 'received'
  originKey: string | null
  openness: Openness | null
  opennessGround: Ground | null
  opennessReason: string
  opennessConfirmedAt: Date | null
  secrecyOpinion: string | null
  secrecyBy: string | null
  secrecyById: string | null
  secrecyAt: Date | null
  heldAt: Date | null
  interpretationFollows: string
  legality: Legality | null
  fairCompetition: string | null
  letterCodeId: string | null
  signedOn: string | null
  signedBy: string | null
  signedById: string | null
  docNo: string | null
  sealedRevision: number | null
  sealedDigest: string | null
  revision: number
  createdBy: string
  createdById: string | null
  createdAt: Date
  changedAt: Date
}

export interface DocumentStep {
  id: string
  act: string
  fromState: DocumentState
  toState: DocumentState
  opinion: string
  reasons: ReturnReason[]
  draftRevision: number
  actor: string
  actorId: string | null
  actorRole: string
  deputyFor: string | null
  actedAt: Date
}

export interface CoOrgan {
  organId: string
  position: number
  coSignedBy: string | null
  coSignedById: string | null
  coSignedAt: Date | null
  coSignedDigest: string | null
}

export interface Material {
  id: string
  type: MaterialType
  title: string
  words: string
  file: KeptFile | null
  addedBy: string
  addedAt: Date
}

/** What an organ has decided about its own procedure (R-EXC-12, R-EXC-13: defaults that it may change). */
export interface Settings {
  skips: readonly DocumentState[]
  reassessMonths: number
}
export const usualSettings: Settings = { skips: [], reassessMonths: 12 }

const steps: readonly DocumentState[] = [
  'openness-first',
  'head-review',
  'opinions',
  'legality-review',
  'secrecy-review',
  'openness-review',
  'office-check',
  'signature',
]

/** The steps that this document takes, in their order (R-SRC-02, R-NOR-04, R-EXC-13). */
export function chainOf(
  document: Pick<Document, 'kind' | 'openness'>,
  settings: Settings = usualSettings,
): DocumentState[] {
  const isNormative = document.kind === 'normative-document'
  return steps.filter(step => {
    if (settings.skips.includes(step)) return false
    if (step === 'openness-first') return document.openness === 'withheld'
    if (step === 'opinions' || step === 'legality-review') return isNormative
    return true
  })
}

/** Where it goes when this step is done. */
export function nextState(
  document: Pick<Document, 'kind' | 'openness' | 'state'>,
  settings: Settings = usualSettings,
): DocumentState {
  const chain = chainOf(document, settings)
  const here = steps.indexOf(document.state)
  return chain.find(step => steps.indexOf(step) > here) ?? 'signature'
}

/** Where a signature leads, by what was confirmed. */
export const afterSignature = (openness: Openness): DocumentState =>
  openness === 'proactive' ? 'signed' : openness === 'on-request' ? 'kept' : 'withheld'

/** Marks that stop publication (S-GWG-24), at the head of the text or of a file's name. */
const secrecyMark =
  /^\s*(?:绝密|机密|秘密)(?:\s*[★☆].*)?\s*$|^\s*内部(?:资料|文件|使用|材料)|^\s*份号\s*[:：]?\s*\d{3,}/
export function secrecyMarkIn(lines: readonly string[]): string | null {
  const found = lines.slice(0, 12).find(line => secrecyMark.test(line))
  return found === undefined ? null : found.trim().slice(0, 30)
}
