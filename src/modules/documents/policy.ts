import { type Actor, actorId, holds, type Role } from '#platform/actor'

/** As what somebody acts on a document, by the roles of the organ that issues it. */
export const parties = {
  drafter: '起草人',
  head: '部门负责人',
  legality: '合法性审核员',
  secrecy: '保密审查员',
  openness: '政务公开办',
  office: '办公室核稿',
  signer: '签发人',
  'co-signer': '会签单位签发人',
} as const
export type Party = keyof typeof parties

/** Which roles make somebody a party; those of a co-signer are held in a co-issuing organ. */
export const rolesOf: Readonly<Record<Party, readonly Role[]>> = {
  drafter: ['drafter', 'department-head', 'openness-office', 'general-office'],
  head: ['department-head'],
  legality: ['legality-reviewer'],
  secrecy: ['secrecy-reviewer'],
  openness: ['openness-office'],
  office: ['general-office'],
  signer: ['signer', 'leader'],
  'co-signer': ['signer', 'leader'],
}
const allRoles = [...new Set(Object.values(rolesOf).flat())]

/** Whose matter it is: the issuing organ, and those that issue it together with it. */
export interface Concerned {
  organId: string
  coOrganIds: readonly string[]
}

export function partiesOf(actor: Actor, { organId, coOrganIds }: Concerned): Party[] {
  if (actor.kind === 'visitor') return []
  return (Object.keys(parties) as Party[]).filter(party =>
    party === 'co-signer'
      ? coOrganIds.some(id => holds(actor, rolesOf[party], id))
      : holds(actor, rolesOf[party], organId),
  )
}

/** The role in which somebody acts as this party, and for whom he stands in. */
export function actsAs(
  actor: Actor,
  party: Party,
  { organId, coOrganIds }: Concerned,
): { role: Role | null; deputyFor: string | null } {
  if (actor.kind !== 'staff') return { role: null, deputyFor: null }
  const organs = party === 'co-signer' ? coOrganIds : [organId]
  const posts = actor.posts.filter(
    post => rolesOf[party].includes(post.role) && organs.some(id => post.reach.includes(id)),
  )
  const post = posts.find(one => one.deputyFor === undefined) ?? posts[0]
  return { role: post?.role ?? null, deputyFor: post?.deputyFor ?? null }
}

/** Whoever drafts, reviews or signs sees the desk's documents, of his own organs. */
export const mayReadDocuments = (actor: Actor) => holds(actor, allRoles)

/** Of the issuing organ, or one that issues it too. */
export const mayReadDocument = (actor: Actor, { organId, coOrganIds }: Concerned) =>
  [organId, ...coOrganIds].some(id => holds(actor, allRoles, id))

export const mayStartDocument = (actor: Actor, organId?: string) => holds(actor, rolesOf.drafter, organId)

/** 登记已签发公文: the office or the openness office enters what was signed elsewhere. */
export const mayReceiveSigned = (actor: Actor, organId?: string) =>
  holds(actor, ['general-office', 'openness-office'], organId)

/** Families of numbers, gaps, and which steps the organ has. */
export const mayKeepNumbers = (actor: Actor, organId?: string) =>
  holds(actor, ['general-office', 'openness-office'], organId)

/** The organs in which somebody has anything to do with documents. */
export const reachOf = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? [...new Set(actor.posts.filter(post => allRoles.includes(post.role)).flatMap(post => post.reach))]
    : []

/** Nobody reviews what he himself wrote last (R-EXC-13). */
export const wrote = (actor: Actor, editedById: string | null) =>
  actor.kind === 'staff' && actorId(actor) === editedById
