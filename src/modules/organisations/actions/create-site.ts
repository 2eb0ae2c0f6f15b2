import type { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { changes } from '../changes.ts'
import { key, siteSettings } from '../input.ts'
import { mustStand } from '../organ.ts'
import { mayEditSite } from '../policy.ts'
import { getOrgan, lockTree } from '../queries.ts'
import type { SiteRow } from '../site.ts'
import { checkHosts } from '../site-checks.ts'
import { clearDefaultSite, findSite, insertSite, listSites } from '../site-queries.ts'

export const createSiteInput = siteSettings.extend({ key })
export type CreateSite = z.output<typeof createSiteInput>

export async function createSite(ctx: Context, input: CreateSite): Promise<SiteRow> {
  return inTransaction(ctx.db, async db => {
    await lockTree(db)
    const organ = await getOrgan(db, input.organId)
    permit(mayEditSite(ctx.actor, organ.id), 'organisations.may-not-create-site')

    mustStand(organ, ctx.clock.today())
    const sites = await listSites(db)
    if (sites.some(site => site.key === input.key))
      throw conflict('organisations.site-key-taken', `已经有代码为“${input.key}”的站点，请换一个。`)
    checkHosts(sites, input.hosts, null)

    const id = uuidv7()
    // The first site answers where no other is meant.
    const isDefault = input.isDefault || sites.length === 0
    if (isDefault) await clearDefaultSite(db)
    await insertSite(db, { id, ...input, isDefault }, { by: actorName(ctx.actor), at: ctx.clock.now() })
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.create-site',
        sentence: `新建站点“${input.name}”`,
        object: { kind: 'site', id, label: input.name },
        details: changes(null, input),
      },
    )
    await announceChange(db, ['sites', '*'])
    return (await findSite(db, { key: input.key })) as SiteRow
  })
}
