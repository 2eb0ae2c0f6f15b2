import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fromBeijing } from '#lib/beijing-time'
import { listSites } from '#modules/organisations'
import { publicationIdsOf } from '#modules/publications'
import {
  closeTopic,
  findTopic,
  openTopic,
  pickPublication,
  saveSection,
  saveSectionInput,
  saveTopic,
  saveTopicInput,
} from '#modules/topics'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { root } from '#platform/root'

/** A topic of the sample; `picks` and `excluded` are names of files of its texts. */
const topicsFile = z.array(
  z.looseObject({
    site: z.string(),
    openedAt: z.string(),
    closedAt: z.string().optional(),
    closingNote: z.string().default(''),
    sections: z.array(
      z.looseObject({
        rule: z.looseObject({}).optional(),
        picks: z.array(z.string()).default([]),
        excluded: z.array(z.string()).default([]),
      }),
    ),
  }),
)
type SampleTopic = z.output<typeof topicsFile>[number]

/** Makes the sample's topics through the same acts as the desk. `addresses`: name of a text → its address. */
export async function loadTopics(ctx: Context, addresses: ReadonlyMap<string, string>): Promise<void> {
  const file = JSON.parse(await readFile(join(root, 'sample', 'topics.json'), 'utf8'))
  const sites = new Map((await listSites(ctx.db)).map(site => [site.key, site.id]))
  const ids = await publicationIdsOf(ctx.db, [...addresses.values()].map(publicIdIn))
  const publicationOf = (name: string) => {
    const id = ids.get(publicIdIn(addresses.get(name) ?? ''))
    if (!id) throw new Error(`样例专题收入了没有的发布物：${name}`)
    return id
  }
  for (const topic of topicsFile.parse(file)) {
    const siteId = sites.get(topic.site)
    if (!siteId) throw new Error(`样例专题的站点不存在：${topic.site}`)
    await loadTopic(ctx, siteId, topic, publicationOf)
  }
}

const publicIdIn = (address: string) => /^\/publication\/(\w+)/.exec(address)?.[1] ?? ''

async function loadTopic(
  ctx: Context,
  siteId: string,
  topic: SampleTopic,
  publicationOf: (name: string) => string,
): Promise<void> {
  const topicId = await saveTopic(ctx, { siteId }, saveTopicInput.parse({ ...topic, closingNote: '' }))
  const seen = async () => ({ topicId, revision: (await findTopic(ctx.db, { id: topicId }))?.revision ?? 0 })
  for (const { rule, picks, excluded, ...facts } of topic.sections) {
    const sectionId = await saveSection(
      ctx,
      await seen(),
      null,
      saveSectionInput.parse({ ...facts, ...rule }),
    )
    const pick = async (name: string, how: 'in' | 'out') =>
      pickPublication(ctx, await seen(), { sectionId, publicationId: publicationOf(name), how })
    for (const name of picks) await pick(name, 'in')
    for (const name of excluded) await pick(name, 'out')
  }
  await openTopic(on(ctx, topic.openedAt), await seen())
  if (topic.closedAt)
    await closeTopic(on(ctx, topic.closedAt), await seen(), { closingNote: topic.closingNote })
}

function on(ctx: Context, time: string): Context {
  const at = fromBeijing(time)
  if (!at) throw new Error(`样例专题的时间不对：${time}`)
  return { ...ctx, clock: clockAt(() => at) }
}
