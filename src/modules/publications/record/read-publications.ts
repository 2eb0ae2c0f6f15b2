import { sql } from 'kysely'
import { restoredFiles, restoreUses } from '#modules/files'
import { clockAt } from '#platform/clock'
import type { Database } from '#platform/db/database'
import {
  type Incoming,
  lineAs,
  type NumberedLine,
  putRows,
  RecordFault,
  type RecordLine,
} from '#platform/record'
import { allKinds } from '../kind.ts'
import { logLeaves } from '../log-leaves.ts'
import { lockWorks } from '../relate-works.ts'
import { refreshValidityDates } from '../validity-dates.ts'
import { checkEdition } from './check-edition.ts'
import { checkTimes } from './check-times.ts'
import { restoreErasures, withoutErased } from './erasures-part.ts'
import { makeSearchEntries } from './make-search-entries.ts'
import { type EditionLine, type PublicationLine, publicationLine } from './publication-line.ts'

interface Known {
  sites: Map<string, string>
  organs: Map<string, string>
  columns: Map<string, { id: string; siteId: string }>
}

interface Line {
  line: number
  item: PublicationLine
  siteId: string
  organId: string
}

export async function readPublications(
  into: Incoming,
  batches: AsyncIterable<readonly NumberedLine[]>,
): Promise<void> {
  const { db, now } = into
  await lockWorks(db)
  const known = await whatIsThere(db)
  const leads: { line: number; from: string; to: string }[] = []
  let renamed = 0
  for await (const batch of batches) {
    const lines = batch.map(one => placeLine(known, withoutErased(db, one)))
    for (const { line, item } of lines) {
      await checkTimes(into, line, item)
      for (const edition of item.editions)
        if (checkEdition(line, item, edition) === 'works-renamed') renamed++
      if (item.leftTo) leads.push({ line, from: item.uuid, to: item.leftTo })
    }
    await putBatch(into, known, lines)
  }
  await leadOn(db, leads)
  await restoreErasures(into)
  await makeSearchEntries(db, now)
  await renewValidity(db, now)
  if (renamed > 0)
    into.note(
      `${renamed} 个版本引用的文件后来有了正式名称，封存时的摘要无法重算，已原样保留（文件本身的 SHA-256 核对无误）。`,
    )
}

async function whatIsThere(db: Database): Promise<Known> {
  const sites = await db.selectFrom('siteNames').select(['id', 'key']).execute()
  const organs = await db.selectFrom('organNames').select(['id', 'key']).execute()
  const columns = await db
    .selectFrom('columns as c')
    .innerJoin('siteNames as s', 's.id', 'c.siteId')
    .select(['c.id', 'c.siteId', 'c.path', 's.key'])
    .execute()
  const ids = (rows: readonly { id: string | null; key: string | null }[]) =>
    new Map(rows.map(row => [row.key ?? '', row.id ?? '']))
  return {
    sites: ids(sites),
    organs: ids(organs),
    columns: new Map(columns.map(one => [`${one.key}:${one.path}`, { id: one.id, siteId: one.siteId }])),
  }
}

function placeLine(known: Known, one: NumberedLine): Line {
  const item = lineAs(publicationLine, one)
  const siteId = known.sites.get(item.site)
  const organId = known.organs.get(item.organ.key)
  if (!siteId) throw new RecordFault(one.number, `站点“${item.site}”不在 sites.jsonl 里。`)
  if (!organId) throw new RecordFault(one.number, `机构“${item.organ.key}”不在 organs.jsonl 里。`)
  if (!allKinds().some(kind => kind.name === item.kind))
    throw new RecordFault(one.number, `不认识“${item.kind}”这个种类。导出它的程序也许更新。`)
  return { line: one.number, item, siteId, organId }
}

