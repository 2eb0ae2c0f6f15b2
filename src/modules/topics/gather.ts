import { dateInBeijing } from '#lib/beijing-time'
import { countPublic, type Listed, listPublic, newestPublic, publicByIds } from '#modules/publications'
import type { Database } from '#platform/db/database'
import { listSections, listTopics, listTopicsPicking } from './queries.ts'
import { addressOfTopic, filterOfRule, listOfRule, type Rule, type Section, type Topic } from './topic.ts'

export interface Gathered {
  section: Section
  items: Listed[]
  /** Where the rule finds more than is shown, and how much in all; null where there is no more. */
  more: { total: number; href: string } | null
}

/** What a section shows now: what was picked, in its order, then what its rule finds, the newest first. */
async function gather(
  db: Database,
  now: Date,
  siteId: string,
  section: Section,
  limit = section.shown,
): Promise<Gathered> {
  const picked = section.picks.filter(pick => !pick.excluded).map(pick => pick.publicationId)
  const known = new Set(section.picks.map(pick => pick.publicationId))
  const { rule } = section
  const [pinned, found] = await Promise.all([
    publicByIds(db, now, siteId, picked),
    rule && listPublic(db, now, filterOfRule(siteId, rule), { page: 1, pageSize: limit + known.size }),
  ])
  const rows = found?.rows ?? []
  const others = rows.filter(item => !known.has(item.id)).slice(0, Math.max(0, limit - pinned.length))
  const decided = rows.filter(item => known.has(item.id)).length
  const hasMore = found && found.total > others.length + decided
  return {
    section,
    items: [...pinned, ...others],
    more: rule && hasMore ? { total: found.total, href: listOfRule(rule) } : null,
  }
}

export const gatherAll = (
  db: Database,
  now: Date,
  siteId: string,
  sections: readonly Section[],
  limit?: number,
): Promise<Gathered[]> =>
  Promise.all(sections.map(section => gather(db, now, siteId, section, limit ?? section.shown)))

/** Each once, the newest first. */
function together(gathered: readonly Gathered[]): Listed[] {
  const items = new Map(gathered.flatMap(one => one.items.map(item => [item.id, item])))
  return [...items.values()].sort((a, b) => b.sortAt.getTime() - a.sortAt.getTime() || (a.id < b.id ? 1 : -1))
}

const mostInFeed = 50

/** The newest items of a topic that is or was public, for its feed. */
export async function topicItems(db: Database, now: Date, topicId: string): Promise<Listed[]> {
  const topic = (await listTopics(db, { states: ['public', 'closed'] })).find(one => one.id === topicId)
  if (!topic) return []
  const sections = await listSections(db, [topic.id])
  return together(await gatherAll(db, now, topic.siteId, sections, mostInFeed)).slice(0, mostInFeed)
}

/** Counting further would cost more than anybody learns from it. */
export const mostCounted = 300

export interface Gist {
  topic: Topic
  /** Different items, up to `mostCounted`. */
  count: number
  newest: Listed | null
}

/** How much there is behind each topic. */
export async function gistsOf(db: Database, now: Date, topics: readonly Topic[]): Promise<Gist[]> {
  const sections = Map.groupBy(
    await listSections(
      db,
      topics.map(topic => topic.id),
    ),
    section => section.topicId,
  )
  return Promise.all(
    topics.map(async topic => {
      const items = together(
        await gatherAll(db, now, topic.siteId, sections.get(topic.id) ?? [], mostCounted),
      )
      return { topic, count: Math.min(items.length, mostCounted), newest: items[0] ?? null }
    }),
  )
}

/** How many items a rule finds, and the newest of them, while it is being written. */
export async function tryRule(db: Database, now: Date, siteId: string, rule: Rule) {
  const filter = filterOfRule(siteId, rule)
  const [count, newest] = await Promise.all([countPublic(db, now, filter), newestPublic(db, now, filter, 5)])
  return { count, newest }
}

/** The public topics of a site that a publication stands in, for its own page: 收入专题. */
export async function topicsOf(
  db: Database,
  now: Date,
  siteId: string,
  publicationId: string,
): Promise<{ name: string; address: string }[]> {
  const topics = await listTopics(db, { siteId, states: ['public'] })
  if (topics.length === 0) return []
  const [item] = await publicByIds(db, now, siteId, [publicationId])
  if (!item) return []
  const picking = new Set(await listTopicsPicking(db, publicationId))
  const sections = await listSections(
    db,
    topics.map(topic => topic.id),
  )
  const gathering = await Promise.all(
    sections.map(
      async section => !picking.has(section.topicId) && (await gathers(db, now, siteId, section, item)),
    ),
  )
  const found = new Set([...picking, ...sections.filter((_, at) => gathering[at]).map(one => one.topicId)])
  return topics
    .filter(topic => found.has(topic.id))
    .map(topic => ({ name: topic.name, address: addressOfTopic(topic) }))
}

/** Asked of the list itself, among what was published on the day of the item. */
async function gathers(
  db: Database,
  now: Date,
  siteId: string,
  section: Section,
  item: Listed,
): Promise<boolean> {
  const { rule } = section
  if (!rule || section.picks.some(pick => pick.publicationId === item.id)) return false
  const filter = filterOfRule(siteId, rule)
  if (filter.kinds && !filter.kinds.includes(item.kind)) return false
  if (filter.organKey && filter.organKey !== item.organKey) return false
  if (filter.theme && filter.theme !== item.theme) return false
  const day = dateInBeijing(item.sortAt)
  if (filter.year && filter.year !== Number(day.slice(0, 4))) return false
  const sameDay = await newestPublic(db, now, { ...filter, from: day, to: day }, 500)
  return sameDay.some(one => one.id === item.id)
}
