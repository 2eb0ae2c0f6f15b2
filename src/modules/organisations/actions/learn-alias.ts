import { z } from 'zod'
import { conflict, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { endAlias, findAlias, insertAlias } from '../alias-queries.ts'
import { mayEditProfile } from '../policy.ts'
import { getOrgan, listOrgansAbove } from '../queries.ts'

export const learnAliasInput = z.object({
  organId: z.uuid(),
  alias: z
    .string()
    .transform(text => text.replace(/[\s　]/g, ''))
    .pipe(z.string().min(2, '叫法至少 2 个字。').max(60, '叫法最多 60 个字。')),
  /** Where the name was met, in words: the title of a document. */
  learnedFrom: z.string().trim().min(1).max(200),
})

/** A name by which documents call an organ, from a person's decision. @returns whether it is new. */
export async function learnAlias(ctx: Context, input: z.output<typeof learnAliasInput>): Promise<boolean> {
  return inTransaction(ctx.db, async db => {
    const organ = await getOrgan(db, input.organId)
    const above = await listOrgansAbove(db, organ.id)
    permit(mayEditProfile(ctx.actor, { id: organ.id, above }), 'organisations.may-not-name')
    if (input.alias === organ.name || input.alias === organ.shortName) return false
    const isNew = await insertAlias(db, {
      ...input,
      id: uuidv7(),
      addedBy: actorName(ctx.actor),
      addedById: actorId(ctx.actor),
      addedAt: ctx.clock.now(),
    })
    if (isNew)
      await recordAct(db, ctx, {
        act: 'organisations.learn-alias',
        sentence: `记住“${input.alias}”指“${organ.name}”，出自${input.learnedFrom}`,
        object: { kind: 'organ', id: organ.id, label: organ.name },
      })
    return isNew
  })
}

export const forgetAliasInput = z.object({
  id: z.uuid(),
  reason: z.string().trim().min(2, '请写明为什么不再用，例如：认错了单位。').max(200, '理由最多 200 字。'),
})

/** Takes an alias back; it stays on record with the reason. */
export async function forgetAlias(ctx: Context, input: z.output<typeof forgetAliasInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const alias = await findAlias(db, input.id)
    if (!alias) throw notFound('organisations.no-such-alias', '没有这个叫法。请从机构页面重新选择。')
    const organ = await getOrgan(db, alias.organId)
    const above = await listOrgansAbove(db, organ.id)
    permit(mayEditProfile(ctx.actor, { id: organ.id, above }), 'organisations.may-not-name')
    if (alias.removedAt)
      throw conflict('organisations.alias-removed', `“${alias.alias}”已由${alias.removedBy}取消。`)
    await endAlias(db, alias.id, {
      removedAt: ctx.clock.now(),
      removedBy: actorName(ctx.actor),
      removedReason: input.reason,
    })
    await recordAct(db, ctx, {
      act: 'organisations.forget-alias',
      sentence: `不再把“${alias.alias}”认作“${organ.name}”，理由：${input.reason}`,
      object: { kind: 'organ', id: organ.id, label: organ.name },
    })
  })
}