/** In the order in which the tables lean on one another. Editions are sealed last: what is sealed takes nothing more. */
async function putBatch({ db, now }: Incoming, known: Known, lines: readonly Line[]): Promise<void> {
  await putClearances(db, lines)
  await putRows(db, 'publications', lines.map(publicationRow))
  await putWorks(db, lines)
  const rounds = Math.max(...lines.map(({ item }) => item.editions.length))
  for (let round = 0; round < rounds; round++) {
    const next = lines.flatMap(one => {
      const edition = one.item.editions[round]
      return edition ? [{ ...one, edition }] : []
    })
    await putEditions(db, known, next)
  }
  await putPlacements(db, known, lines)
  await putActs(db, lines)
  await putOldAddresses(db, known, lines)
  await logLeaves(
    db,
    { clock: clockAt(() => now) },
    lines.flatMap(({ item }) => item.acts.map(act => act.uuid)),
  )
}

/** Many editions of an import have one clearance. */
async function putClearances(db: Database, lines: readonly Line[]): Promise<void> {
  const rows = new Map<string, { line: number; row: RecordLine }>()
  for (const { line, item } of lines)
    for (const { clearance } of item.editions) {
      const { uuid, ...rest } = clearance
      rows.set(uuid, { line, row: { ...rest, id: uuid, givenBy: item.organ.name } })
    }
  await putRows(db, 'clearances', [...rows.values()], sql`on conflict (id) do nothing`)
}

function publicationRow({ line, item, siteId, organId }: Line) {
  const { uuid, id, organ, ...rest } = item
  const row: RecordLine = { ...rest, id: uuid, publicId: id, siteId, organId, createdBy: organ.name }
  for (const name of ['site', 'leftTo', 'work', 'editions', 'placements', 'acts', 'oldAddresses'])
    delete row[name]
  for (const derived of ['address', 'publishedOn', 'validity']) delete row[derived]
  return { line, row }
}

/** Those that are spoken of first, then those of the publications themselves, who know their names best. */
async function putWorks(db: Database, lines: readonly Line[]): Promise<void> {
  const spokenOf = new Map<string, { line: number; row: RecordLine }>()
  for (const { line, item } of lines)
    for (const edition of item.editions)
      for (const { title, docNo, work } of [...edition.links, ...edition.effects]) {
        const { uuid: id, publication: _p, issuer = null, createdAt } = work
        spokenOf.set(id, { line, row: { id, title, docNo, issuer, ...(createdAt ? { createdAt } : {}) } })
      }
  await putRows(db, 'works', [...spokenOf.values()], sql`on conflict (id) do nothing`)
  const own = lines.flatMap(({ line, item }) => {
    const last = item.editions.at(-1)
    if (!item.work || !last) return []
    const { uuid: id, createdAt } = item.work
    const { title, docNo = null } = last
    const row = { id, title, docNo, issuer: last.issuers[0] ?? null, publicationId: item.uuid, createdAt }
    return [{ line, row }]
  })
  await putRows(
    db,
    'works',
    own,
    sql`on conflict (id) do update set title = excluded.title, doc_no = excluded.doc_no, issuer = excluded.issuer,
      publication_id = excluded.publication_id, created_at = excluded.created_at`,
  )
}

type EditionOf = Line & { edition: EditionLine }

async function putEditions(db: Database, known: Known, editions: readonly EditionOf[]): Promise<void> {
  await putRows(
    db,
    'editions',
    editions.map(one => editionRow(known, one)),
  )
  await putRelations(db, 'links', editions)
  await putRelations(db, 'effects', editions)
  await restoreUses(
    db,
    editions.flatMap(({ line, edition }) =>
      edition.files.map(({ file, ...row }) => ({ line, editionId: edition.uuid, file, row })),
    ),
  )
  const seals = editions.map(({ edition }) => ({
    id: edition.uuid,
    sealed_at: edition.sealedAt,
    digest: edition.digest,
    clearance_id: edition.clearance.uuid,
    public_from: edition.publicFrom,
    public_until: edition.publicUntil,
  }))
  await sql`update editions e set sealed_at = r.sealed_at, digest = r.digest, clearance_id = r.clearance_id,
      public_from = r.public_from, public_until = r.public_until
    from json_populate_recordset(null::editions, ${JSON.stringify(seals)}::json) r where e.id = r.id`.execute(
    db,
  )
}

