import { type Actor, holds } from '#platform/actor'
import type { Party } from './acts.ts'

/** Whoever works with publications or for an owing organ reads the ledgers of the government. */
export const mayReadLedger = (actor: Actor) =>
  holds(actor, ['drafter', 'department-head', 'openness-office', 'general-office', 'leader'])

/** The openness office of the keeping organ uploads, confirms and keeps (条例 Art. 4; R-SUP-02). */
export const mayKeepLedger = (actor: Actor, organId?: string) => holds(actor, 'openness-office', organId)

/** Somebody who works on the tasks of an organ. */
export const mayWorkOnTasks = (actor: Actor, organId?: string) =>
  holds(actor, ['drafter', 'department-head'], organId)

export interface Concerned {
  /** The keeping organ of the plan. */
  organId: string
  /** Organs that owe the task, or any task of the plan. */
  owing: readonly string[]
}

/** As what somebody may act here. The openness office of an owing organ works for that organ too. */
export function partiesOf(actor: Actor, { organId, owing }: Concerned): Party[] {
  const found: Party[] = []
  if (mayKeepLedger(actor, organId)) found.push('keeper')
  if (holds(actor, 'leader', organId)) found.push('leader')
  if (owing.some(id => mayWorkOnTasks(actor, id) || mayKeepLedger(actor, id))) found.push('unit')
  return found
}
