import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { type ItemContent, identityOf, itemSchema, nameOf, sameContent } from '../item.ts'
import { listItems } from '../queries.ts'
import { catalogueTag } from '../tags.ts'
import {
  addItem,
  changeItem,
  lockCatalogue,
  lockItem,
  placesOf,
  type Seen,
  siteForEditing,
} from './write-item.ts'

export const reasonInput = z
  .string()
  .trim()
  .min(5, '请写明理由（至少 5 个字），例如：本县没有这项业务。会留在事项的历史里。')
  .max(300, '理由最多 300 字。')

/** The form of an item: its facts, and why it is added or differs here (R-GRS-03). */
export const saveItemInput = z.intersection(itemSchema, z.object({ reason: reasonInput }))
export type SaveItem = z.output<typeof saveItemInput>

const contentOf = ({ reason: _, ...content }: SaveItem): ItemContent => content

/** Adds an item, or makes a new version of one. @returns its id. */
export async function saveItem(
  ctx: Context,
  of: Seen | { siteId: string },
  input: SaveItem,
): Promise<string> {
  const content = contentOf(input)
  return inTransaction(ctx.db, async db => {
    const item = 'itemId' in of ? await lockItem(db, ctx, of) : null
    const siteId = item?.siteId ?? ('siteId' in of ? of.siteId : '')
    if (!item) await siteForEditing({ ...ctx, db }, siteId)
    await lockCatalogue(db, siteId)
    const all = await listItems(db, siteId, { retiredToo: true })
    await checkPlace(db, siteId, content)
    const other = all.find(
      one => one.id !== item?.id && !one.retiredAt && identityOf(one.content) === identityOf(content),
    )
    if (other)
      throw conflict(
        'catalogue.known-item',
        `目录里已经有“${nameOf(content)}”。请修改那一项，或者换一个名称。`,
      )
    if (item?.retiredAt) throw conflict('catalogue.retired', '这个事项已经停用。请先恢复，再修改。')
    if (item && sameContent(item.content, content)) return item.id
    const id = item
      ? item.id
      : await addItem(
          db,
          ctx,
          {
            siteId,
            origin: 'local',
            deviation: input.reason,
            content,
            position: placeIn(all, content),
          },
          'added',
        )
    if (item)
      await changeItem(db, ctx, item, {
        act: 'changed',
        reason: input.reason,
        content,
        deviation: input.reason,
      })
    await recordAct(db, ctx, {
      act: item ? 'catalogue.item-changed' : 'catalogue.item-added',
      sentence: `${item ? '修改' : '增加'}目录事项“${nameOf(content)}”，理由：${input.reason}`,
      object: { kind: 'catalogue-item', id, label: nameOf(content) },
    })
    await announceChange(db, [catalogueTag(siteId)])
    return id
  })
}

async function checkPlace(db: Database, siteId: string, content: ItemContent): Promise<void> {
  if (content.place !== '' && !(await placesOf(db, siteId))(content.place))
    throw invalid('catalogue.no-such-place', `网站上没有栏目“${content.place}”。请核对栏目路径，或者空着。`)
}

/** Behind the last item of its field, a new field behind all others. */
export function placeIn(
  all: readonly { content: { domain: string }; position: number }[],
  content: { domain: string },
): number {
  const field = all.filter(one => one.content.domain === content.domain)
  return Math.max(0, ...(field.length > 0 ? field : all).map(one => one.position)) + 1
}
