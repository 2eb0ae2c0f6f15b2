import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  addWithheld,
  addWithheldInput,
  findItem,
  linkPublication,
  linkPublicationInput,
  saveItem,
  saveItemInput,
  takeStandard,
} from '#modules/catalogue'
import { listSites } from '#modules/organisations'
import type { Context } from '#platform/context'
import { root } from '#platform/root'

/** The sample's catalogue: the standard one, what differs in the county, and which of its texts stand under what. */
const catalogueFile = z.object({
  site: z.string(),
  local: z.array(z.looseObject({})),
  changes: z.array(z.object({ key: z.string(), set: z.looseObject({}), reason: z.string() })),
  /** Key of an item → names of the sample's texts. */
  links: z.record(z.string(), z.array(z.string())),
  withheld: z.array(z.looseObject({})),
  /** Month and day of the next year. */
  reviewOn: z.string(),
})

/** Makes it through the same acts as the desk. `addresses`: name of a text → its address. */
export async function loadCatalogue(ctx: Context, addresses: ReadonlyMap<string, string>): Promise<void> {
  const text = await readFile(join(root, 'sample', 'catalogue.json'), 'utf8')
  const { site: key, local, changes, links, withheld, reviewOn } = catalogueFile.parse(JSON.parse(text))
  const siteId = (await listSites(ctx.db)).find(site => site.key === key)?.id
  if (!siteId) throw new Error(`样例目录的站点不存在：${key}`)
  const itemOf = async (itemKey: string) => {
    const item = await findItem(ctx.db, { siteId, key: itemKey })
    if (!item) throw new Error(`样例目录没有这个事项：${itemKey}`)
    return item
  }
  await takeStandard(ctx, siteId)
  for (const facts of local) await saveItem(ctx, { siteId }, saveItemInput.parse(facts))
  for (const { key: itemKey, set, reason } of changes) {
    const item = await itemOf(itemKey)
    const input = saveItemInput.parse({ ...item.content, ...set, reason })
    await saveItem(ctx, { itemId: item.id, revision: item.revision }, input)
  }
  for (const [itemKey, names] of Object.entries(links)) {
    const { id: itemId } = await itemOf(itemKey)
    for (const name of names) {
      const publication = /^\S+/.exec(addresses.get(name) ?? '')?.[0]
      if (!publication) throw new Error(`样例目录归入了没有的发布物：${name}`)
      await linkPublication(ctx, linkPublicationInput.parse({ itemId, publication }))
    }
  }
  const nextYear = Number(ctx.clock.today().slice(0, 4)) + 1
  for (const facts of withheld) {
    const wanted = `${nextYear}-${reviewOn}`
    const latest = `${nextYear}${ctx.clock.today().slice(4)}`
    const input = { ...facts, siteId, reviewOn: wanted < latest ? wanted : latest }
    await addWithheld(ctx, addWithheldInput.parse(input))
  }
}
