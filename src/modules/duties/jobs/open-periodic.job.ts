import { z } from 'zod'
import { listOrgans, listSites, type Organ, type SiteRow, standsOn } from '#modules/organisations'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Job } from '#platform/module'
import { type NewDuty, openDuties } from '../actions/open-duties.ts'
import { dutiesTag } from '../duty.ts'
import { periodicRules, periodsOn } from '../periodic.ts'
import { listPeriodicChoices } from '../queries.ts'

/** Every night: duties that come round are opened for everybody who owes them; what is open already stays. */
export const openPeriodic: Job = {
  name: 'duties.open-periodic',
  payload: z.unknown(),
  schedule: '10 0 * * *',
  alsoAtStart: true,
  async run(ctx) {
    const opened = await openPeriodicDuties(ctx)
    if (opened > 0) ctx.log.info({ opened }, 'periodic duties opened')
  },
}

export async function openPeriodicDuties(ctx: Context): Promise<number> {
  const today = ctx.clock.today()
  const [sites, organs, choices] = await Promise.all([
    listSites(ctx.db),
    listOrgans(ctx.db),
    listPeriodicChoices(ctx.db),
  ])
  const duties: NewDuty[] = []
  for (const site of sites)
    for (const organ of owingAt(site, sites, organs))
      for (const rule of periodicRules) {
        const chosen = choices.find(choice => choice.siteId === site.id && choice.rule === rule.rule)
        if (!(chosen?.owed ?? rule.usual) || !rule.owedBy.includes(organ.type) || !standsOn(organ, today))
          continue
        for (const period of periodsOn(rule, today)) {
          const { from, to } = rule.span(period)
          duties.push({
            siteId: site.id,
            organId: organ.id,
            rule: rule.rule,
            article: rule.article,
            title: rule.title(period),
            domain: rule.domain,
            subject: { kind: 'organ', id: organ.id, label: organ.name },
            period,
            limit: { fixedOn: to },
            startedAt: new Date(`${from}T00:00:00+08:00`),
          })
        }
      }
  return inTransaction(ctx.db, async db => {
    const opened = await openDuties(db, ctx, duties)
    if (opened.length > 0)
      await announceChange(
        db,
        sites.map(site => dutiesTag(site.id)),
      )
    return opened.length
  })
}

/** The organs that answer at the site of their government: those below it, up to the next government that has a site of its own. */
function owingAt(site: SiteRow, sites: readonly SiteRow[], organs: readonly Organ[]): Organ[] {
  const government = organs.find(organ => organ.id === site.organId)
  const first = sites.find(one => one.organId === site.organId)
  // Two sites of one government do not reproach the same thing twice
  if (government?.type !== 'government' || first?.id !== site.id) return []
  const others = new Set(
    sites
      .filter(one => one.organId !== government.id)
      .map(one => one.organId)
      .filter(id => organs.find(organ => organ.id === id)?.type === 'government'),
  )
  const below = (parent: Organ): Organ[] => [
    parent,
    ...organs.filter(organ => organ.parentId === parent.id && !others.has(organ.id)).flatMap(below),
  ]
  return below(government)
}
