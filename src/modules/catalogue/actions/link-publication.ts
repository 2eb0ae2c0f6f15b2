import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { findOrganByKey } from '#modules/organisations'
import { publicationIdsOf, publicationTag, publicByIds } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { nameOf } from '../item.ts'
import { mayRecordUnder } from '../policy.ts'
import { findItem } from '../queries.ts'
import { settleLinks } from '../settle-links.ts'
import { catalogueTag } from '../tags.ts'

export const linkPublicationInput = z.object({
  itemId: z.uuid(),
  /** Its address, or the short id at the end of it. */
  publication: z
    .string()
    .trim()
    .transform((text, check) => {
      const found = /(?:^|\/)([2-9a-hjkmnp-z]{10})(?:$|[/.?#])/.exec(text)?.[1]
      if (!found)
        check.addIssue({
          code: 'custom',
          message: '请粘贴已经公开的那一件的网址，例如 /notices/7k2m9c4x3p。',
        })
      return found ?? ''
    }),
})

/** Says that something public stands under an item (R-GRS-04); it meets the item's oldest open duty of that organ. */
export async function linkPublication(
  ctx: Context,
  input: z.output<typeof linkPublicationInput>,
): Promise<{ met: number }> {
  return inTransaction(ctx.db, async db => {
    const id = (await publicationIdsOf(db, [input.publication])).get(input.publication)
    const met = await linkOne({ ...ctx, db }, input.itemId, id)
    if (met === null) throw conflict('catalogue.linked-already', '这一件已经归在这个事项下。')
    return { met }
  })
}

/** @returns how many duties it met; null when it stands there already. */
async function linkOne(
  ctx: Context,
  itemId: string,
  publicationId: string | undefined,
): Promise<number | null> {
  const { db } = ctx
  const { item, row, name } = await both(ctx, itemId, publicationId)
  if (item.retiredAt) throw conflict('catalogue.retired', '这个事项已经停用。请先恢复，或者选别的事项。')
  const saved = await db
    .insertInto('cataloguePublications')
    .values({
      itemId: item.id,
      publicationId: row.id,
      linkedBy: actorName(ctx.actor),
      linkedAt: ctx.clock.now(),
    })
    .onConflict(known => known.doNothing())
    .returning('itemId')
    .executeTakeFirst()
  if (!saved) return null
  const { length: met } = await settleLinks(db, ctx, item)
  await recordAct(db, ctx, {
    act: 'catalogue.publication-linked',
    sentence: `把《${row.title}》归入目录事项“${name}”`,
    object: { kind: 'catalogue-item', id: item.id, label: name },
  })
  await announceChange(db, [catalogueTag(item.siteId), publicationTag(row.id)])
  return met
}

export const linkManyInput = z.object({
  itemId: z.uuid('请选择目录事项。'),
  publicationIds: z.array(z.uuid()).min(1, '请至少勾选一件。').max(100, '一次最多 100 件。'),
})

/** Puts several under one item; what stands there already stays. All of them, or none. */
export async function linkMany(
  ctx: Context,
  input: z.output<typeof linkManyInput>,
): Promise<{ linked: number; met: number }> {
  return inTransaction(ctx.db, async db => {
    const done = { linked: 0, met: 0 }
    for (const publicationId of input.publicationIds) {
      const met = await linkOne({ ...ctx, db }, input.itemId, publicationId)
      if (met !== null) done.linked++
      done.met += met ?? 0
    }
    return done
  })
}

export const unlinkPublicationInput = z.object({ itemId: z.uuid(), publicationId: z.uuid() })

/** Takes it out from under the item; a duty that it met stays met. */
export async function unlinkPublication(
  ctx: Context,
  input: z.output<typeof unlinkPublicationInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const { item, row, name } = await both({ ...ctx, db }, input.itemId, input.publicationId)
    await db
      .deleteFrom('cataloguePublications')
      .where('itemId', '=', item.id)
      .where('publicationId', '=', row.id)
      .execute()
    await recordAct(db, ctx, {
      act: 'catalogue.publication-unlinked',
      sentence: `把《${row.title}》移出目录事项“${name}”`,
      object: { kind: 'catalogue-item', id: item.id, label: name },
    })
    await announceChange(db, [catalogueTag(item.siteId), publicationTag(row.id)])
  })
}

async function both(ctx: Context, itemId: string, publicationId: string | undefined) {
  const item = await findItem(ctx.db, { id: itemId }, { lock: true })
  if (!item) throw notFound('catalogue.unknown-item', '没有这个事项。请从目录列表重新选择。')
  const [row] = publicationId ? await publicByIds(ctx.db, ctx.clock.now(), item.siteId, [publicationId]) : []
  if (!row)
    throw invalid('catalogue.not-public', '这一件现在没有在本站点公开。请先发布，再归入目录；或者核对网址。')
  const organ = await findOrganByKey(ctx.db, row.organKey)
  permit(mayRecordUnder(ctx.actor, organ?.id), 'catalogue.may-not-link')
  return { item, row, name: nameOf(item.content) }
}
