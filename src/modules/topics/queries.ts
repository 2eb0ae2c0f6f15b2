import { type Selectable, sql } from 'kysely'
import type { Database } from '#platform/db/database'
import type { TopicSections, Topics } from '#platform/db/tables'
import type { Rule, Section, Topic, TopicState } from './topic.ts'

const columns = [
  'id',
  'siteId',
  'key',
  'name',
  'summary',
  'audience',
  'state',
  'openedAt',
  'closedAt',
  'closingNote',
  'revision',
  'changedBy',
  'changedAt',
] as const

const asTopic = (row: Pick<Selectable<Topics>, (typeof columns)[number]>): Topic => ({
  ...row,
  state: row.state as TopicState,
})

export async function findTopic(
  db: Database,
  where: { id: string } | { siteId: string; key: string } | { formKey: string },
): Promise<Topic | null> {
  let query = db.selectFrom('topics').select(columns)
  if ('id' in where) query = query.where('id', '=', where.id)
  else if ('formKey' in where) query = query.where('formKey', '=', where.formKey)
  else query = query.where('siteId', '=', where.siteId).where('key', '=', where.key)
  const row = await query.executeTakeFirst()
  return row ? asTopic(row) : null
}

/** The topic, locked until the act commits. */
export async function lockTopic(db: Database, id: string): Promise<Topic | null> {
  const row = await db
    .selectFrom('topics')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? asTopic(row) : null
}

/** Of one site or of all; the newest first, those in preparation before all others. */
export async function listTopics(
  db: Database,
  filter: { siteId?: string; states?: readonly TopicState[] } = {},
): Promise<Topic[]> {
  let query = db.selectFrom('topics').select(columns)
  if (filter.siteId) query = query.where('siteId', '=', filter.siteId)
  if (filter.states) query = query.where('state', 'in', filter.states)
  const rows = await query
    .orderBy(sql`coalesce(opened_at, 'infinity')`, 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(asTopic)
}

/** Whether a door to topics leads anywhere. */
export async function hasPublicTopic(db: Database, siteId: string): Promise<boolean> {
  const row = await db
    .selectFrom('topics')
    .select('id')
    .where('siteId', '=', siteId)
    .where('state', '!=', 'draft')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The sections of topics in their order, with what was picked by hand. */
export async function listSections(db: Database, topicIds: readonly string[]): Promise<Section[]> {
  if (topicIds.length === 0) return []
  const [sections, picks] = await Promise.all([
    db
      .selectFrom('topicSections')
      .selectAll()
      .where('topicId', 'in', topicIds)
      .orderBy('topicId')
      .orderBy('position')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('topicPicks as p')
      .innerJoin('topicSections as s', 's.id', 'p.sectionId')
      .select(['p.sectionId', 'p.publicationId', 'p.excluded'])
      .where('s.topicId', 'in', topicIds)
      .orderBy('p.position')
      .orderBy('p.publicationId')
      .execute(),
  ])
  const bySection = Map.groupBy(picks, pick => pick.sectionId)
  return sections.map(section => ({
    ...asSection(section),
    picks: (bySection.get(section.id) ?? []).map(({ sectionId: _, ...pick }) => pick),
  }))
}

const asSection = ({ position: _, rule, ...row }: Selectable<TopicSections>) => ({
  ...row,
  rule: rule as Rule | null,
})

/** Public topics into which somebody has put the publication by hand. */
export async function listTopicsPicking(db: Database, publicationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('topicPicks as p')
    .innerJoin('topicSections as s', 's.id', 'p.sectionId')
    .select('s.topicId')
    .distinct()
    .where('p.publicationId', '=', publicationId)
    .where('p.excluded', '=', false)
    .execute()
  return rows.map(row => row.topicId)
}
