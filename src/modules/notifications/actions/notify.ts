import { uuidv7 } from '#lib/ids'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { type NewNotification, oneLine } from '../notification.ts'
import { insertNotifications } from '../queries.ts'

const mostAtOnce = 1000

/**
 * Tells members of staff, within the caller's transaction: it stands on their desk as soon as that commits, and goes out by
 * mail as each of them wants it. What somebody was told already (same `subjectKey`) is not told again.
 */
export async function notify(
  db: Database,
  ctx: Pick<Context, 'clock'>,
  notifications: readonly NewNotification[],
): Promise<void> {
  const now = ctx.clock.now()
  const rows = notifications.flatMap(one =>
    [...new Set(one.to)].map(staffId => ({
      id: uuidv7(now.getTime()),
      staffId,
      subjectKey: one.subjectKey,
      title: oneLine(one.title).slice(0, 200),
      sentence: oneLine(one.sentence).slice(0, 1000),
      address: one.address,
      aboutKind: one.about?.kind ?? null,
      aboutId: one.about?.id ?? null,
      dueOn: one.dueOn ?? null,
      urgent: one.urgent ?? false,
      madeAt: now,
    })),
  )
  // In one order, so that two who tell at once do not wait for each other
  rows.sort((a, b) => (a.staffId + a.subjectKey < b.staffId + b.subjectKey ? -1 : 1))
  for (let at = 0; at < rows.length; at += mostAtOnce)
    await insertNotifications(db, rows.slice(at, at + mostAtOnce))
}
