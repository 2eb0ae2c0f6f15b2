import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { dutiesAbout, waiveDuty } from '#modules/duties'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayDeclineRepost } from '../policy.ts'
import { lockEntries, updateEntry } from '../queries.ts'
import { subjectKind } from './read-new.ts'
import { mustBeOpen, siteOf, unknownEntry } from './settled-entry.ts'

export const declineInput = z.object({
  ids: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).min(1, '请至少勾选一条。').max(100, '一次最多 100 条。'),
  ),
  reason: z
    .string()
    .trim()
    .min(5, '请写明不转载的理由（至少 5 个字）：公众在义务看板上会看到。')
    .max(300, '理由最多 300 字。'),
})

/** Says of several that they are not reposted, and why; their duties are waived with that reason. All of them, or none. */
export async function declineEntries(
  ctx: Context,
  { ids, reason }: z.output<typeof declineInput>,
): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const entries = await lockEntries(db, ids)
    if (entries.length !== new Set(ids).size) throw unknownEntry()
    for (const entry of entries) {
      const site = await siteOf(db, entry.siteId)
      permit(mayDeclineRepost(ctx.actor, site.organId), 'reposts.may-not-decline')
      mustBeOpen(entry)
      const about = { siteId: entry.siteId, kind: subjectKind, id: entry.id }
      for (const duty of await dutiesAbout(db, about))
        if (!duty.metAt && !duty.waivedAt) await waiveDuty({ ...ctx, db }, { id: duty.id, reason })
      await updateEntry(db, entry.id, {
        state: 'declined',
        reason,
        decidedBy: actorName(ctx.actor),
        decidedAt: ctx.clock.now(),
      })
      await recordAct(db, ctx, {
        act: 'reposts.declined',
        sentence: `不转载${entry.feedName}的《${entry.title}》，理由：${reason}`,
        object: { kind: 'repost', id: entry.id, label: entry.title },
      })
    }
    return entries.length
  })
}
