import { listOrgans, listOrgansBelow, listOtherNames, type Organ } from '#modules/organisations'
import type { Database } from '#platform/db/database'
import type { NameDecision } from './owing-queries.ts'
import type { Plan } from './plan.ts'
import type { Task } from './task.ts'
import { type KnownOrgan, type ResolvedUnit, resolveUnits } from './units/resolve-units.ts'

/** A name as the document prints it, once, with what it may mean and what was decided. */
export interface PrintedName {
  printed: string
  /** In how many tasks that are not dropped. */
  tasks: number
  proposal: ResolvedUnit
  decision: NameDecision | null
}

const printedBy = (task: Pick<Task, 'lead' | 'responsible' | 'supporting'>) => [
  ...new Set([...task.lead, ...task.responsible, ...task.supporting]),
]

/** Each printed name with the number of tasks that print it, in the order of the document. */
export function countNames(tasks: readonly Task[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const task of tasks)
    if (task.droppedAt === null)
      for (const name of printedBy(task)) counted.set(name, (counted.get(name) ?? 0) + 1)
  return counted
}

/** The organs of the government whose plan it is: those that stand, in their order. */
export async function organsOf(db: Database, plan: Pick<Plan, 'organId'>): Promise<Organ[]> {
  const [organs, below] = await Promise.all([listOrgans(db), listOrgansBelow(db, plan.organId)])
  const here = new Set(below)
  return organs.filter(organ => here.has(organ.id))
}

/** What each printed name of a plan may mean, by the directory of units and what it has learned. */
export async function namesOf(
  db: Database,
  plan: Plan,
  tasks: readonly Task[],
  decisions: readonly NameDecision[],
): Promise<{ names: PrintedName[]; organs: Organ[] }> {
  const [organs, others] = await Promise.all([organsOf(db, plan), listOtherNames(db)])
  const counted = countNames(tasks)
  const proposals = resolveUnits(
    [...counted.keys()],
    organs.map(organ => known(organ, others)),
    plan.organId,
  )
  const decided = new Map(decisions.map(one => [one.printed, one]))
  return {
    organs,
    names: proposals.map(proposal => ({
      printed: proposal.printed,
      tasks: counted.get(proposal.printed) ?? 0,
      proposal,
      decision: decided.get(proposal.printed) ?? null,
    })),
  }
}

function known(
  organ: Organ,
  others: readonly { organId: string; name: string; how: 'former' | 'alias' }[],
): KnownOrgan {
  const named = (how: 'former' | 'alias') =>
    others.filter(one => one.organId === organ.id && one.how === how).map(one => one.name)
  return {
    id: organ.id,
    names: [organ.name, ...named('former')],
    shortNames: [organ.shortName],
    aliases: named('alias'),
    level: organ.level,
    parentId: organ.parentId,
    kind: organ.type,
  }
}
