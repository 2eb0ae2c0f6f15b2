import { conflict } from '#lib/errors'
import type { Context } from '#platform/context'
import { gatherAll } from '../gather.ts'
import { listSections } from '../queries.ts'
import { changeTopic, type Seen } from './change-topic.ts'

/** Opens a topic to the public, also one that had ended. Nothing empty is shown (S-UPD-05). */
export function openTopic(ctx: Context, seen: Seen): Promise<void> {
  return changeTopic(ctx, seen, 'open', 'topics.topic-opened', async (db, topic) => {
    if (topic.state === 'public') throw conflict('topics.open-already', '这个专题已经公开。')
    const now = ctx.clock.now()
    const gathered = await gatherAll(db, now, topic.siteId, await listSections(db, [topic.id]), 1)
    if (gathered.every(one => one.items.length === 0))
      throw conflict(
        'topics.empty',
        '专题里还没有可以看的内容。请先加板块：写收入规则，或者指定几件已经公开的内容。',
      )
    await db
      .updateTable('topics')
      .set({ state: 'public', openedAt: topic.openedAt ?? now, closedAt: null, closingNote: '' })
      .where('id', '=', topic.id)
      .execute()
    return `${topic.state === 'closed' ? '重新公开' : '公开'}专题“${topic.name}”`
  })
}
