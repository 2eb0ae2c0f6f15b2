import { notFound } from '#lib/errors'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import type { Plan } from '../plan.ts'
import { findPlan } from '../queries.ts'

/** The plan of the address `/…/:id`. @throws notFound */
export async function planOf(ctx: DeskContext, incoming: Incoming): Promise<Plan> {
  const id = incoming.params.id ?? ''
  const plan = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? await findPlan(ctx.db, { id }) : null
  if (!plan) throw notFound('ledger.unknown-plan', '没有这份台账。请从台账列表重新选择。')
  return plan
}
