import { nextMidnight } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { findPublicView, listsTag, type PublicView, publicationTag } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { type Redirect, seeOther } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { type ProgressTable, tableOf } from '../progress/progress-table.ts'

export interface FoundTable {
  view: PublicView
  table: ProgressTable
  /** Address of the plan, with the site's base. */
  address: string
  cache: { dependsOn: string[]; freshUntil: Date }
}

/** The public table that an address speaks of; what has left answers at its own address. @throws notFound */
export async function findTable(ctx: PublicContext, incoming: Incoming): Promise<FoundTable | Redirect> {
  const publicId = incoming.params.file ?? ''
  const now = ctx.clock.now()
  const view = publicIdPattern.test(publicId)
    ? await findPublicView(ctx.db, now, { siteId: ctx.site.id, publicId, segment: 'plans' })
    : null
  if (!view) throw notFound('ledger.no-such-plan', '没有找到这份重点任务。请从“重点任务”里找。')
  const address = `${ctx.site.base}/plans/${publicId}`
  if ('how' in view) return seeOther(address)
  const table = tableOf(view.fields)
  if (!table) throw notFound('ledger.no-such-plan', '这份重点任务没有可以逐项查看的表。')
  return {
    view,
    table,
    address,
    // Late is late from midnight on
    cache: { dependsOn: [publicationTag(view.id), listsTag(ctx.site.id)], freshUntil: nextMidnight(now) },
  }
}
