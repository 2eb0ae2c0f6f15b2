import { itemsForPlans, type PlannedItem, speakersOf } from '#modules/publications'
import type { Database } from '#platform/db/database'
import { exemptionOf, type Plan, type PlanState, planStateOf } from './plan.ts'

/** The interpretation of one policy: its plan, its material, and how far it has come. */
export interface Interpretations {
  policy: PlannedItem
  /** Why there is to be none (R-INT-07). */
  exempt: string | null
  plan: Plan | null
  materials: PlannedItem[]
  state: PlanState
}

export async function findPlan(
  db: Database,
  publicationId: string,
  options: { lock?: boolean } = {},
): Promise<Plan | null> {
  const query = db.selectFrom('interpretationPlans').selectAll().where('publicationId', '=', publicationId)
  return (await (options.lock ? query.forUpdate() : query).executeTakeFirst()) ?? null
}

/** Of policies: what was begun out of their plan, and what speaks of them by a link; nothing that has left. */
export async function gatherInterpretations(
  db: Database,
  now: Date,
  policies: readonly PlannedItem[],
): Promise<Interpretations[]> {
  const ids = policies.map(policy => policy.id)
  if (ids.length === 0) return []
  const [plans, begun, linked] = await Promise.all([
    db.selectFrom('interpretationPlans').selectAll().where('publicationId', 'in', ids).execute(),
    db
      .selectFrom('interpretationPlanMaterials as m')
      .innerJoin('interpretationPlans as p', 'p.id', 'm.planId')
      .select(['p.publicationId as about', 'm.publicationId as id'])
      .where('p.publicationId', 'in', ids)
      .execute(),
    speakersOf(db, now, ids, 'interprets'),
  ])
  const items = await itemsForPlans(db, now, { ids: begun.map(one => one.id) })
  return policies.map(policy => {
    const plan: Plan | null = plans.find(one => one.publicationId === policy.id) ?? null
    const own = begun.filter(one => one.about === policy.id).map(one => one.id)
    const all = [...items.filter(item => own.includes(item.id)), ...(linked.get(policy.id) ?? [])]
    const materials = [...new Map(all.map(item => [item.id, item])).values()].filter(item => stands(item))
    const exempt = exemptionOf(policy.fields)
    return {
      policy,
      exempt,
      plan,
      materials,
      state: planStateOf({ exempt, hasPlan: plan !== null, materials }),
    }
  })
}

const stands = ({ state }: PlannedItem) => ['draft', 'in-review', 'scheduled', 'public'].includes(state)

/**
 * What is known of the interpretation of a policy, in whatever state both are: for those who bind it to the document (R-INT-01).
 * Null when there is no such publication.
 */
export async function interpretationPlanOf(
  db: Database,
  now: Date,
  publicationId: string,
): Promise<(Interpretations & { isSettled: boolean }) | null> {
  const policies = await itemsForPlans(db, now, { ids: [publicationId] })
  const [found] = await gatherInterpretations(db, now, policies)
  return found ? { ...found, isSettled: ['exempt', 'ready', 'public'].includes(found.state) } : null
}
