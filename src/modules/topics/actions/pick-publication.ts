import { z } from 'zod'
import { conflict, notFound } from '#lib/errors'
import { publicByIds } from '#modules/publications'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import { listSections } from '../queries.ts'
import type { Section } from '../topic.ts'
import { moved } from './arrange-sections.ts'
import { changeTopic, type Seen } from './change-topic.ts'
import { unknownSection } from './save-section.ts'

export const pickInput = z.object({
  sectionId: z.uuid('没有说明是哪个板块。'),
  publicationId: z.uuid('没有说明是哪一件。'),
  /** in: shown first; out: kept out although the rule gathers it; back: as if it had never been picked. */
  how: z.enum(['in', 'out', 'back', 'up', 'down'], '没有说明怎样收入。'),
})
export type PickPublication = z.output<typeof pickInput>

const words = { in: '指定收入', out: '排除', back: '取消指定', up: '上移', down: '下移' } as const
const most = 100

/** What an editor decides on one item of a section by hand. Only what is public can be picked. */
export function pickPublication(ctx: Context, seen: Seen, pick: PickPublication): Promise<void> {
  const { sectionId, publicationId, how } = pick
  return changeTopic(ctx, seen, 'edit', 'topics.item-picked', async (db, topic) => {
    const section = (await listSections(db, [topic.id])).find(one => one.id === sectionId)
    if (!section) throw unknownSection()
    const [item] = await publicByIds(db, ctx.clock.now(), topic.siteId, [publicationId])
    if (!item && (how === 'in' || how === 'out'))
      throw notFound('topics.not-public', '这一件现在没有公开，或者不在这个站点上，不能收入专题。')
    if (how === 'up' || how === 'down') await move(db, section, publicationId, how)
    else await decide(db, section, publicationId, how)
    return `专题“${topic.name}”的板块“${section.title}”：${words[how]}${item ? `《${item.title}》` : '一件已经停止公开的内容'}`
  })
}

async function decide(
  db: Database,
  section: Section,
  publicationId: string,
  how: 'in' | 'out' | 'back',
): Promise<void> {
  await db
    .deleteFrom('topicPicks')
    .where('sectionId', '=', section.id)
    .where('publicationId', '=', publicationId)
    .execute()
  if (how === 'back') return
  if (section.picks.length >= most)
    throw conflict(
      'topics.too-many-picks',
      `一个板块最多指定 ${most} 件。更多的请用收入规则，或者分成几个板块。`,
    )
  await db
    .insertInto('topicPicks')
    .values({ sectionId: section.id, publicationId, excluded: how === 'out', position: most + 1 })
    .execute()
  await putInOrder(db, section.id, [
    ...pinnedIn(section).filter(id => id !== publicationId),
    ...(how === 'in' ? [publicationId] : []),
  ])
}

const move = (db: Database, section: Section, publicationId: string, to: 'up' | 'down') =>
  putInOrder(db, section.id, moved(pinnedIn(section), publicationId, to))

const pinnedIn = (section: Section) =>
  section.picks.filter(pick => !pick.excluded).map(pick => pick.publicationId)

async function putInOrder(db: Database, sectionId: string, ids: readonly string[]): Promise<void> {
  for (const [at, publicationId] of ids.entries())
    await db
      .updateTable('topicPicks')
      .set({ position: at + 1 })
      .where('sectionId', '=', sectionId)
      .where('publicationId', '=', publicationId)
      .execute()
}
