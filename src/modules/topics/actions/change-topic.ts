import { sql } from 'kysely'
import { conflict, notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { listSites, type SiteRow } from '#modules/organisations'
import { listsTag } from '#modules/publications'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayEdit, mayOpen } from '../policy.ts'
import { lockTopic } from '../queries.ts'
import type { Topic } from '../topic.ts'

/** Which topic, and as which revision it was seen. */
export interface Seen {
  topicId: string
  revision: number
}

export async function siteOf(db: Database, siteId: string): Promise<SiteRow> {
  const site = (await listSites(db)).find(one => one.id === siteId)
  if (!site) throw notFound('topics.unknown-site', '没有这个站点。请从专题列表重新进入。')
  return site
}

/**
 * What every change of a topic has in common: it is locked, the officer may, nobody else has changed it since it was seen; then the
 * change, its revision, the audit entry (what `change` answers) and the notice to the page caches.
 */
export async function changeTopic(
  ctx: Context,
  seen: Seen,
  needs: 'edit' | 'open',
  act: string,
  change: (db: Database, topic: Topic) => Promise<string>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const topic = await lockTopic(db, seen.topicId)
    if (!topic) throw notFound('topics.unknown', '没有找到这个专题。请从专题列表重新选择。')
    const site = await siteOf(db, topic.siteId)
    const may = needs === 'open' ? mayOpen : mayEdit
    permit(may(ctx.actor, site.organId), 'topics.not-allowed')
    if (topic.revision !== seen.revision)
      throw conflict(
        'topics.changed-meanwhile',
        `您打开之后，${topic.changedBy}改过这个专题，您的这一步还没有做。请看过现在的样子，再做一次。`,
      )
    const sentence = await change(db, topic)
    await db
      .updateTable('topics')
      .set({
        revision: sql`revision + 1`,
        changedBy: actorName(ctx.actor),
        changedAt: ctx.clock.now(),
      })
      .where('id', '=', topic.id)
      .execute()
    await recordAct(db, ctx, {
      act,
      sentence,
      object: { kind: 'topic', id: topic.id, label: topic.name },
    })
    await announceChange(db, [listsTag(topic.siteId)])
  })
}
