import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, notFound } from '#lib/errors'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { noteReader } from '../reader.ts'
import { roundStateOn } from '../selection.ts'
import { findRound, listNominations } from '../selection-queries.ts'

export const voteInput = z.object({ nomination: z.uuid('请选择一篇解读。') })

/** A reader's vote: one each a day for an interpretation, and nothing stays of who gave it. */
export async function vote(
  ctx: Pick<Context, 'db' | 'clock'>,
  where: { siteId: string; year: number; ip: string },
  input: z.output<typeof voteInput>,
): Promise<'counted' | 'already'> {
  const today = ctx.clock.today()
  return inTransaction(ctx.db, async db => {
    const round = await findRound(db, where)
    if (!round) throw notFound('interpretation.no-round', '没有这一届评选。')
    if (roundStateOn(round, today) !== 'voting')
      throw conflict('interpretation.not-voting', '现在不是投票的时间。')
    const nomination = (await listNominations(db, round.id)).find(one => one.id === input.nomination)
    if (!nomination) throw notFound('interpretation.no-nomination', '这一届没有这篇解读。')
    const { before } = await noteReader(db, today, where.ip, nomination.id)
    if (before) return 'already'
    await sql`insert into selection_votes (nomination_id, day, count) values (${nomination.id}, ${today}, 1)
      on conflict (nomination_id, day) do update set count = selection_votes.count + 1`.execute(db)
    return 'counted'
  })
}
