import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { changes } from '../changes.ts'
import { revision, siteSettings } from '../input.ts'
import { mustStand } from '../organ.ts'
import { mayEditSite } from '../policy.ts'
import { getOrgan, lockTree } from '../queries.ts'
import type { SiteRow } from '../site.ts'
import { checkHosts } from '../site-checks.ts'
import { changeSite, clearDefaultSite, listSites } from '../site-queries.ts'
import { changedMeanwhile } from './update-organ.ts'

export const updateSiteInput = siteSettings.extend({ siteId: z.uuid('请选择站点。'), revision })
export type UpdateSite = z.output<typeof updateSiteInput>

export async function updateSite(ctx: Context, input: UpdateSite): Promise<SiteRow> {
  return inTransaction(ctx.db, async db => {
    await lockTree(db)
    const sites = await listSites(db)
    const site = sites.find(one => one.id === input.siteId)
    if (!site) throw notFound('organisations.no-such-site', '没有找到这个站点。请从站点列表中重新选择。')
    const organ = await getOrgan(db, input.organId)
    permit(
      mayEditSite(ctx.actor, site.organId) && mayEditSite(ctx.actor, organ.id),
      'organisations.may-not-edit-site',
    )

    if (input.revision !== null && input.revision !== site.revision)
      throw conflict('organisations.changed-meanwhile', changedMeanwhile(site.changedBy))
    if (organ.id !== site.organId) mustStand(organ, ctx.clock.today())
    checkHosts(sites, input.hosts, site.id)
    if (site.isDefault && !input.isDefault)
      throw invalid(
        'organisations.default-site-needed',
        '必须有一个默认站点。要改换，请到另一个站点的设置里把它设为默认。',
      )

    const { siteId: _, revision: __, ...settings } = input
    if (input.isDefault && !site.isDefault) await clearDefaultSite(db)
    await changeSite(db, site.id, settings, { by: actorName(ctx.actor), at: ctx.clock.now() })
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.update-site',
        sentence: `修改站点“${site.name}”的设置`,
        object: { kind: 'site', id: site.id, label: settings.name },
        details: changes(site, settings),
      },
    )
    await announceChange(db, ['sites', '*'])
    return (await listSites(db)).find(one => one.id === site.id) as SiteRow
  })
}
