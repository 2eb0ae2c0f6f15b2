import { z } from 'zod'
import { inChinese } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { day, needed, organId, reason } from '../input.ts'
import type { Organ } from '../organ.ts'
import { mayRestructure } from '../policy.ts'
import {
  changeOrgan,
  insertRestructuring,
  listOrgans,
  listRestructurings,
  lockOrgan,
  lockTree,
} from '../queries.ts'
import { planRestructuring, type RestructuringKind, restructuringKinds } from '../restructuring.ts'
import type { SiteRow } from '../site.ts'
import { changeSite, listSites } from '../site-queries.ts'

export const restructureInput = z.object({
  organId: organId('机构'),
  kind: z.enum(Object.keys(restructuringKinds) as [RestructuringKind], '请选择调整的方式。'),
  successorId: z.preprocess(blankAsNull, organId('承接机构').nullable()).default(null),
  newName: z.preprocess(blankAsNull, needed('新名称', 100).nullable()).default(null),
  newShortName: z.preprocess(blankAsNull, needed('新简称', 40).nullable()).default(null),
  happenedOn: day('最后一天'),
  reason,
})
export type Restructure = z.output<typeof restructureInput>

/** What moved with the restructuring. What other modules hold is not moved: they ask `successorOf` for the day. */
export interface Restructured {
  organ: Organ
  successor: Organ | null
  movedOrgans: Organ[]
  movedSites: SiteRow[]
}

export async function restructure(ctx: Context, input: Restructure): Promise<Restructured> {
  return inTransaction(ctx.db, async db => {
    await lockTree(db)
    const organ = await lockOrgan(db, input.organId)
    permit(mayRestructure(ctx.actor, organ.id, null), 'organisations.may-not-restructure')
    const organs = await listOrgans(db, { includeAbolished: true })
    const earlier = (await listRestructurings(db, organ.id)).own
    const plan = planRestructuring(organ, input, organs, earlier, ctx.clock.today())
    const successorId = plan.successor?.id ?? null
    permit(mayRestructure(ctx.actor, organ.id, successorId), 'organisations.may-not-restructure')

    const changed = { by: actorName(ctx.actor), at: ctx.clock.now() }
    await insertRestructuring(db, {
      id: uuidv7(),
      organId: organ.id,
      kind: input.kind,
      successorId,
      formerName: organ.name,
      happenedOn: input.happenedOn,
      reason: input.reason,
      recordedBy: changed.by,
      recordedAt: changed.at,
    })
    let movedSites: SiteRow[] = []
    if (plan.successor === null) {
      const name = input.newName ?? organ.name
      await changeOrgan(db, organ.id, { name, shortName: input.newShortName ?? organ.shortName }, changed)
    } else {
      await changeOrgan(db, organ.id, { abolishedOn: input.happenedOn, successorId }, changed)
      if (plan.successorParentId !== undefined)
        await changeOrgan(db, plan.successor.id, { parentId: plan.successorParentId }, changed)
      for (const child of plan.movingChildren)
        await changeOrgan(db, child.id, { parentId: plan.successor.id }, changed)
      movedSites = (await listSites(db)).filter(site => site.organId === organ.id)
      for (const site of movedSites) await changeSite(db, site.id, { organId: plan.successor.id }, changed)
    }
    const movedOrgans = plan.movingChildren
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.restructure',
        sentence: `登记机构调整：“${organ.name}”${restructuringKinds[input.kind]}，${
          plan.successor ? `由“${plan.successor.name}”承接` : `更名为“${input.newName}”`
        }，最后一天${inChinese(input.happenedOn)}`,
        object: { kind: 'organ', id: organ.id, label: organ.name },
        details: {
          ...input,
          successorId,
          movedOrgans: movedOrgans.map(one => one.key),
          movedSites: movedSites.map(one => one.key),
        },
      },
    )
    await announceChange(db, ['organs', 'sites', '*'])
    return { organ, successor: plan.successor, movedOrgans, movedSites }
  })
}
