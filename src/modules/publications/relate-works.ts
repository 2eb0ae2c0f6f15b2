import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Database } from '#platform/db/database'
import { asJsonRows, insertMany } from '#platform/db/insert-many'
import { type Claim, knownWorks, type Line, type Work, WorkBook } from './work-book.ts'
import type { WorkLine } from './work-line.ts'
import { meantBy, type Named, nameIn, type Speaker } from './work-names.ts'

/**
 * Works are made and claimed by one act after the other: a citation that is being saved and the document that is being
 * published must not miss each other. Taken before any row that the two could hold against each other.
 */
export async function lockWorks(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('mingtang.works'))`.execute(db)
}

export interface Relations {
  links: { type: string; line: WorkLine }[]
  effects: { type: string; line: WorkLine }[]
}

/** What an edition says of other works. An effect without a day begins on `defaultDay`. */
export interface Saying {
  editionId: string
  speaker: Speaker
  relations: Relations
  defaultDay: PlainDate
}

/**
 * The work of a publication, made or found when it is published; what named it earlier reaches it. Under `lockWorks`.
 * @returns other publications of ours that were taken for it until now
 */
export async function claimWork(db: Database, claim: Claim): Promise<string[]> {
  return (await relateWorks(db, [claim], [])).deserted
}

/**
 * Many documents that are published, and what they say of others, in a fixed number of statements. Every line that names one of
 * these documents, whoever wrote it, is asked anew which document it means. Under `lockWorks`.
 * @param open writes the editions that speak, where they do not stand in their table yet
 */
export async function relateWorks(
  db: Database,
  claims: readonly Claim[],
  sayings: readonly Saying[],
  open: (relations: ReadonlyMap<string, Relations>) => Promise<void> = async () => {},
): Promise<Related> {
  const lines = linesOf(sayings)
  const known = await knownWorks(db, claims, lines)
  const earlier = claims.length > 0 ? await linesNaming(db, claims) : []
  const book = new WorkBook(known)
  for (const claim of claims) book.claim(claim)
  await book.save(db)

  const moved = earlier.flatMap(line => {
    const meant = meantBy(line, line, book.published(line))
    return meant && meant.id !== line.workId ? [{ ...line, to: meant.id }] : []
  })
  book.forget(await move(db, moved))

  const said = lines.map(line => ({ ...line, work: book.resolve(line) }))
  await book.save(db)
  await open(relationsBy(said))
  await insertLines(db, said)
  return {
    deserted: [...new Set(moved.flatMap(line => line.workOf ?? []))],
  }
}

interface Related {
  /** Publications that lines meant until now. */
  deserted: string[]
}

function linesOf(sayings: readonly Saying[]): Line[] {
  return sayings.flatMap(({ editionId, speaker, relations, defaultDay }) => {
    const told = (relation: Line['relation'], { type, line }: { type: string; line: WorkLine }): Line => ({
      editionId,
      relation,
      type,
      line,
      named: nameIn(line),
      speaker,
      effectiveFrom: line.from ?? defaultDay,
    })
    return [
      ...relations.links.map(one => told('link', one)),
      ...relations.effects.map(one => told('effect', one)),
    ]
  })
}

interface EarlierLine extends Named, Speaker {
  relation: 'link' | 'effect'
  editionId: string
  type: string
  workId: string
  /** The publication that it has meant so far. */
  workOf: string | null
}

/** Lines of whatever edition that name one of these documents. What was corrected to another name meanwhile stays. */
async function linesNaming(db: Database, claims: readonly Claim[]): Promise<EarlierLine[]> {
  const names = claims.flatMap(({ title, docNo }) => (docNo ? [title, docNo] : [title]))
  const lines = (table: 'links' | 'effects') => sql`
    select ${table === 'links' ? 'link' : 'effect'} as relation, r.edition_id, r.type, r.work_id, r.named_by as by, r.named as name
    from (select distinct unnest(${names}::text[]) as name) n join ${sql.table(table)} r on r.named = n.name`
  const { rows } = await sql<EarlierLine>`
    select r.*, e.publication_id, coalesce(e.signed_on, e.effective_from) as day, e.issuers[1] as issuer, w.publication_id as work_of
    from (${lines('links')} union all ${lines('effects')}) r join editions e on e.id = r.edition_id
    join works w on w.id = r.work_id
    where w.publication_id is null or r.name in (w.title, w.doc_no)`.execute(db)
  return rows
}

/**
 * Lines get the works they turned out to mean; what then is said twice stays once, with the earlier day.
 * @returns works that nobody speaks of any more, and that are gone
 */
async function move(db: Database, moved: readonly (EarlierLine & { to: string })[]): Promise<string[]> {
  for (const [table, relation] of [
    ['links', 'link'],
    ['effects', 'effect'],
  ] as const) {
    const lines = moved.filter(line => line.relation === relation)
    if (lines.length === 0) continue
    const said = sql.table(table)
    const rows = sql`json_to_recordset(${asJsonRows(lines.map(({ editionId, type, workId, to }) => ({ editionId, type, workId, target: to })))}::json)
      as x(edition_id uuid, type text, work_id uuid, target uuid)`
    const first = table === 'effects' ? sql`s.effective_from, ` : sql``
    await sql`
      with going as (select x.* from ${rows}),
      meeting as (
        select s.edition_id, s.type, s.work_id, row_number() over (
          partition by s.edition_id, s.type, coalesce(g.target, s.work_id) order by ${first}(g.target is null) desc, s.work_id) as place
        from ${said} s
        left join going g on g.edition_id = s.edition_id and g.type = s.type and g.work_id = s.work_id
        where s.edition_id in (select edition_id from going) and s.named is not null
           or (s.edition_id, s.type, s.work_id) in (select edition_id, type, target from going))
      delete from ${said} s using meeting m
      where m.place > 1 and s.edition_id = m.edition_id and s.type = m.type and s.work_id = m.work_id and s.named is not null`.execute(
      db,
    )
    await sql`update ${said} s set work_id = x.target from ${rows}
      where s.edition_id = x.edition_id and s.type = x.type and s.work_id = x.work_id`.execute(db)
  }
  if (moved.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    delete from works w where w.id = any(${[...new Set(moved.map(line => line.workId))]}::uuid[]) and w.publication_id is null
      and not exists (select from links l where l.work_id = w.id) and not exists (select from effects f where f.work_id = w.id)
    returning w.id`.execute(db)
  return rows.map(row => row.id)
}

