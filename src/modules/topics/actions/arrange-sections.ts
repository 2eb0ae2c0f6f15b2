import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { listSections } from '../queries.ts'
import { changeTopic, type Seen } from './change-topic.ts'
import { unknownSection } from './save-section.ts'

export const moves = ['up', 'down'] as const
export const arrangeInput = z.object({
  sectionId: z.uuid('没有说明是哪个板块。'),
  to: z.enum([...moves, 'away'], '没有说明移到哪里。'),
})
export type Arrange = z.output<typeof arrangeInput>

/** Moves a section before or after its neighbour, or takes it away; the items themselves stay as they are. */
export function arrangeSections(ctx: Context, seen: Seen, { sectionId, to }: Arrange): Promise<void> {
  const act = to === 'away' ? 'topics.section-removed' : 'topics.sections-arranged'
  return changeTopic(ctx, seen, 'edit', act, async (db, topic) => {
    const sections = await listSections(db, [topic.id])
    const section = sections.find(one => one.id === sectionId)
    if (!section) throw unknownSection()
    const ids = sections.map(one => one.id)
    if (to === 'away') {
      await db.deleteFrom('topicSections').where('id', '=', sectionId).execute()
      return `删去专题“${topic.name}”的板块“${section.title}”`
    }
    await putInOrder(db, moved(ids, sectionId, to))
    return `调整专题“${topic.name}”的板块次序`
  })
}

async function putInOrder(db: Database, sectionIds: readonly string[]): Promise<void> {
  for (const [at, id] of sectionIds.entries())
    await db
      .updateTable('topicSections')
      .set({ position: at + 1 })
      .where('id', '=', id)
      .execute()
}

/** One place up or down; at the end of the line nothing happens. */
export function moved(ids: readonly string[], id: string, to: (typeof moves)[number]): string[] {
  const from = ids.indexOf(id)
  const place = to === 'up' ? from - 1 : from + 1
  const neighbour = ids[place]
  if (from < 0 || neighbour === undefined) return [...ids]
  const next = [...ids]
  next[place] = id
  next[from] = neighbour
  return next
}
