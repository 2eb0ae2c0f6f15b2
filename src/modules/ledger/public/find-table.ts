import { dateInBeijing, isPlainDate, nextMidnight, type PlainDate } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { editionOn, findPublicView, listsTag, type PublicView, publicationTag } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { type Redirect, seeOther } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { type ProgressTable, tableOf } from '../progress/progress-table.ts'
import type { PlanPlace } from './plan-place.ts'

export interface FoundTable {
  view: PublicView
  table: ProgressTable
  place: PlanPlace
  /** The day by which it is told what is late: today, or the one that was asked about. */
  asOn: PlainDate
  /** Any day is an address: what is told of one is not kept in memory. */
  cache: { dependsOn?: string[]; freshUntil: Date }
}

/**
 * The public table that an address speaks of, with `?on=` as it stood that day. What has left answers at its own address, and
 * so does a day of which nothing can be told.
 * @throws notFound
 */
export async function findTable(ctx: PublicContext, incoming: Incoming): Promise<FoundTable | Redirect> {
  const publicId = incoming.params.file ?? ''
  const now = ctx.clock.now()
  const today = ctx.clock.today()
  const where = { siteId: ctx.site.id, publicId, segment: 'plans' }
  const current = publicIdPattern.test(publicId) ? await findPublicView(ctx.db, now, where) : null
  if (!current) throw notFound('ledger.no-such-plan', '没有找到这份重点任务。请从“重点任务”里找。')
  const address = `${ctx.site.base}/plans/${publicId}`
  if ('how' in current) return seeOther(address)
  const day = queryText(incoming, 'on')?.trim()
  if (day !== undefined && !(isPlainDate(day) && day <= today && dateInBeijing(current.firstPublicAt) <= day))
    return seeOther(`${address}?on=${encodeURIComponent(day)}`)
  const number = day === undefined ? current.number : editionOn(current, day)?.number
  const view =
    number === current.number ? current : await findPublicView(ctx.db, now, { ...where, number: number ?? 0 })
  const table = view && !('how' in view) ? tableOf(view.fields) : null
  if (!view || 'how' in view || !table)
    throw notFound('ledger.no-such-plan', '这份重点任务没有可以逐项查看的表。')
  // Late is late from midnight on
  const freshUntil = nextMidnight(now)
  return {
    view,
    table,
    place: { address, day: day ?? null },
    asOn: day ?? today,
    cache:
      day === undefined
        ? { dependsOn: [publicationTag(view.id), listsTag(ctx.site.id)], freshUntil }
        : { freshUntil },
  }
}
