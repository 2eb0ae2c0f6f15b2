import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { mayEdit } from '../policy.ts'
import { findTopic } from '../queries.ts'
import type { Topic } from '../topic.ts'
import { changeTopic, type Seen, siteOf } from './change-topic.ts'

export const saveTopicInput = z.object({
  name: z.string().trim().min(2, '请填写专题名称。').max(40, '专题名称最多 40 字。'),
  key: z
    .string()
    .trim()
    .regex(
      /^[a-z][a-z0-9-]{1,39}$/,
      '地址用 2 至 40 个小写字母、数字和连字符，以字母开头，例如 disability-aid。',
    ),
  summary: z
    .string()
    .trim()
    .min(10, '请用一两句话告诉读者：这个专题收了什么、对谁有用。')
    .max(300, '概述最多 300 字。'),
  audience: z
    .preprocess(
      value => (typeof value === 'string' ? value.split(/[、，,；;\n]/) : value),
      z.array(z.string().trim().max(20, '适用人群每个词最多 20 字。')),
    )
    .transform(words => [...new Set(words.filter(Boolean))])
    .pipe(z.array(z.string()).max(8, '适用人群最多写 8 个词。'))
    .default([]),
  closingNote: z.string().trim().max(200, '结束说明最多 200 字。').default(''),
  formKey: z.preprocess(blankAsNull, z.uuid().nullish()),
})
export type SaveTopic = z.output<typeof saveTopicInput>

/** Makes a topic on a site, or changes what it says of itself. @returns its id. */
export async function saveTopic(
  ctx: Context,
  where: { siteId: string } | Seen,
  input: SaveTopic,
): Promise<string> {
  if ('siteId' in where) return createTopic(ctx, where.siteId, input)
  const { formKey: _, ...facts } = input
  await changeTopic(ctx, where, 'edit', 'topics.topic-saved', async (db, topic) => {
    if (topic.key !== facts.key) await mayTakeAddress(db, topic, facts.key)
    await db.updateTable('topics').set(facts).where('id', '=', topic.id).execute()
    return `修改专题“${facts.name}”`
  })
  return where.topicId
}

/** The same form sent twice makes one topic. */
async function createTopic(ctx: Context, siteId: string, input: SaveTopic): Promise<string> {
  return inTransaction(ctx.db, async db => {
    const site = await siteOf(db, siteId)
    permit(mayEdit(ctx.actor, site.organId), 'topics.not-allowed')
    const made = input.formKey ? await findTopic(db, { formKey: input.formKey }) : null
    if (made) return made.id
    await mustBeFree(db, siteId, input.key)
    const id = uuidv7(ctx.clock.now().getTime())
    await db
      .insertInto('topics')
      .values({
        ...input,
        id,
        siteId,
        formKey: input.formKey ?? null,
        changedBy: actorName(ctx.actor),
        changedAt: ctx.clock.now(),
      })
      .execute()
    await recordAct(db, ctx, {
      act: 'topics.topic-created',
      sentence: `新建专题“${input.name}”`,
      object: { kind: 'topic', id, label: input.name },
    })
    return id
  })
}

async function mayTakeAddress(db: Database, topic: Topic, key: string): Promise<void> {
  if (topic.state !== 'draft')
    throw conflict('topics.address-stays', '专题公开过，地址不能再改：读者收藏的地址会失效。')
  await mustBeFree(db, topic.siteId, key)
}

async function mustBeFree(db: Database, siteId: string, key: string): Promise<void> {
  const same = await findTopic(db, { siteId, key })
  if (same) throw conflict('topics.address-taken', `这个地址已经属于专题“${same.name}”，请换一个。`)
}
