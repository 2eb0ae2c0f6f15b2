import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { newsOf, withFields } from '../differences.ts'
import { listItems } from '../queries.ts'
import { standardCatalogue } from '../standard.ts'
import { catalogueTag } from '../tags.ts'
import { addItem, changeItem, lockCatalogue, placesOf, siteForEditing } from './write-item.ts'

export interface Taken {
  added: number
  changed: number
  /** Those that differ here for a reason: what was changed or retired stays so. */
  kept: number
}

/** Brings the catalogue to the standard one. What differs here for a reason stays as it is (R-GRS-03); again it changes nothing. */
export async function takeStandard(ctx: Context, siteId: string): Promise<Taken> {
  return inTransaction(ctx.db, async db => {
    const site = await siteForEditing({ ...ctx, db }, siteId)
    await lockCatalogue(db, siteId)
    const { version, items } = standardCatalogue()
    const [all, hasPlace] = await Promise.all([
      listItems(db, siteId, { retiredToo: true }),
      placesOf(db, siteId),
    ])
    const byKey = new Map(all.map(item => [item.key, item]))
    const taken: Taken = { added: 0, changed: 0, kept: 0 }
    for (const [index, standard] of items.entries()) {
      const position = (index + 1) * 10
      const place = hasPlace(standard.content.place) ? standard.content.place : ''
      const content = { ...standard.content, place }
      const item = byKey.get(standard.key)
      if (!item) {
        await addItem(
          db,
          ctx,
          { siteId, key: standard.key, origin: 'standard', deviation: null, content, position },
          'taken',
        )
        taken.added++
        continue
      }
      if (item.deviation !== null || item.retiredAt) taken.kept++
      if (item.retiredAt || !item.standard) continue
      // Field by field: what was changed here stays, and waits to be decided about
      const fresh = newsOf(item.content, item.standard, content)
        .filter(one => !one.isLocal)
        .map(one => one.field)
      if (fresh.length === 0) continue
      await changeItem(db, ctx, item, {
        act: 'taken',
        reason: `标准目录 ${version}`,
        content: withFields(item.content, content, fresh),
        standard: withFields(item.standard, content, fresh),
        position,
      })
      taken.changed++
    }
    if (taken.added + taken.changed > 0) {
      await recordAct(db, ctx, {
        act: 'catalogue.standard-taken',
        sentence: `按标准目录（${version}）增加 ${taken.added} 项、修改 ${taken.changed} 项`,
        object: { kind: 'site', id: site.id, label: site.name },
      })
      await announceChange(db, [catalogueTag(siteId)])
    }
    return taken
  })
}
