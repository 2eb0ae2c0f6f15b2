import type { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { changes } from '../changes.ts'
import { organFacts, organId, revision } from '../input.ts'
import { mustNotBeAbolished, type Organ } from '../organ.ts'
import { checkDocCodes, checkMove, checkParent } from '../organ-checks.ts'
import { mayEditOrgan, mayMoveOrgan } from '../policy.ts'
import { changeOrgan, getOrgan, listOrgans, lockOrgan, lockTree } from '../queries.ts'
import { rootsOf } from '../tree.ts'

export const updateOrganInput = organFacts.extend({ organId: organId('机构'), revision })
export type UpdateOrgan = z.output<typeof updateOrganInput>

/** Facts of an organ as they should read now. A new name by decision of the authorities is a restructuring instead. */
export async function updateOrgan(ctx: Context, input: UpdateOrgan): Promise<Organ> {
  return inTransaction(ctx.db, async db => {
    await lockTree(db)
    const organ = await lockOrgan(db, input.organId)
    const organs = await listOrgans(db, { includeAbolished: true })
    permit(
      organ.parentId === input.parentId
        ? mayEditOrgan(ctx.actor, organ.id)
        : mayMoveOrgan(ctx.actor, organ.id, input.parentId, rootsOf(organs)),
      'organisations.may-not-edit-organ',
    )

    mustNotBeAbolished(organ)
    if (input.revision !== null && input.revision !== organ.revision)
      throw conflict('organisations.changed-meanwhile', changedMeanwhile(organ.changedBy))
    if (organ.parentId !== input.parentId) checkParent(organs, input.parentId, ctx.clock.today())
    checkMove(organs, organ, input.parentId)
    checkDocCodes(organs, input.docCodes, organ.id)

    const { organId: _, revision: __, ...facts } = input
    await changeOrgan(db, organ.id, facts, { by: actorName(ctx.actor), at: ctx.clock.now() })
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.update-organ',
        sentence: `修改机构“${organ.name}”的基本信息`,
        object: { kind: 'organ', id: organ.id, label: facts.name },
        details: changes(organ, facts),
      },
    )
    await announceChange(db, ['organs', '*'])
    return getOrgan(db, organ.id)
  })
}

export const changedMeanwhile = (by: string) =>
  `${by === '' ? '另一位同事' : by}在您打开表单以后已经保存过修改。请核对两份内容后再保存。`
