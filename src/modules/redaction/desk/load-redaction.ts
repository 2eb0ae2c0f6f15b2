import { notFound, permit } from '#lib/errors'
import type { DeskContext } from '#platform/context'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { mayRedact } from '../policy.ts'
import { findRedaction, type Redaction } from '../queries.ts'

export const may: DeskRoute['may'] = actor => mayRedact(actor)

/** The redaction of the address, if this person may redact for its organ. */
export async function loadRedaction(ctx: DeskContext, incoming: Incoming): Promise<Redaction> {
  const id = incoming.params.id ?? ''
  const redaction = /^[0-9a-f-]{36}$/.test(id) ? await findRedaction(ctx.db, id) : null
  if (!redaction) throw notFound('redaction.unknown', '没有找到这份遮盖。')
  permit(mayRedact(ctx.actor, redaction.organId), 'redaction.not-allowed')
  return redaction
}
