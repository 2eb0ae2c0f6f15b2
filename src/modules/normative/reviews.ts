/** Reviews of a normative draft: who looks at what, with which materials, and what the written opinion may say. */

export const reviewKinds = {
  'own-legality': { label: '起草单位合法性审核', rule: 'R-NOR-09', domain: 'supervision' },
  legality: { label: '合法性审核', rule: 'R-NOR-06', domain: 'supervision' },
  'fair-competition': { label: '公平竞争审查', rule: 'R-DEC-24', domain: 'supervision' },
} as const
export type ReviewKind = keyof typeof reviewKinds
export const reviewKindNames = Object.keys(reviewKinds) as ReviewKind[]

/** R-NOR-07: what is handed in with the draft. */
export const materials = {
  draft: '送审稿和说明',
  grounds: '制定依据',
  opinions: '征求意见和采纳情况',
  'own-opinion': '本单位的合法性审核意见',
  other: '其他材料',
} as const
export type Material = keyof typeof materials
export const materialNames = Object.keys(materials) as Material[]

/** What cannot be left out of a handing in; a department's own review comes before there is an opinion of it (R-NOR-09). */
export const neededMaterials = (kind: ReviewKind, isForGovernment: boolean): Material[] =>
  kind === 'legality' && isForGovernment
    ? ['draft', 'grounds', 'opinions', 'own-opinion']
    : kind === 'legality'
      ? ['draft', 'grounds', 'opinions']
      : ['draft', 'grounds']

/** R-NOR-08, and R-NOR-03 behind it: what a legality review looks at. */
const legalityPoints = {
  maker: '制定主体合法',
  power: '没有超越法定职权',
  content: '内容符合宪法、法律、法规、规章和国家政策',
  licences: '没有违法设立行政许可、处罚、强制、征收、收费',
  rights: '没有违法减损权益或者增加义务',
  'own-power': '没有违法增加本单位权力或者减少法定职责',
  procedure: '没有违反制定程序',
} as const

/** What a fair-competition review looks at (公平竞争审查条例): four kinds of restriction. */
const competitionPoints = {
  entry: '没有限制或者变相限制市场准入和退出',
  flow: '没有限制商品、要素自由流动',
  cost: '没有给予缺少依据、影响生产经营成本的优惠和补贴',
  behaviour: '没有影响生产经营行为、强制或者便利垄断的内容',
} as const

export const pointsOf = (kind: ReviewKind): Readonly<Record<string, string>> =>
  kind === 'fair-competition' ? competitionPoints : legalityPoints

const opinions = {
  lawful: '合法',
  'to-amend': '应当予以修改',
  unlawful: '不合法',
  withdrawn: '已经取回',
} as const
export type Opinion = keyof typeof opinions

/** A fair-competition review passes or does not; the kinds of opinion are the same three. */
const competitionOpinions: Record<Opinion, string> = {
  lawful: '符合公平竞争审查标准',
  'to-amend': '应当修改后重新审查',
  unlawful: '不符合，不得出台',
  withdrawn: '已经取回',
}

export const opinionWords = (kind: ReviewKind, opinion: Opinion): string =>
  kind === 'fair-competition' ? competitionOpinions[opinion] : opinions[opinion]
