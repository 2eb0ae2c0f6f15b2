import { type RawBuilder, sql } from 'kysely'
import { dateInBeijing, type PlainDate } from '#lib/beijing-time'
import { filesGoing, usesForRecord } from '#modules/files'
import { byId, lineOf, type Outgoing, type RecordLine, wholeRow } from '#platform/record'
import { addressOf, kindOf } from '../kind.ts'
import { publishedOn } from '../public-view.ts'
import { type EffectOnIt, type Validity, validityOn } from '../validity.ts'
import { isPublic } from '../visibility.ts'
import { isOnRecord, isOpen, ofEach, wasOpen } from './on-record.ts'
import { relationsForRecord } from './write-relations.ts'

interface PublicationRow {
  id: string
  publicId: string
  kind: string
  siteKey: string
  isDefault: boolean
  organKey: string
  organName: string
  leftTo: string | null
  open: boolean
  onRecord: boolean
  firstPublicAt: Date
  work: string | null
  workSince: string | null
  row: RecordLine
}

/** The lines of some publications, by their ids. */
export async function publicationLines(out: Outgoing, ids: readonly string[]): Promise<RecordLine[]> {
  const rows = await rowsFrom(out, sql`where id = any(${ids}::uuid[])`)
  return linesOf(
    out,
    rows.filter(row => row.onRecord),
  )
}

async function rowsFrom(out: Outgoing, which: RawBuilder<unknown>): Promise<PublicationRow[]> {
  const { db, now } = out
  const { rows } = await sql<PublicationRow>`
      select p.id, p.public_id, p.kind, s.key as site_key, s.is_default, o.key as organ_key, o.name as organ_name,
        case when ${isOnRecord(out, 't')} then t.public_id end as left_to, ${isOpen(now)} as open,
        ${isOnRecord(out, 'p')} as on_record, p.first_public_at,
        w.id as work, to_jsonb(w.created_at) as work_since, ${wholeRow('p')} as row
      from (select * from publications ${which}) p
      join site_names s on s.id = p.site_id join organ_names o on o.id = p.organ_id
      left join publications t on t.id = p.left_to left join works w on w.publication_id = p.id
      order by p.id`.execute(db)
  return rows
}

export async function* writePublications(out: Outgoing): AsyncGenerator<RecordLine[]> {
  const page = (after: string, limit: number) =>
    rowsFrom(out, sql`where id > ${after} order by id limit ${limit}`)
  let withheld = 0
  for await (const rows of byId(page, 100)) {
    const lines = await linesOf(
      out,
      rows.filter(row => row.onRecord),
    )
    withheld += lines.filter(line => isWithheld(line)).length
    yield lines
  }
  if (withheld > 0 && !out.withWithdrawnText)
    out.note(
      `${withheld} 件已经停止公开，只导出了经过和网址，没有正文。需要正文时请加 --with-withdrawn-text。`,
    )
}

const isWithheld = (line: RecordLine) => (line.editions as RecordLine[]).at(-1)?.textWithheld === true

async function linesOf(out: Outgoing, rows: readonly PublicationRow[]): Promise<RecordLine[]> {
  const ids = rows.map(row => row.id)
  const editions = await editionsOf(out, rows)
  const placements = await placementsOf(out, ids)
  const acts = await actsOf(out, ids)
  const oldAddresses = await oldAddressesOf(out, ids)
  const effects = await effectsOnThem(out, ids)
  return rows.map(item => {
    const mine = editions.get(item.id) ?? []
    const last = mine.at(-1) ?? {}
    const withheld = !item.open && !out.withWithdrawnText
    return {
      uuid: item.id,
      id: item.publicId,
      address: `${item.isDefault ? '' : `/s/${item.siteKey}`}${addressOf(item)}`,
      site: item.siteKey,
      organ: { key: item.organKey, name: item.organName },
      ...lineOf(item.row, notTold),
      leftTo: item.leftTo,
      publishedOn: publishedOn({
        archive: item.row.archive as boolean,
        sourcePublishedOn: item.row.source_published_on as PlainDate | null,
        firstPublicAt: item.firstPublicAt,
      }),
      validity: item.open ? validityOf(item, last, effects.get(item.id) ?? [], dateInBeijing(out.now)) : null,
      work: item.work ? lineOf({ uuid: item.work, created_at: item.workSince }, []) : null,
      editions: mine,
      placements: placements.get(item.id) ?? [],
      acts: (acts.get(item.id) ?? []).map(act => (withheld ? withoutOldReason(act) : act)),
      oldAddresses: oldAddresses.get(item.id) ?? [],
    }
  })
}

