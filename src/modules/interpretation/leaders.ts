import { fromBeijing } from '#lib/beijing-time'
import { listOrgans, listOrgansBelow, type Organ, standsOn } from '#modules/organisations'
import { type PlannedItem, publicBetween } from '#modules/publications'
import type { Context, Site } from '#platform/context'
import { type Interpreter, interpreterOf } from './who.ts'

export interface LeadersOfOrgan {
  organ: Pick<Organ, 'id' | 'name' | 'shortName' | 'key'>
  spoken: { item: PlannedItem; who: Interpreter }[]
}

/** More interpretations in one year than any government publishes. */
const most = 2000

/**
 * Per organ that owes it (I3: governments and departments), the interpretations of a year in which its head speaks; organs
 * without any are there, too.
 */
export async function leadersOfYear(
  ctx: Pick<Context, 'db' | 'clock'>,
  site: Pick<Site, 'organId'>,
  year: number,
): Promise<LeadersOfOrgan[]> {
  const { db, clock } = ctx
  const start = (of: number) => fromBeijing(`${of}-01-01`) ?? new Date(0)
  const [organs, below] = await Promise.all([listOrgans(db), listOrgansBelow(db, site.organId)])
  const organIds = [site.organId, ...below]
  const items = await publicBetween(
    db,
    clock.now(),
    { organIds, kind: 'interpretation', from: start(year), before: start(year + 1) },
    most,
  )
  const spoken = items.flatMap(item => {
    const who = interpreterOf(item.fields)
    const named = organs.find(organ => organ.name === who.organ || organ.shortName === who.organ)
    return who.isLeader ? [{ item, who, organId: named?.id ?? item.organId }] : []
  })
  const reach = new Set(organIds)
  const owes = (organ: Organ) => organ.type === 'government' || organ.type === 'department'
  const day = `${year}-12-31` < clock.today() ? `${year}-12-31` : clock.today()
  return organs
    .filter(organ => reach.has(organ.id))
    .map(organ => ({ organ, spoken: spoken.filter(one => one.organId === organ.id) }))
    .filter(({ organ, spoken: own }) => own.length > 0 || (owes(organ) && standsOn(organ, day)))
}
