import { z } from 'zod'
import { notFound, Refused } from '#lib/errors'
import { type FormErrors, textOf } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import type { SeenTask } from '../actions/lock-plan.ts'
import type { Plan } from '../plan.ts'
import { mayKeepLedger } from '../policy.ts'
import { findPlan } from '../queries.ts'

export interface LoadedPlan {
  plan: Plan
  site: SiteRow
  keeps: boolean
}

/** The plan of the address. Whoever works with the ledger reads the whole of it. */
export async function loadPlan(ctx: DeskContext, incoming: Incoming): Promise<LoadedPlan> {
  const { id } = incoming.params
  const plan = z.uuid().safeParse(id).success ? await findPlan(ctx.db, { id: id ?? '' }) : null
  const site = plan && (await listSites(ctx.db)).find(one => one.id === plan.siteId)
  if (!plan || !site) throw notFound('ledger.unknown-plan', '没有这份台账。请从台账列表重新选择。')
  return { plan, site, keeps: mayKeepLedger(ctx.actor, plan.organId) }
}

/** Which task a form is about, and as which revision its page had shown it. */
export const seenIn = (incoming: Incoming, taskId = textOf(incoming.form, 'taskId')): SeenTask => ({
  taskId,
  revision: Number(textOf(incoming.form, 'revision')) || 0,
})

/** A refusal as errors of the form that was left, so that nothing typed is lost. */
export function asErrors(error: unknown, field = ''): FormErrors {
  if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
  return { [field]: error.message }
}
