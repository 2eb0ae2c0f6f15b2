import { notFound } from '#lib/errors'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import { concernedIn } from '../on-request.ts'
import { mayHandleRequest, partiesOf, unitsOf } from '../policy.ts'
import { type Case, findRequest, gatherCase } from '../queries.ts'

/** For who handles it, or was given a part of it; to others there is no such request. */
export async function loadCase(ctx: DeskContext, incoming: Incoming): Promise<Case> {
  const id = incoming.params.id ?? ''
  const request = /^[0-9a-f-]{36}$/.test(id) ? await findRequest(ctx.db, { id }) : null
  const facts = request && (await gatherCase(ctx.db, request))
  if (!facts || partiesOf(ctx.actor, concernedIn(facts)).length === 0)
    throw notFound('requests.unknown', '没有这件申请。请从列表重新选择。')
  return mayHandleRequest(ctx.actor, facts.request.organId) ? facts : partOf(facts, unitsOf(ctx.actor))
}

/** What a unit sees of a request: the part that it was given. */
function partOf(facts: Case, units: readonly string[]): Case {
  const tasks = facts.tasks.filter(task => units.includes(task.organId))
  const given = new Set(tasks.map(task => task.itemId))
  return {
    ...facts,
    tasks,
    items: facts.items.filter(item => given.has(item.id)),
    searches: facts.searches.filter(search => given.has(search.itemId)),
    consultations: [],
    letters: [],
    outcomes: [],
  }
}
