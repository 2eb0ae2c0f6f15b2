import type { Interpretations } from '#modules/interpretation'
import { mayGiveOpinion, type Reason, type Review, reviewKinds } from '#modules/normative'
import { type ProcedureDraft, plainText } from '#modules/publications'
import type { Actor } from '#platform/actor'
import { acts, type DocumentAct, type Guard, partyFor } from './acts.ts'
import {
  type CoOrgan,
  type Document,
  type DocumentStep,
  type Material,
  type MaterialType,
  materialTypes,
  type Settings,
  secrecyMarkIn,
  states,
} from './document.ts'
import { type Party, parties, partiesOf, wrote } from './policy.ts'

/** Everything that the acts on a document depend on. */
export interface Case {
  document: Document
  /** Null when it is public, or the draft of a document that ended was thrown away. */
  draft: ProcedureDraft | null
  /** The newest first. */
  steps: readonly DocumentStep[]
  coOrgans: readonly CoOrgan[]
  materials: readonly Material[]
  interpretation: Pick<Interpretations, 'exempt' | 'plan' | 'materials' | 'state'> | null
  settings: Settings
  /** What the register of normative documents still asks of the draft (R-NOR-01 to R-NOR-16). */
  missing: readonly Reason[]
  /** Legality and fair-competition reviews of the draft, the newest first. */
  reviews: readonly Review[]
}

export const concernedIn = ({ document, coOrgans }: Pick<Case, 'document' | 'coOrgans'>) => ({
  organId: document.organId,
  coOrganIds: coOrgans.map(one => one.organId),
})

/** What stands in the way of an act, in words; the code names the guard. */
export interface Obstacle {
  code: string
  message: string
  /** Whether another person, or the same at another time, may do it: refused as not allowed, or as not now. */
  refusal: 'not-allowed' | 'conflict' | 'invalid'
}

/** Why this person may not do this now; null: nothing that is known yet stands in the way. */
export function whyNot(actor: Actor, act: DocumentAct, facts: Case): Obstacle | null {
  const { document } = facts
  const rule = acts[act]
  const allowed = rule.at[document.state]
  if (!allowed)
    return {
      code: 'documents.wrong-state',
      message: `这件公文现在是“${states[document.state]}”，不能“${rule.label}”。`,
      refusal: 'conflict',
    }
  const party = partyFor(act, document.state, partiesOf(actor, concernedIn(facts)))
  if (!party)
    return {
      code: 'documents.not-yours',
      message: `“${rule.label}”由${whoMay(allowed)}办理，您没有这个角色。`,
      refusal: 'not-allowed',
    }
  for (const guard of rule.guards) {
    const said = guardSays(guard, actor, facts)
    if (said)
      return {
        code: `documents.${guard}`,
        message: said,
        refusal: guard === 'not-own-words' ? 'not-allowed' : 'invalid',
      }
  }
  return null
}

const whoMay = (allowed: readonly Party[]) => [...new Set(allowed.map(party => parties[party]))].join('、')

/** Fields that are filled when it is signed. */
const filledAtSignature = ['docNo', 'signedOn', 'effectiveFrom']

/** @returns what is wrong; null when the guard is content. */
function guardSays(guard: Guard, actor: Actor, facts: Case): string | null {
  const { document, draft } = facts
  switch (guard) {
    case 'attribute-stated':
      return attributeFault(document)
    case 'draft-whole': {
      if (!draft) return '稿子已经不在了。'
      const missing = Object.entries(draft.missing).filter(([field]) => !filledAtSignature.includes(field))
      return missing.length > 0 ? `稿子还没有写全：${missing.map(([, said]) => said).join('')}` : null
    }
    case 'no-secrecy-mark':
      return document.openness === 'proactive' && draft ? markFault(draft) : null
    case 'interpretation-planned':
      return plannedFault(facts)
    case 'interpretation-settled':
      return settledFault(facts)
    case 'materials-there':
      return lacking(facts, ['explanation'])
    case 'opinions-there':
      return lacking(facts, ['basis', 'opinions'])
    case 'nobody-acted':
      return facts.steps[0]?.act === 'submit' ? null : '已经有人办理，不能撤回。需要修改的，请办理人退文。'
    case 'not-own-words':
      return draft && wrote(actor, draft.editedById)
        ? '这份稿子最后是您修改的，不能由您自己审核、签发（R-EXC-13）。请换一位同事。'
        : null
    case 'unsigned-or-came-signed':
      return document.state === 'signed' && document.origin !== 'received'
        ? '已经签发，不能再附、撤材料。'
        : null
    case 'definition-settled':
      return firstMissing(facts, ['R-NOR-01', 'R-NOR-02'])
    case 'public-asked':
      return firstMissing(facts, ['R-NOR-05'])
    case 'normative-whole':
      return firstMissing(facts)
    case 'review-waits':
      return reviewOf(actor, facts) ? null : whyNoReview(facts)
    case 'opinions-given': {
      const open = openReviews(facts)[0]
      return open ? `正在等待${open.organName}出具${reviewKinds[open.kind].label}意见。` : null
    }
    case 'reviewed-elsewhere':
      return document.kind === 'normative-document' && document.origin === 'received'
        ? absent(facts, ['opinions', 'legality'])
        : null
    case 'not-held-yet':
      return document.heldAt ? '已经报请确定，正在等待答复。' : null
    case 'others-co-signed': {
      const open = facts.coOrgans.filter(one => one.coSignedDigest !== draft?.digest)
      return open.length > 0 ? `还有 ${open.length} 个联合行文单位没有会签现在这份稿子。` : null
    }
    case 'co-organ-waits':
      return cosignerOf(actor, facts) ? null : '您所在的单位已经会签过这份稿子。'
    case 'secrecy-cleared':
      return document.secrecyOpinion ? null : '还没有保密审查意见，不能往下走（R-EXC-10）。'
    case 'no-secrecy-opinion':
      return document.secrecyOpinion ? '已经有保密审查意见。' : null
    case 'text-as-signed':
      return draft && draft.digest === document.sealedDigest
        ? null
        : '稿子和签发的文字不一致，不能公开。请联系系统管理员核对审计记录。'
    // Asked of the search for personal data by the act itself; what it finds names each place
    case 'findings-decided':
      return null
  }
}

