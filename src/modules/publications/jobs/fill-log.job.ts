import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import { logLeaves } from '../log-leaves.ts'

const portion = 1000

/** Once: what was published before there was a log enters it, in the order in which it happened. Killed, it goes on where it was. */
export const fillLogJob: Job = {
  name: 'publications.fill-log',
  payload: z.unknown(),
  schedule: '* * * * *',
  async run(ctx) {
    const filled = await fillLog(ctx)
    if (filled > 0) ctx.log.info({ filled }, 'earlier acts are in the log')
  },
}

/** @returns how many acts were written into the log */
export async function fillLog(ctx: Context): Promise<number> {
  let filled = 0
  for (;;) {
    const some = await fillPortion(ctx)
    if (some === null) return filled
    filled += some
  }
}

/** @returns null when nothing is left to do */
function fillPortion(ctx: Context): Promise<number | null> {
  return inTransaction(ctx.db, async db => {
    // One worker at a time
    const open = await sql`select 1 from log_fill where done_at is null for update`.execute(db)
    if (open.rows.length === 0) return null
    const { rows } = await sql<{ id: string }>`
      select a.id from publishing_acts a where not exists (select from logged_acts l where l.act_id = a.id)
      order by a.acted_at, a.id limit ${portion}`.execute(db)
    if (rows.length === 0) {
      await db.updateTable('logFill').set({ doneAt: ctx.clock.now() }).execute()
      return null
    }
    await logLeaves(
      db,
      ctx,
      rows.map(row => row.id),
    )
    return rows.length
  })
}
