import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dateInBeijing, fromBeijing } from '#lib/beijing-time'
import {
  decideItems,
  decideItemsInput,
  fileDocument,
  filingInput,
  registerDocument,
  registerInput,
  saveSettings,
  settingsInput,
  startCleanup,
  startCleanupInput,
  usualSettings,
} from '#modules/normative'
import { listSites } from '#modules/organisations'
import { publicationIdsOf } from '#modules/publications'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { root } from '#platform/root'

/** What the sample's register says; `document` is the name of a text of the sample. */
const normativeFile = z.object({
  site: z.string(),
  settings: z.looseObject({}),
  registered: z.array(
    z.looseObject({
      document: z.string(),
      number: z.string(),
      registeredAt: z.string(),
      filedOn: z.string(),
    }),
  ),
  cleanup: z.looseObject({
    days: z.int(),
    decided: z.array(z.looseObject({ document: z.string() })),
  }),
})

/** Registers, files and cleans up through the same acts as the desk. `addresses`: name of a text → its address. */
export async function loadNormative(ctx: Context, addresses: ReadonlyMap<string, string>): Promise<void> {
  const text = await readFile(join(root, 'sample', 'normative.json'), 'utf8')
  const { site: key, settings, registered, cleanup } = normativeFile.parse(JSON.parse(text))
  const site = (await listSites(ctx.db)).find(one => one.key === key)
  if (!site) throw new Error(`样例规范性文件的站点不存在：${key}`)
  const publicIdOf = (name: string) => /^\/publication\/(\w+)/.exec(addresses.get(name) ?? '')?.[1] ?? ''
  const ids = await publicationIdsOf(ctx.db, [...addresses.keys()].map(publicIdOf))
  const idOf = (name: string) => {
    const id = ids.get(publicIdOf(name))
    if (!id) throw new Error(`样例登记了没有的规范性文件：${name}`)
    return id
  }
  await saveSettings(
    ctx,
    settingsInput.parse({ ...usualSettings, ...settings, organId: site.organId, revision: 0 }),
  )
  for (const { document, number, registeredAt, ...filing } of registered) {
    const publicationId = idOf(document)
    const then = fromBeijing(registeredAt)
    if (!then) throw new Error(`样例 ${document} 的 registeredAt 不是时间：${registeredAt}`)
    await registerDocument(
      { ...ctx, clock: clockAt(() => then) },
      registerInput.parse({ publicationId, number }),
    )
    await fileDocument(ctx, filingInput.parse({ ...filing, publicationId }))
  }
  const { days, decided, ...round } = cleanup
  const dueOn = dateInBeijing(new Date(ctx.clock.now().getTime() + days * 86_400_000))
  const cleanupId = await startCleanup(ctx, startCleanupInput.parse({ ...round, siteId: site.id, dueOn }))
  for (const { document, ...decision } of decided)
    await decideItems(ctx, decideItemsInput.parse({ ...decision, cleanupId, publicationId: idOf(document) }))
}