/** Said elsewhere in the line, or nobody's business outside: the form it was begun with, and who began it. */
const notTold = ['id', 'public_id', 'site_id', 'organ_id', 'left_to', 'form_key', 'created_by']

function validityOf(
  item: PublicationRow,
  last: RecordLine,
  effects: readonly EffectOnIt[],
  day: PlainDate,
): Validity | null {
  const { signedOn, effectiveFrom, validUntil } = last as Record<string, PlainDate | null>
  const term = {
    signedOn: signedOn ?? null,
    effectiveFrom: effectiveFrom ?? null,
    validUntil: validUntil ?? null,
  }
  const undated = Object.values(term).every(date => date === null) && effects.length === 0
  if (!kindOf(item.kind).hasValidity || (item.row.archive === true && undated)) return null
  return validityOn(term, effects, day)
}

/** Of what has left, only the reason for which it did is public. */
const withoutOldReason = (act: RecordLine): RecordLine =>
  act.act === 'corrected' || act.act === 'published' || act.act === 'scheduled'
    ? { ...act, reason: null }
    : act

const notTextual = [
  'id',
  'publication_id',
  'site_id',
  'column_ids',
  'revision',
  'edited_by',
  'edited_by_id',
  'edited_at',
  'submitted_at',
  'clearance_id',
]
/** What remains of an edition whose text does not go along. */
const bare = ['number', 'sealedAt', 'digest', 'publicFrom', 'publicUntil', 'shownUntil'] as const

interface EditionOnRecord {
  id: string
  publicationId: string
  clearance: RecordLine
  row: RecordLine
  ends: string | null
}

async function editionsOf(
  out: Outgoing,
  publications: readonly PublicationRow[],
): Promise<Map<string, RecordLine[]>> {
  const { db, now } = out
  const open = new Set(publications.flatMap(item => (item.open ? [item.id] : [])))
  // An end that lies ahead was set by a schedule, which stays behind, or is that of the showing
  const { rows } = await sql<EditionOnRecord>`
    select e.id, e.publication_id, ${wholeRow('c')} as clearance, ${wholeRow('e')} as row, to_jsonb(
        case when e.public_until > ${now} then (e.shown_until + 1)::timestamp at time zone 'Asia/Shanghai' else e.public_until end) as ends
    from ${ofEach(
      publications.map(item => item.id),
      'editions',
      'e',
    )} join clearances c on c.id = e.clearance_id
    where ${wasOpen(now, 'e')} order by e.number`.execute(db)
  const ids = rows.map(row => row.id)
  const relations = await relationsForRecord(out, ids)
  const uses = await usesForRecord(db, ids, out)
  const columns = await columnNames(out)
  const lastOf = new Map(rows.map(row => [row.publicationId, row.id]))
  const lines = rows.map(({ id, publicationId, clearance, row, ends }) => {
    const facts = lineOf({ ...row, public_until: ends }, notTextual)
    const shown = (open.has(publicationId) || out.withWithdrawnText) && !facts.textWithheld
    const begin = { uuid: id, number: facts.number }
    const cleared = clearanceLine(clearance)
    if (shown) {
      const columnIds = row.column_ids as string[]
      const line = {
        ...begin,
        ...facts,
        columns: columnIds.flatMap(column => columns.get(column) ?? []),
        clearance: cleared,
        links: relations.links.get(id) ?? [],
        effects: relations.effects.get(id) ?? [],
        files: uses.get(id) ?? [],
      }
      return { publicationId, line }
    }
    // Its address goes on telling the last title and number
    const named =
      lastOf.get(publicationId) === id ? { title: facts.title, docNo: facts.docNo } : { title: '' }
    const line = {
      ...begin,
      ...named,
      ...Object.fromEntries(bare.map(name => [name, facts[name]])),
      textWithheld: true,
      clearance: cleared,
    }
    return { publicationId, line }
  })
  return grouped(lines)
}

