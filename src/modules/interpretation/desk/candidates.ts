import { listOrgansBelow } from '#modules/organisations'
import { type PlannedItem, publicBetween, publicByIds } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { siteNamed } from '../actions/run-round.ts'
import { mayNominate } from '../policy.ts'
import type { Round } from '../selection.ts'
import type { Nomination } from '../selection-queries.ts'

/** What the year has to offer and is not nominated yet. */
export async function candidates(
  ctx: DeskContext,
  round: Round,
  nominations: readonly Nomination[],
): Promise<PlannedItem[]> {
  const start = (year: number) => new Date(`${year}-01-01T00:00:00+08:00`)
  const now = ctx.clock.now()
  const site = await siteNamed(ctx.db, round.siteId)
  const organIds = [site.organId, ...(await listOrgansBelow(ctx.db, site.organId))]
  const found = await publicBetween(
    ctx.db,
    now,
    { organIds, kind: 'interpretation', from: start(round.year), before: start(round.year + 1) },
    500,
  )
  const shown = await publicByIds(
    ctx.db,
    now,
    site.id,
    found.map(item => item.id),
  )
  const isOffered = (item: PlannedItem) =>
    shown.some(one => one.id === item.id) &&
    mayNominate(ctx.actor, item.organId) &&
    !nominations.some(one => one.publicationId === item.id)
  return found.filter(isOffered)
}
