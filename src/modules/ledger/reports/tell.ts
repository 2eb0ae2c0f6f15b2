import { notify, responsibleFor } from '#modules/notifications'
import { recipientsByIds } from '#modules/people'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type Task, taskName } from '../task.ts'

interface Word {
  /** Names what happened, once. */
  key: string
  organId: string
  /** Somebody who is told beside those whose matter it is. */
  staffId?: string | null
  title: string
  sentence: string
  urgent?: boolean
}

/** Tells the people of organs what happened to a task, within the transaction of the act. */
export async function tellOf(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  task: Task,
  words: readonly Word[],
): Promise<void> {
  const matters = words.map(word => ({
    id: `${word.key} ${word.organId}`,
    organId: word.organId,
    officerId: null,
    domain: 'supervision' as const,
  }))
  const people = await responsibleFor(db, ctx.clock.today(), matters)
  // Who has left is not told
  const known = await recipientsByIds(
    db,
    words.flatMap(word => word.staffId ?? []),
  )
  await notify(
    db,
    ctx,
    words.map((word, index) => ({
      to: [
        ...(people.get(matters[index]?.id ?? '') ?? []),
        ...(word.staffId && known.has(word.staffId) ? [word.staffId] : []),
      ],
      subjectKey: `ledger.${word.key}`,
      title: `${word.title}：${taskName(task)}`,
      sentence: word.sentence,
      address: `/ledger-tasks/${task.id}`,
      about: { kind: 'ledger-task', id: task.id },
      urgent: word.urgent ?? false,
    })),
  )
}
