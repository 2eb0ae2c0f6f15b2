import { z } from 'zod'
import { conflict } from '#lib/errors'
import type { Context } from '#platform/context'
import { changeTopic, type Seen } from './change-topic.ts'

export const closeTopicInput = z.object({
  closingNote: z
    .string()
    .trim()
    .min(2, '请写一句话：为什么结束，以后到哪里看。读者打开专题时会看到。')
    .max(200, '结束说明最多 200 字。'),
})

/** Ends a topic: its page stays at its address and says so (S-DOM-04); the home of topics shows it apart. */
export function closeTopic(ctx: Context, seen: Seen, input: z.output<typeof closeTopicInput>): Promise<void> {
  return changeTopic(ctx, seen, 'open', 'topics.topic-closed', async (db, topic) => {
    if (topic.state !== 'public') throw conflict('topics.not-open', '这个专题现在没有公开，不用结束。')
    await db
      .updateTable('topics')
      .set({ state: 'closed', closedAt: ctx.clock.now(), closingNote: input.closingNote })
      .where('id', '=', topic.id)
      .execute()
    return `结束专题“${topic.name}”：${input.closingNote}`
  })
}
