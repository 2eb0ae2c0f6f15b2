import { z } from 'zod'
import { notFound } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type Rule, ruleSchema } from '../topic.ts'
import { changeTopic, type Seen } from './change-topic.ts'

/** A form says the choices of the rule as fields of their own; all of them blank: no rule. */
export const saveSectionInput = z
  .object({
    title: z.string().trim().min(1, '请填写板块标题。').max(40, '板块标题最多 40 字。'),
    note: z.string().trim().max(200, '板块说明最多 200 字。').default(''),
    shown: z.coerce
      .number('请填写先显示多少件。')
      .int('请填整数。')
      .min(1, '至少先显示 1 件。')
      .max(50, '最多先显示 50 件，其余的读者点“全部”看。')
      .default(8),
  })
  .extend(ruleSchema.shape)
  .transform(({ title, note, shown, ...choices }) => ({ title, note, shown, rule: ruleOf(choices) }))
export type SaveSection = z.output<typeof saveSectionInput>

function ruleOf(choices: Rule): Rule | null {
  const said = Object.entries(choices).filter(([, value]) => value !== undefined)
  return said.length > 0 ? (Object.fromEntries(said) as Rule) : null
}

/** Adds a section at the end, or changes one. @returns its id. */
export async function saveSection(
  ctx: Context,
  seen: Seen,
  sectionId: string | null,
  input: SaveSection,
): Promise<string> {
  const id = sectionId ?? uuidv7(ctx.clock.now().getTime())
  const facts = { ...input, rule: input.rule && JSON.stringify(input.rule) }
  await changeTopic(ctx, seen, 'edit', 'topics.section-saved', async (db, topic) => {
    if (sectionId === null)
      await db
        .insertInto('topicSections')
        .values({ ...facts, id, topicId: topic.id, position: await nextPosition(db, topic.id) })
        .execute()
    else {
      const { numUpdatedRows } = await db
        .updateTable('topicSections')
        .set(facts)
        .where('id', '=', id)
        .where('topicId', '=', topic.id)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw unknownSection()
    }
    return `${sectionId === null ? '新建' : '修改'}专题“${topic.name}”的板块“${input.title}”`
  })
  return id
}

export const unknownSection = () =>
  notFound('topics.unknown-section', '没有找到这个板块，也许同事刚刚删去了它。请回到专题再看。')

async function nextPosition(db: Database, topicId: string): Promise<number> {
  const row = await db
    .selectFrom('topicSections')
    .select(eb => eb.fn.max('position').as('last'))
    .where('topicId', '=', topicId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}
