import { z } from 'zod'
import { conflict } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { nameOf } from '../item.ts'
import { catalogueTag } from '../tags.ts'
import { reasonInput } from './save-item.ts'
import { changeItem, lockItem, type Seen } from './write-item.ts'

export const retireItemInput = z.object({ reason: reasonInput })

/**
 * Takes an item out of the catalogue, or back into it, for a reason that stays (R-GRS-03). Its history and what was published under
 * it stay; duties that are open stay too: an item is not retired to escape them.
 */
export async function retireItem(
  ctx: Context,
  seen: Seen,
  input: z.output<typeof retireItemInput>,
  retired = true,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const item = await lockItem(db, ctx, seen)
    if ((item.retiredAt !== null) === retired)
      throw conflict('catalogue.retired-already', retired ? '这个事项已经停用。' : '这个事项没有停用。')
    const name = nameOf(item.content)
    await changeItem(db, ctx, item, {
      act: retired ? 'retired' : 'restored',
      reason: input.reason,
      retired,
    })
    await recordAct(db, ctx, {
      act: retired ? 'catalogue.item-retired' : 'catalogue.item-restored',
      sentence: `${retired ? '停用' : '恢复'}目录事项“${name}”，理由：${input.reason}`,
      object: { kind: 'catalogue-item', id: item.id, label: name },
    })
    await announceChange(db, [catalogueTag(item.siteId)])
  })
}
