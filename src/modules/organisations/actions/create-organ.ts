import type { z } from 'zod'
import { permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { changes } from '../changes.ts'
import { key, organFacts } from '../input.ts'
import type { Organ } from '../organ.ts'
import { checkDocCodes, checkKeyFree, checkParent } from '../organ-checks.ts'
import { mayCreateOrgan } from '../policy.ts'
import { getOrgan, insertOrgan, listOrgans, lockTree } from '../queries.ts'
import { rootsOf } from '../tree.ts'

export const createOrganInput = organFacts.extend({ key })
export type CreateOrgan = z.output<typeof createOrganInput>

export async function createOrgan(ctx: Context, input: CreateOrgan): Promise<Organ> {
  return inTransaction(ctx.db, async db => {
    await lockTree(db)
    const organs = await listOrgans(db, { includeAbolished: true })
    permit(mayCreateOrgan(ctx.actor, input.parentId, rootsOf(organs)), 'organisations.may-not-create-organ')

    checkKeyFree(organs, input.key)
    checkParent(organs, input.parentId, ctx.clock.today())
    checkDocCodes(organs, input.docCodes, null)

    const id = uuidv7()
    await insertOrgan(db, { id, ...input }, { by: actorName(ctx.actor), at: ctx.clock.now() })
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.create-organ',
        sentence: `新建机构“${input.name}”`,
        object: { kind: 'organ', id, label: input.name },
        details: changes(null, input),
      },
    )
    await announceChange(db, ['organs', '*'])
    return getOrgan(db, id)
  })
}
