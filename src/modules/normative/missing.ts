import type { PlainDate } from '#lib/beijing-time'
import type { Context } from '#platform/context'
import { isForGovernment } from './actions/ask-review.ts'
import { documentNamed } from './actions/document-named.ts'
import { suggestExclusion } from './definition.ts'
import type { DocumentText } from './document-queries.ts'
import {
  type Consultation,
  type DeterminationRow,
  findConsultation,
  findDetermination,
  type Review,
  reviewsOf,
} from './review-queries.ts'
import { opinionWords, type ReviewKind, reviewKinds } from './reviews.ts'
import type { Settings } from './settings.ts'
import { governmentOf, settingsFor } from './settings-queries.ts'
import { checkTerm } from './terms.ts'

/** What keeps a draft from going on, with the rule that says so. */
export interface Reason {
  rule: string
  message: string
}

export interface Facts {
  document: DocumentText
  determination: DeterminationRow | null
  reviews: readonly Review[]
  consultation: Consultation | null
  settings: Settings
  /** In the government's name: reviewed by the drafting organ first, then by the government's body. */
  forGovernment: boolean
  today: PlainDate
}

/** Everything that the checks look at. */
export async function factsOf(ctx: Pick<Context, 'db' | 'clock'>, publicationId: string): Promise<Facts> {
  const document = await documentNamed(ctx, { id: publicationId })
  const [determination, reviews, consultation, settings, government] = await Promise.all([
    findDetermination(ctx.db, publicationId),
    reviewsOf(ctx.db, publicationId),
    findConsultation(ctx.db, publicationId),
    settingsFor(ctx.db, document.organId),
    governmentOf(ctx.db, document.organId),
  ])
  return {
    document,
    determination,
    reviews,
    consultation,
    settings,
    forGovernment: isForGovernment(document, government.name),
    today: ctx.clock.today(),
  }
}

/** What a draft still lacks before it may be discussed and signed; empty: nothing, or it is no normative document. */
export async function whatIsMissing(
  ctx: Pick<Context, 'db' | 'clock'>,
  publicationId: string,
): Promise<Reason[]> {
  return missingIn(await factsOf(ctx, publicationId))
}

export function missingIn(facts: Facts): Reason[] {
  const { document, determination } = facts
  const isKind = document.kind === 'normative-document'
  if (!determination) {
    // A policy that its title already excludes need not be asked about
    if (!isKind && suggestExclusion(document.title, document.genre)) return []
    return [{ rule: 'R-NOR-01', message: '还没有认定是不是规范性文件。' }]
  }
  if (determination.outcome === 'needs-decision')
    return [{ rule: 'R-NOR-01', message: '是不是规范性文件还要合法性审核员决定。' }]
  if (determination.outcome === 'not-normative') {
    return [
      ...(isKind
        ? [{ rule: 'R-NOR-02', message: '认定不是规范性文件，种类却是“行政规范性文件”，请改为“政策文件”。' }]
        : []),
      ...competition(facts),
    ]
  }
  return [
    ...(isKind
      ? []
      : [{ rule: 'R-NOR-01', message: '认定是规范性文件，种类却不是“行政规范性文件”，请改种类。' }]),
    ...asked(facts),
    ...(facts.forGovernment ? reviewed(facts, 'own-legality') : []),
    ...reviewed(facts, 'legality'),
    ...competition(facts),
    ...term(facts),
  ]
}

/** R-NOR-05: the public was asked long enough, and told what became of it; or it is said why not. */
function asked({ consultation, settings, determination, today }: Facts): Reason[] {
  const rule = 'R-NOR-05'
  if (!consultation) return [{ rule, message: '还没有登记公开征求意见的情况，或者不征求意见的理由。' }]
  if (consultation.exemptReason !== null) return []
  const { fromOn, untilOn } = consultation
  if (!fromOn || !untilOn) return []
  const market = consultation.market || determination?.answers.market === 'yes'
  const least = market ? settings.marketOpinionDays : settings.opinionDays
  const days = Math.round((Date.parse(untilOn) - Date.parse(fromOn)) / 86_400_000) + 1
  const reasons: Reason[] = []
  if (days < least)
    reasons.push({
      rule,
      message: `公开征求意见 ${days} 天，${market ? '与市场主体密切相关的' : '规范性文件'}不少于 ${least} 天。`,
    })
  if (untilOn >= today) reasons.push({ rule, message: `公开征求意见到 ${untilOn} 才结束。` })
  else if (market && (consultation.feedback === '' || !consultation.feedbackOn))
    reasons.push({ rule, message: '还没有反馈意见采纳的情况。' })
  return reasons
}

/** The newest review of the kind cleared the very text of now (R-NOR-09: not replaced by anything else). */
function reviewed({ reviews, document }: Facts, kind: ReviewKind): Reason[] {
  const { label, rule } = reviewKinds[kind]
  const newest = reviews.find(review => review.kind === kind && review.opinion !== 'withdrawn')
  if (!newest) return [{ rule, message: `还没有${label}。` }]
  if (!newest.opinion) return [{ rule, message: `${newest.organName}的${label}还没有出意见。` }]
  if (newest.opinion !== 'lawful')
    return [{ rule, message: `${label}的意见是“${opinionWords(kind, newest.opinion)}”，修改后请重新送审。` }]
  if (newest.textMark !== document.textMark)
    return [{ rule, message: `${label}以后稿子的标题或者正文改过，请重新送审。` }]
  return []
}

/** Which reviews a normative document takes, in their order (R-NOR-06, R-NOR-09, R-NOR-16). */
export const reviewsNeeded = (facts: Pick<Facts, 'forGovernment' | 'determination'>): ReviewKind[] => [
  ...(facts.forGovernment ? (['own-legality'] as const) : []),
  'legality',
  ...(facts.determination?.answers.market === 'yes' ? (['fair-competition'] as const) : []),
]

/** Whether that review has cleared the text of now. */
export const isSettled = (facts: Facts, kind: ReviewKind): boolean => reviewed(facts, kind).length === 0

/** R-DEC-24, R-NOR-16: not reviewed, or failed, does not come out. */
const competition = (facts: Facts): Reason[] =>
  facts.determination?.answers.market === 'yes' ? reviewed(facts, 'fair-competition') : []

function term({ document, settings }: Facts): Reason[] {
  // Without a day of effect yet, the term is counted when there is one
  const { fault } = checkTerm(document, settings)
  return fault ? [{ rule: 'R-NOR-11', message: fault }] : []
}
