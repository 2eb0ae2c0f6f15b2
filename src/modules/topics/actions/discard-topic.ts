import { conflict } from '#lib/errors'
import type { Context } from '#platform/context'
import { changeTopic, type Seen } from './change-topic.ts'

/** Throws away a topic that never was public; what it gathered stays where it is. */
export function discardTopic(ctx: Context, seen: Seen): Promise<void> {
  return changeTopic(ctx, seen, 'edit', 'topics.topic-discarded', async (db, topic) => {
    if (topic.state !== 'draft')
      throw conflict('topics.was-public', '公开过的专题不能删去：它的地址要保留。不再需要时请“结束”它。')
    await db.deleteFrom('topics').where('id', '=', topic.id).execute()
    return `放弃筹备中的专题“${topic.name}”`
  })
}
