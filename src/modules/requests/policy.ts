import { type Actor, holds, type Role } from '#platform/actor'
import type { Party } from './acts.ts'

/** Which roles of the organ make somebody a party; of a unit, those of the organ that was given a task. */
const rolesOf: Readonly<Record<Exclude<Party, 'applicant'>, readonly Role[]>> = {
  clerk: ['window-clerk'],
  officer: ['case-officer', 'openness-office'],
  head: ['openness-office'],
  signer: ['signer', 'leader'],
  unit: ['drafter', 'department-head', 'case-officer', 'openness-office'],
}
const handling: readonly Role[] = [
  ...new Set([...rolesOf.clerk, ...rolesOf.officer, ...rolesOf.head, ...rolesOf.signer]),
]

/** Whose matter it is: the organ that was asked, and those that were given a part of the work. */
export interface Concerned {
  organId: string
  taskOrganIds: readonly string[]
}

/** As what somebody on the desk acts on a request. */
export function partiesOf(actor: Actor, { organId, taskOrganIds }: Concerned): Party[] {
  if (actor.kind === 'visitor') return []
  return (Object.keys(rolesOf) as Exclude<Party, 'applicant'>[]).filter(party =>
    party === 'unit'
      ? taskOrganIds.some(id => holds(actor, rolesOf.unit, id))
      : holds(actor, rolesOf[party], organId),
  )
}

export const rolesOfParty = (party: Exclude<Party, 'applicant'>): readonly Role[] => rolesOf[party]

/** Whoever takes in, handles or signs requests, or works on a part of one. */
export const mayReadRequests = (actor: Actor) => holds(actor, [...handling, ...rolesOf.unit])

/** Of the organ that was asked: names and what was asked for are personal data. */
export const mayHandleRequest = (actor: Actor, organId?: string) => holds(actor, handling, organId)

/** Writes down what came to the counter, by telephone line of fax, or by post (R-REQ-02). */
export const mayFileRequest = (actor: Actor, organId?: string) =>
  holds(actor, [...rolesOf.clerk, ...rolesOf.officer], organId)

/** The organs whose requests somebody handles. */
export const reachOf = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? [...new Set(actor.posts.filter(post => handling.includes(post.role)).flatMap(post => post.reach))]
    : []

/** The organs for which somebody works on parts that were given out. */
export const unitsOf = (actor: Actor): string[] =>
  actor.kind === 'staff'
    ? [...new Set(actor.posts.filter(post => rolesOf.unit.includes(post.role)).flatMap(post => post.reach))]
    : []