const clearanceLine = (row: RecordLine) => ({
  uuid: row.id,
  ...lineOf(row, ['id', 'given_by', 'given_by_id']),
})

/** `站点:路径` of every column that goes along. */
async function columnNames({ db, siteId }: Outgoing): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select c.id, s.key || ':' || c.path as name from columns c join site_names s on s.id = c.site_id
    where ${siteId}::uuid is null or c.site_id = ${siteId}`.execute(db)
  return new Map(rows.map(row => [row.id, row.name]))
}

async function placementsOf(
  { db, siteId }: Outgoing,
  ids: readonly string[],
): Promise<Map<string, RecordLine[]>> {
  const { rows } = await sql<{ publicationId: string; column: string; row: RecordLine }>`
    select pl.publication_id, s.key || ':' || c.path as "column", ${wholeRow('pl')} as row
    from ${ofEach(ids, 'placements', 'pl')} join columns c on c.id = pl.column_id join site_names s on s.id = c.site_id
    where (${siteId}::uuid is null or c.site_id = ${siteId})
    order by pl.main desc, c.id`.execute(db)
  return grouped(
    rows.map(({ publicationId, column, row }) => ({
      publicationId,
      line: { column, ...lineOf(row, ['site_id', 'column_id', 'publication_id']) },
    })),
  )
}

/** What a schedule announces, or announced in vain, stays behind. */
async function actsOf({ db, now }: Outgoing, ids: readonly string[]): Promise<Map<string, RecordLine[]>> {
  const { rows } = await sql<{
    publicationId: string
    edition: number | null
    clearance: string | null
    row: RecordLine
  }>`
    select a.publication_id, e.number as edition, a.clearance_id as clearance, ${wholeRow('a')} as row
    from ${ofEach(ids, 'publishing_acts', 'a')} left join editions e on e.id = a.edition_id
    where (e.id is null or ${wasOpen(now, 'e')}) and a.act <> 'unscheduled'
    order by a.acted_at, a.id`.execute(db)
  const notTold = [
    'id',
    'site_id',
    'publication_id',
    'edition_id',
    'clearance_id',
    'actor',
    'actor_id',
    'imported',
  ]
  return grouped(
    rows.map(({ publicationId, edition, clearance, row }) => ({
      publicationId,
      line: { uuid: row.id, edition, clearance, ...lineOf(row, notTold) },
    })),
  )
}

async function oldAddressesOf(out: Outgoing, ids: readonly string[]): Promise<Map<string, RecordLine[]>> {
  const { db, siteId } = out
  const { rows } = await sql<{ publicationId: string; site: string; row: RecordLine }>`
    select m.publication_id, s.key as site, ${wholeRow('m')} as row
    from ${ofEach(ids, 'moved_addresses', 'm')} join site_names s on s.id = m.site_id
    where (${siteId}::uuid is null or m.site_id = ${siteId})
    order by s.key collate "C", m.path collate "C"`.execute(db)
  const files = await filesGoing(
    out,
    rows.flatMap(({ row }) => (typeof row.file_id === 'string' ? [row.file_id] : [])),
  )
  return grouped(
    rows.map(({ publicationId, site, row }) => ({
      publicationId,
      line: {
        site,
        ...lineOf(row, ['site_id', 'publication_id', 'file_id']),
        // Of a file that stays behind, the address leads to the page that names it
        file: files.get(String(row.file_id)) ?? null,
      },
    })),
  )
}

/** What public editions do to them, from which their validity follows. */
async function effectsOnThem(
  { db, now }: Outgoing,
  ids: readonly string[],
): Promise<Map<string, EffectOnIt[]>> {
  const { rows } = await sql<EffectOnIt & { publicationId: string }>`
    select w.publication_id, f.type, f.effective_from from ${ofEach(ids, 'works', 'w')} join effects f on f.work_id = w.id
    join editions e on e.id = f.edition_id where ${isPublic(now)}`.execute(db)
  return Map.groupBy(rows, row => row.publicationId)
}

function grouped(rows: readonly { publicationId: string; line: RecordLine }[]): Map<string, RecordLine[]> {
  const found = Map.groupBy(rows, row => row.publicationId)
  return new Map([...found].map(([id, all]) => [id, all.map(one => one.line)]))
}