/** R-SRC-01: the attribute comes with its reason; what is not to be open, with its reason in law. */
export function attributeFault(
  document: Pick<Document, 'openness' | 'opennessGround' | 'opennessReason'>,
): string | null {
  if (!document.openness) return '还没有标明公开属性（R-SRC-01）。'
  if (document.opennessReason.trim().length < 4) return '还没有写明公开属性的理由（R-SRC-01、R-SRC-03）。'
  if (document.openness === 'withheld' && !document.opennessGround)
    return '拟不公开的，还没有写明法律依据（R-SRC-01，条例第十四条至第十六条）。'
  return null
}

function markFault(draft: ProcedureDraft): string | null {
  const lines = plainText(draft.text.bodyHtml.replace(/<\/(?:p|h\d|li|tr|div)>|<br\s*\/?>/g, '$&\n')).split(
    '\n',
  )
  const found = secrecyMarkIn([draft.text.title, ...lines.map(line => line.trim()).filter(Boolean)])
  return found === null
    ? null
    : `稿子里印有“${found}”：要公开的文本不能带密级、份号或者“内部”标志（S-GWG-24）。`
}

const speaksForItself = ({ document, interpretation }: Case) =>
  document.openness !== 'proactive' ||
  Boolean(interpretation?.exempt) ||
  document.interpretationFollows !== ''

/** 同步组织: there is a plan, or the reason why there is none (R-INT-01, R-INT-07). */
function plannedFault(facts: Case): string | null {
  if (speaksForItself(facts)) return null
  const state = facts.interpretation?.state ?? 'none'
  return state === 'none'
    ? '还没有解读方案（R-INT-01）。请编制方案；不解读的，在稿子里选明理由（R-INT-07）。'
    : null
}

/** 同步审签、同步部署: the plan is approved and its material ready, or it is said why not (R-INT-01, R-INT-02). */
function settledFault(facts: Case): string | null {
  if (speaksForItself(facts)) return null
  const plan = facts.interpretation
  if (plan?.state === 'public' || plan?.state === 'ready') return null
  if (!plan?.plan) return '还没有解读方案，不能公开（R-INT-01）。'
  if (!plan.plan.approvedAt) return '解读方案还没有审定，不能公开（R-INT-01）。'
  return '解读材料还没有备好。请先把解读稿送审；来不及同时公开的，请“写明随后解读”（R-INT-02）。'
}

function firstMissing({ missing }: Case, rules?: readonly string[]): string | null {
  const found = missing.find(one => rules === undefined || rules.includes(one.rule))
  return found ? `${found.message.replace(/。$/, '')}（${found.rule}）。` : null
}

const openReviews = ({ reviews }: Case) => reviews.filter(review => review.opinion === null)

/** The review that waits for this person's opinion. */
export const reviewOf = (actor: Actor, facts: Case): Review | undefined =>
  openReviews(facts).find(
    review => review.organId === facts.document.organId && mayGiveOpinion(actor, review),
  )

function whyNoReview(facts: Case): string {
  const [open] = openReviews(facts)
  if (!open) return '送出的审核都有了意见，请“按审核意见办理”。'
  return open.organId === facts.document.organId
    ? '送审的人不能自己出具意见（R-NOR-09）。请换一位合法性审核员。'
    : `正在等待${open.organName}出具${reviewKinds[open.kind].label}意见，由那里的合法性审核员在“规范性文件”里办理。`
}

const lacking = (facts: Case, types: readonly MaterialType[]): string | null =>
  facts.document.origin === 'received' ? null : absent(facts, types)

function absent({ materials }: Case, types: readonly MaterialType[]): string | null {
  const missing = types.filter(type => !materials.some(material => material.type === type))
  return missing.length > 0 ? `还没有附：${missing.map(type => materialTypes[type]).join('、')}。` : null
}

/** The co-issuing organ for which somebody may sign and that has not signed this text yet. */
export function cosignerOf(actor: Actor, facts: Case): CoOrgan | undefined {
  return facts.coOrgans.find(
    one =>
      (facts.draft === null || one.coSignedDigest !== facts.draft.digest) &&
      partiesOf(actor, { organId: facts.document.organId, coOrganIds: [one.organId] }).includes('co-signer'),
  )
}

/** Every act that the table knows in this state, and whether this person may; the screen shows just these. */
export function offered(actor: Actor, facts: Case): { act: DocumentAct; obstacle: Obstacle | null }[] {
  return (Object.keys(acts) as DocumentAct[])
    .filter(act => acts[act].at[facts.document.state])
    .map(act => ({ act, obstacle: whyNot(actor, act, facts) }))
}