type Said = Line & { work: Work }

async function insertLines(db: Database, said: readonly Said[]): Promise<void> {
  const row = ({ editionId, type, work, named }: Said) => ({
    editionId,
    type,
    workId: work.id,
    namedBy: named?.by ?? null,
    named: named?.name ?? null,
  })
  const once = (relation: Line['relation']) => {
    const lines = new Map<string, Said>()
    for (const line of said) {
      if (line.relation !== relation) continue
      const key = `${line.editionId} ${line.type} ${line.work.id}`
      const before = lines.get(key)
      if (!before || line.effectiveFrom < before.effectiveFrom) lines.set(key, line)
    }
    return [...lines.values()]
  }
  const twice = sql`on conflict do nothing`
  await insertMany(db, 'links', once('link').map(row), twice)
  await insertMany(
    db,
    'effects',
    once('effect').map(line => ({ ...row(line), effectiveFrom: line.effectiveFrom })),
    twice,
  )
}

function relationsBy(said: readonly Said[]): Map<string, Relations> {
  const relations = new Map<string, Relations>()
  const seen = new Set<string>()
  for (const { editionId, relation, type, work, effectiveFrom } of said) {
    const key = `${editionId} ${relation} ${type} ${work.id}`
    if (seen.has(key)) continue
    seen.add(key)
    const own = relations.get(editionId) ?? { links: [], effects: [] }
    const line = { title: work.title, docNo: work.docNo, publicId: null }
    if (relation === 'link') own.links.push({ type, line: { ...line, from: null } })
    else own.effects.push({ type, line: { ...line, from: effectiveFrom } })
    relations.set(editionId, own)
  }
  return relations
}
