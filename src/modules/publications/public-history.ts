import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { fromBeijing, nextMidnight, type PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { addressOf } from './kind.ts'
import { isPublic } from './visibility.ts'

/** Publishing acts as readers see them; what a schedule opened is published or corrected at that moment. */
export const publicActs = {
  published: '发布',
  corrected: '更正',
  withdrawn: '撤下',
  redirected: '转移',
  gone: '删除',
  superseded: '被取代',
  expired: '到期下线',
  imported: '历史存量导入',
} as const
export type PublicAct = keyof typeof publicActs

/** One line of the public history. */
export interface HistoryEntry {
  id: string
  act: PublicAct
  /** When it took effect. */
  at: Date
  /** Why, in the words of who did it; null where nothing had to be said. */
  reason: string | null
  editionNumber: number | null
  publicId: string
  kind: string
  organKey: string
  organName: string
  /** Null where the item was withdrawn or deleted: its title may be what had to go. */
  title: string | null
  /** Within the site; null where nothing is to be read any more. */
  address: string | null
  /** What took its place, where that is public. */
  to: string | null
  /** Its place in the order that was asked for. */
  cursor: string
}

export interface HistoryFilter {
  siteId: string
  /** Without one: everything but the imports of old items. */
  act?: PublicAct | undefined
  organId?: string | undefined
  from?: PlainDate | undefined
  to?: PlainDate | undefined
  before?: string | undefined
}

/** What happened on a site, newest first. */
export function listHistory(
  db: Database,
  now: Date,
  filter: HistoryFilter,
  limit: number,
): Promise<HistoryEntry[]> {
  const { act, organId, from, to, before } = filter
  // Imports come in order of arrival, for which there is an index
  const moment = act === 'imported' ? felt : sql`a.public_at`
  const all = [sql<SqlBool>`a.site_id = ${filter.siteId}`, mayBeTold(now), sql<SqlBool>`${moment} <= ${now}`]
  all.push(act === 'imported' ? sql`a.imported` : sql`not a.imported`)
  if (act && act !== 'imported') all.push(...seenAs(act))
  if (organId)
    all.push(sql`a.publication_id in (select p.id from publications p where p.organ_id = ${organId})`)
  const first = from && fromBeijing(from)
  const last = to && fromBeijing(to)
  if (first) all.push(sql`${moment} >= ${first}`)
  if (last) all.push(sql`${moment} < ${nextMidnight(last)}`)
  const place = placeOf(before)
  if (place) all.push(sql`(${moment}, a.id) < (${place.at}, ${place.id}::uuid)`)
  return select(db, now, { all, moment, order: sql`desc`, limit })
}

/**
 * Acts become visible when they commit, which may be a little after the moment they state. For so long the newest are kept
 * back, or a harvester that reads in between would pass over one for good.
 */
const settling = 60_000

/** Every act since a cursor, oldest first, imports too: for those who keep a copy. */
export function listChanges(
  db: Database,
  now: Date,
  where: { siteId: string; after: string | undefined },
  limit: number,
): Promise<HistoryEntry[]> {
  const settled = new Date(now.getTime() - settling)
  const all = [sql<SqlBool>`a.site_id = ${where.siteId}`, mayBeTold(now), sql<SqlBool>`${felt} <= ${settled}`]
  const place = placeOf(where.after)
  if (place) all.push(sql`(${felt}, a.id) > (${place.at}, ${place.id}::uuid)`)
  return select(db, now, { all, moment: felt, order: sql`asc`, limit })
}

const felt = sql`greatest(a.acted_at, a.public_at)`

/**
 * An edition that only waited, or was overtaken before it opened, never happened for readers. Asked as a value, one act at a time:
 * as a condition between tables it would be worked out for all acts, where only the first few are wanted.
 */
const mayBeTold = (now: Date) => sql<SqlBool>`a.act <> 'unscheduled' and (
  a.act not in ('published', 'corrected', 'scheduled')
  or (select e.public_from <= ${now} and (e.public_until is null or e.public_until > e.public_from)
      from editions e where e.id = a.edition_id))`

const wasOpenBefore = sql<SqlBool>`(select bool_or(before.public_until is null or before.public_until > before.public_from)
  from editions e join editions before on before.publication_id = e.publication_id and before.public_from < e.public_from
  where e.id = a.edition_id)`

const actAsSeen = sql`case when a.imported then 'imported'
  when a.act <> 'scheduled' then a.act
  when ${wasOpenBefore} then 'corrected' else 'published' end`

const seenAs = (act: PublicAct): RawBuilder<SqlBool>[] =>
  act === 'published' || act === 'corrected'
    ? [sql`a.act in (${act}, 'scheduled')`, sql`${actAsSeen} = ${act}`]
    : [sql`a.act = ${act}`]

type Row = Omit<HistoryEntry, 'address' | 'to' | 'cursor'> & {
  isOpen: boolean
  toId: string | null
  toKind: string | null
  micros: number
}

async function select(
  db: Database,
  now: Date,
  asked: {
    all: RawBuilder<SqlBool>[]
    moment: RawBuilder<unknown>
    order: RawBuilder<unknown>
    limit: number
  },
): Promise<HistoryEntry[]> {
  const { all, moment, order, limit } = asked
  const { rows } = await sql<Row>`
    select a.id, ${actAsSeen} as act, a.public_at as at, a.reason, e.number as edition_number, p.public_id, p.kind,
      o.key as organ_key, o.short_name as organ_name,
      case when p.left_how is null or p.left_how not in ('withdrawn', 'gone') then e.title end as title,
      exists (select 1 from editions open where open.publication_id = p.id and ${isPublic(now, 'open')}) as is_open,
      t.public_id as to_id, t.kind as to_kind, (extract(epoch from ${moment}) * 1000000)::bigint as micros
    from (
      select a.* from publishing_acts a where ${sql.join(all, sql` and `)}
      order by ${moment} ${order}, a.id ${order} limit ${limit}) as a
    join publications p on p.id = a.publication_id
    join organ_names o on o.id = p.organ_id
    left join editions e on e.id = a.edition_id
    left join publications t on t.id = p.left_to and a.act in ('redirected', 'superseded')
      and exists (select 1 from editions te where te.publication_id = t.id and ${isPublic(now, 'te')})
    order by ${moment} ${order}, a.id ${order}`.execute(db)
  return rows.map(({ isOpen, toId, toKind, micros, ...row }) => ({
    ...row,
    address: isOpen ? addressOf(row) : null,
    to: toId && toKind ? addressOf({ kind: toKind, publicId: toId }) : null,
    cursor: `${micros}.${row.id}`,
  }))
}

const cursorPattern = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Whether the text is a cursor as these lists give them. */
export const isHistoryCursor = (text: string): boolean => cursorPattern.test(text)

function placeOf(cursor: string | undefined): { at: RawBuilder<unknown>; id: string } | null {
  const [, micros, id] = cursorPattern.exec(cursor ?? '') ?? []
  if (micros === undefined || id === undefined) return null
  // To the microsecond, as the database counts
  return { at: sql`(timestamptz 'epoch' + ${Number(micros)}::bigint * interval '1 microsecond')`, id }
}
