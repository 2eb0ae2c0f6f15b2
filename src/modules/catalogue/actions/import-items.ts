import { z } from 'zod'
import { invalid } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { readDocument } from '#modules/files'
import { listOrgans, listOrgansBelow } from '#modules/organisations'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { owingOrgans } from '../bodies.ts'
import { type ItemContent, identityOf, nameOf, sameContent } from '../item.ts'
import { type CatalogueItem, listItems } from '../queries.ts'
import { type ReadSheets, readSheets, type SheetFault } from '../sheet.ts'
import { catalogueTag } from '../tags.ts'
import { placeIn, reasonInput } from './save-item.ts'
import { addItem, changeItem, lockCatalogue, placesOf, siteForEditing } from './write-item.ts'

export const importItemsInput = z.object({ siteId: z.uuid('请选择站点。'), reason: reasonInput })

type Sheet = Parameters<typeof readSheets>[0][number]

export interface ImportPlan {
  faults: SheetFault[]
  added: ItemContent[]
  changed: { item: CatalogueItem; content: ItemContent }[]
  same: number
  /** Items of the same fields that the sheet does not name: they stay. */
  absent: CatalogueItem[]
}

/** What a spreadsheet would change; nothing is saved. Throws `UnreadableFile`, whose message names the remedy. */
export async function planImport(
  ctx: Context,
  siteId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<ImportPlan> {
  const sheets = await sheetsIn(file)
  return planSheets(ctx, siteId, sheets)
}

/** The sheets of a file as they are read, to be shown with their faults. */
export async function sheetsIn(file: { name: string; bytes: Uint8Array }): Promise<readonly Sheet[]> {
  const document = await readDocument(file.name, file.bytes)
  if (document.form !== 'sheets')
    throw invalid(
      'catalogue.no-sheet',
      `“${file.name}”不是表格。请用 .xlsx 或者 .csv，可以先导出一份照着填。`,
    )
  return document.sheets
}

export async function planSheets(
  ctx: Context,
  siteId: string,
  sheets: readonly Sheet[],
): Promise<ImportPlan> {
  const site = await siteForEditing(ctx, siteId)
  return plan(ctx.db, siteId, await readFor(ctx, { ...site, siteId }, sheets))
}

async function readFor(
  ctx: Context,
  site: { siteId: string; organId: string },
  sheets: Parameters<typeof readSheets>[0],
): Promise<ReadSheets> {
  const [organs, below, isPlace] = await Promise.all([
    listOrgans(ctx.db),
    listOrgansBelow(ctx.db, site.organId),
    placesOf(ctx.db, site.siteId),
  ])
  const here = organs.filter(organ => below.includes(organ.id))
  const today = ctx.clock.today()
  return readSheets(sheets, { isBody: words => owingOrgans(words, here, today).length > 0, isPlace })
}

async function plan(db: Database, siteId: string, { rows, faults }: ReadSheets): Promise<ImportPlan> {
  const items = await listItems(db, siteId)
  const known = new Map(items.map(item => [identityOf(item.content), item]))
  const found: ImportPlan = { faults, added: [], changed: [], same: 0, absent: [] }
  for (const { content: said, silent } of rows) {
    const item = known.get(identityOf(said))
    const content = item
      ? { ...said, ...Object.fromEntries(silent.map(column => [column, item.content[column]])) }
      : said
    if (!item) found.added.push(content)
    else if (sameContent(item.content, content)) found.same++
    else found.changed.push({ item, content })
  }
  const named = new Set(rows.map(row => identityOf(row.content)))
  const domains = new Set(rows.map(row => row.content.domain))
  found.absent = items.filter(
    item => domains.has(item.content.domain) && !named.has(identityOf(item.content)),
  )
  return found
}

/**
 * Takes a spreadsheet whole: with one fault nothing is saved. The same sheet again changes nothing.
 * @returns how many items were added and changed.
 */
export async function importItems(
  ctx: Context,
  input: z.output<typeof importItemsInput>,
  file: { name: string; bytes: Uint8Array },
): Promise<{ added: number; changed: number; same: number }> {
  return inTransaction(ctx.db, async db => {
    await lockCatalogue(db, input.siteId)
    const { faults, added, changed, same } = await planImport({ ...ctx, db }, input.siteId, file)
    if (faults.length > 0)
      throw invalid(
        'catalogue.sheet-faults',
        `表格里还有 ${faults.length} 处错误，没有导入。请改正后重新上传。`,
      )
    const all = await listItems(db, input.siteId, { retiredToo: true })
    const positions = [...all]
    for (const content of added) {
      const position = placeIn(positions, content)
      await addItem(
        db,
        ctx,
        { siteId: input.siteId, origin: 'local', deviation: input.reason, content, position },
        'imported',
      )
      positions.push({ content, position } as CatalogueItem)
    }
    for (const { item, content } of changed)
      await changeItem(db, ctx, item, {
        act: 'imported',
        reason: input.reason,
        content,
        deviation: input.reason,
      })
    if (added.length + changed.length > 0) {
      const names = [...added, ...changed.map(one => one.content)].slice(0, 3).map(nameOf).join('、')
      await recordAct(db, ctx, {
        act: 'catalogue.imported',
        sentence: `导入目录表格“${file.name}”：增加 ${added.length} 项、修改 ${changed.length} 项（${names}等），理由：${input.reason}`,
        object: { kind: 'site', id: input.siteId, label: '主动公开基本目录' },
      })
      await announceChange(db, [catalogueTag(input.siteId)])
    }
    return { added: added.length, changed: changed.length, same }
  })
}
