import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { type Field, fieldNames, fields, newsOf, withFields } from '../differences.ts'
import { type ItemContent, nameOf } from '../item.ts'
import { type CatalogueItem, findItem, listItems, listVersions } from '../queries.ts'
import { standardCatalogue } from '../standard.ts'
import { catalogueTag } from '../tags.ts'
import { reasonInput } from './save-item.ts'
import { changeItem, lockCatalogue, lockItem, placesOf, type Seen, siteForEditing } from './write-item.ts'

export const decideStandardInput = z
  .array(
    z.object({
      itemId: z.uuid(),
      revision: z.coerce.number().int(),
      field: z.enum(fields),
      choice: z.enum(['take', 'keep']),
      reason: z.string().trim().default(''),
    }),
  )
  .min(1, '一处也没有选。请在要处理的地方选“采用新的”或者“保留本地的”。')
  .superRefine((decisions, check) => {
    for (const [index, { choice, reason, field }] of decisions.entries())
      if (choice === 'keep' && !reasonInput.safeParse(reason).success)
        check.addIssue({
          code: 'custom',
          path: [index, 'reason'],
          message: `保留本地的“${fieldNames[field]}”请写明理由（5 到 300 个字）。`,
        })
  })

/** Key → what the standard says today, as this site can have it. */
export async function standardFor(db: Database, siteId: string): Promise<ReadonlyMap<string, ItemContent>> {
  const hasPlace = await placesOf(db, siteId)
  return new Map(
    standardCatalogue().items.map(({ key, content }) => [
      key,
      { ...content, place: hasPlace(content.place) ? content.place : '' },
    ]),
  )
}

export interface ItemNews {
  item: CatalogueItem
  before: ItemContent
  now: ItemContent
  news: ReturnType<typeof newsOf>
}

/** The items of which the standard says something else than when it was last decided about, field by field. */
export async function listNews(
  db: Database,
  siteId: string,
  standard?: ReadonlyMap<string, ItemContent>,
): Promise<ItemNews[]> {
  const known = standard ?? (await standardFor(db, siteId))
  return (await listItems(db, siteId)).flatMap(item => {
    const now = known.get(item.key)
    if (!now || !item.standard) return []
    const news = newsOf(item.content, item.standard, now)
    return news.length > 0 ? [{ item, before: item.standard, now, news }] : []
  })
}

/** Takes what is new in the standard, or keeps what is here for a reason, for each field that was decided; all or nothing. */
export async function decideStandard(
  ctx: Context,
  siteId: string,
  decisions: z.output<typeof decideStandardInput>,
  standard?: ReadonlyMap<string, ItemContent>,
): Promise<Seen[]> {
  return inTransaction(ctx.db, async db => {
    const site = await siteForEditing({ ...ctx, db }, siteId)
    await lockCatalogue(db, siteId)
    const known = standard ?? (await standardFor(db, siteId))
    const done: Seen[] = []
    for (const [itemId, about] of Map.groupBy(decisions, one => one.itemId)) {
      const item = await lockItem(db, ctx, { itemId, revision: about[0]?.revision ?? 0 })
      const now = known.get(item.key)
      if (item.siteId !== siteId || !now || !item.standard)
        throw invalid('catalogue.not-standard', `“${nameOf(item.content)}”不在标准目录里。请重新打开这一页。`)
      const chosen = (choice: 'take' | 'keep') =>
        about.filter(one => one.choice === choice).map((one): Field => one.field)
      const reasons = Object.fromEntries(
        about.filter(one => one.choice === 'keep').map(one => [one.field, one.reason]),
      )
      await changeItem(
        db,
        ctx,
        { ...item, reasons: { ...item.reasons, ...reasons } },
        {
          act: 'taken',
          reason: [
            ...chosen('take').map(field => `采用标准目录的${fieldNames[field]}`),
            ...Object.entries(reasons).map(
              ([field, reason]) => `保留本地的${fieldNames[field as Field]}：${reason}`,
            ),
          ].join('；'),
          content: withFields(item.content, now, chosen('take')),
          standard: withFields(
            item.standard,
            now,
            about.map(one => one.field),
          ),
        },
      )
      done.push({ itemId, revision: item.revision + 1 })
    }
    await recordAct(db, ctx, {
      act: 'catalogue.standard-decided',
      sentence: `对照标准目录（${standardCatalogue().version}）处理 ${done.length} 个事项的 ${decisions.length} 处不同`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
    await announceChange(db, [catalogueTag(siteId)])
    return done
  })
}

/** Puts items back to what they were before the last decision, unless somebody has changed them since. */
export async function undoDecision(ctx: Context, siteId: string, decided: readonly Seen[]): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const site = await siteForEditing({ ...ctx, db }, siteId)
    await lockCatalogue(db, siteId)
    for (const seen of decided) {
      const found = await findItem(db, { id: seen.itemId })
      const item = found?.siteId === siteId ? await lockItem(db, ctx, seen) : null
      const [last, before] = item ? await listVersions(db, item.id) : []
      if (!item || last?.act !== 'taken' || !before)
        throw conflict('catalogue.cannot-undo', '这一步已经不能撤销。请在事项里修改。')
      await changeItem(
        db,
        ctx,
        { ...item, reasons: before.reasons },
        {
          act: 'restored',
          reason: '撤销刚才对照标准目录的处理',
          content: before.content,
          standard: before.standard,
        },
      )
    }
    await recordAct(db, ctx, {
      act: 'catalogue.standard-undone',
      sentence: `撤销刚才对照标准目录的处理（${decided.length} 个事项）`,
      object: { kind: 'site', id: site.id, label: site.name },
    })
    await announceChange(db, [catalogueTag(siteId)])
  })
}