function editionRow(known: Known, { line, item, siteId, edition }: EditionOf) {
  const { uuid, columns, ...rest } = edition
  const row: RecordLine = {
    ...rest,
    id: uuid,
    publicationId: item.uuid,
    siteId,
    columnIds: columns.map(name => columnOf(known, line, name).id),
    editedBy: item.organ.name,
    editedAt: edition.sealedAt,
  }
  const sealedLast = ['sealedAt', 'digest', 'publicFrom', 'publicUntil']
  for (const name of [...sealedLast, 'clearance', 'links', 'effects', 'files']) delete row[name]
  return { line, row }
}

function columnOf(known: Known, line: number, name: string): { id: string; siteId: string } {
  const column = known.columns.get(name)
  if (!column) throw new RecordFault(line, `栏目“${name}”不在 columns.jsonl 里。`)
  return column
}

async function putRelations(
  db: Database,
  table: 'links' | 'effects',
  editions: readonly EditionOf[],
): Promise<void> {
  const rows = editions.flatMap(({ line, edition }) =>
    edition[table].map(relation => {
      const { title: _t, docNo: _d, url: _u, work, ...rest } = relation
      return { line, row: { ...rest, editionId: edition.uuid, workId: work.uuid } }
    }),
  )
  await putRows(db, table, rows)
}

async function putPlacements(db: Database, known: Known, lines: readonly Line[]): Promise<void> {
  const rows = lines.flatMap(({ line, item }) =>
    item.placements.map(({ column: name, ...rest }) => {
      const column = columnOf(known, line, name)
      return {
        line,
        row: { ...rest, siteId: column.siteId, columnId: column.id, publicationId: item.uuid },
      }
    }),
  )
  await putRows(db, 'placements', rows)
}

async function putActs(db: Database, lines: readonly Line[]): Promise<void> {
  const rows = lines.flatMap(({ line, item, siteId }) => {
    const editions = new Map(item.editions.map(edition => [edition.number, edition.uuid]))
    return item.acts.map(({ uuid, edition, clearance, ...rest }) => {
      const editionId = edition === null ? null : editions.get(edition)
      if (editionId === undefined) throw new RecordFault(line, `公开经过说到第 ${edition} 版，但没有这一版。`)
      const row = { ...rest, id: uuid, siteId, publicationId: item.uuid, editionId, clearanceId: clearance }
      return { line, row: { ...row, actor: item.organ.name } }
    })
  })
  await putRows(db, 'publishingActs', rows)
}

async function putOldAddresses(db: Database, known: Known, lines: readonly Line[]): Promise<void> {
  const all = lines.flatMap(({ line, item }) => item.oldAddresses.map(address => ({ line, item, address })))
  const files = await restoredFiles(
    db,
    all.flatMap(({ address }) => address.file ?? []),
  )
  const rows = all.map(({ line, item, address }) => {
    const { site, file, ...rest } = address
    const siteId = known.sites.get(site)
    if (!siteId) throw new RecordFault(line, `旧地址的站点“${site}”不在 sites.jsonl 里。`)
    const row = { ...rest, siteId, publicationId: item.uuid, fileId: file ? (files.get(file) ?? null) : null }
    return { line, row }
  })
  await putRows(db, 'movedAddresses', rows)
}

/** What left for another leads there, now that all are here. */
async function leadOn(
  db: Database,
  leads: readonly { line: number; from: string; to: string }[],
): Promise<void> {
  const { rows } = await sql<{ from: string }>`
    update publications p set left_to = t.id
    from json_to_recordset(${JSON.stringify(leads)}::json) as r ("from" uuid, "to" text)
    join publications t on t.public_id = r."to" where p.id = r."from" returning p.id as "from"`.execute(db)
  const led = new Set(rows.map(row => row.from))
  const lost = leads.find(lead => !led.has(lead.from))
  if (lost) throw new RecordFault(lost.line, `leftTo 指到的 ${lost.to} 不在这份文件里。`)
}

/** What effects make of publications, told to the lists; in portions, by the works that anybody speaks of. */
async function renewValidity(db: Database, now: Date): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`
      select p.id from publications p where p.id > ${after}
        and exists (select from works w join effects f on f.work_id = w.id where w.publication_id = p.id)
      order by p.id limit 500`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    await refreshValidityDates(
      db,
      now,
      rows.map(row => row.id),
    )
    after = last.id
  }
}
