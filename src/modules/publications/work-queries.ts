import { type SqlBool, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { asJsonRows, insertMany } from '#platform/db/insert-many'
import { isPublic } from './visibility.ts'
import type { WorkLine } from './work-line.ts'
import { meantBy, type Named, type NamedWork, nameIn, type Speaker } from './work-names.ts'

/**
 * Works are made and claimed by one act after the other: a citation that is being saved and the document that is being
 * published must not miss each other. Taken before any row that the two could hold against each other.
 */
export async function lockWorks(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('mingtang.works'))`.execute(db)
}

/** A document that is published: what links and effects may point to from now on. */
export interface Claim {
  id: string
  title: string
  docNo: string | null
  issuer: string | null
  /** Left out: as its newest sealed edition says. */
  signedOn?: PlainDate | null
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

interface Line {
  editionId: string
  relation: 'link' | 'effect'
  type: string
  line: WorkLine
  named: Named | null
  speaker: Speaker
  effectiveFrom: PlainDate
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

/** A work as the book keeps it. */
interface Work {
  id: string
  title: string
  docNo: string | null
  issuer: string | null
  publicationId: string | null
  /** Of its newest sealed edition. */
  signedOn: PlainDate | null
  sealed: boolean
}

interface Known {
  works: (Work & { publicId: string | null })[]
  /** Publications of ours that a line addresses and that have no work yet. */
  addressed: { id: string; publicId: string }[]
  /** Days of signature of what is claimed. */
  signed: Map<string, PlainDate | null>
}

/** Every work that could be meant, in one statement each for works and publications. */
async function knownWorks(db: Database, claims: readonly Claim[], lines: readonly Line[]): Promise<Known> {
  const titles = new Set(claims.map(claim => claim.title))
  const numbers = new Set(claims.flatMap(claim => claim.docNo ?? []))
  const addresses = new Set<string>()
  for (const { line, named } of lines) {
    if (line.publicId !== null) addresses.add(line.publicId)
    else if (named?.by === 'number') numbers.add(named.name)
    else titles.add(line.title)
  }
  const ids = claims.map(claim => claim.id)
  if (titles.size + numbers.size + addresses.size + ids.length === 0)
    return { works: [], addressed: [], signed: new Map() }
  const works = await sql<Known['works'][number]>`
    with meant as (
      select w.id from unnest(${[...titles]}::text[]) as t(title) join works w on w.title = t.title
      union select w.id from unnest(${[...numbers]}::text[]) as n(doc_no) join works w on w.doc_no = n.doc_no
      union select w.id from unnest(${ids}::uuid[]) as c(id) join works w on w.publication_id = c.id
      union select w.id from unnest(${[...addresses]}::text[]) as a(public_id) join publications p on p.public_id = a.public_id
        join works w on w.publication_id = p.id)
    select w.id, w.title, w.doc_no, w.issuer, w.publication_id, p.public_id, s.signed_on, s.sealed is not null as sealed
    from meant join works w on w.id = meant.id
    left join publications p on p.id = w.publication_id
    left join lateral (select e.signed_on, true as sealed from editions e
      where e.publication_id = p.id and e.sealed_at is not null order by e.number desc limit 1) s on true
    order by w.created_at, w.id`.execute(db)
  const addressed =
    addresses.size === 0
      ? []
      : (
          await sql<{ id: string; publicId: string }>`
            select id, public_id from publications where public_id = any(${[...addresses]}::text[])`.execute(
            db,
          )
        ).rows
  const unsigned = claims.flatMap(claim => (claim.signedOn === undefined ? [claim.id] : []))
  const signed =
    unsigned.length === 0
      ? []
      : (
          await sql<{ id: string; signedOn: PlainDate | null }>`
            select distinct on (publication_id) publication_id as id, signed_on from editions
            where publication_id = any(${unsigned}::uuid[]) and sealed_at is not null order by publication_id, number desc`.execute(
            db,
          )
        ).rows
  return { works: works.rows, addressed, signed: new Map(signed.map(row => [row.id, row.signedOn])) }
}

/** The works that are spoken of, in memory: what is asked and told of them, until `save` writes it. */
class WorkBook {
  private readonly byTitle = new Map<string, Work[]>()
  private readonly byNumber = new Map<string, Work[]>()
  private readonly byPublication = new Map<string, Work>()
  private readonly addresses: Map<string, string>
  private readonly signed: Known['signed']
  private fresh: Work[] = []
  private changed: Work[] = []

  constructor({ works, addressed, signed }: Known) {
    this.signed = signed
    this.addresses = new Map(addressed.map(one => [one.publicId, one.id]))
    for (const work of works) this.add(work)
  }

  claim(claim: Claim): void {
    const own = this.byPublication.get(claim.id)
    const { title, docNo, issuer, signedOn = this.signed.get(claim.id) ?? null } = claim
    const sealed = true
    if (!own) this.make({ title, docNo, issuer, publicationId: claim.id, signedOn, sealed })
    else if (
      !own.sealed ||
      own.title !== title ||
      own.docNo !== docNo ||
      own.issuer !== issuer ||
      own.signedOn !== signedOn
    ) {
      this.remove(own)
      Object.assign(own, { title, docNo, issuer, signedOn, sealed })
      this.add(own)
      if (!this.fresh.includes(own)) this.changed.push(own)
    }
  }

  /** Documents of ours of that name. */
  published({ by, name }: Named): NamedWork[] {
    const works = (by === 'number' ? this.byNumber : this.byTitle).get(name) ?? []
    return works.filter((work): work is Work & NamedWork => work.publicationId !== null && work.sealed)
  }

  /**
   * The work that a line speaks of; while none is in the library, each title that was written for a number stays a work of its
   * own: nobody reads another's words.
   */
  resolve({ line, named, speaker }: Line): Work {
    if (named === null) return this.addressed(line)
    const meant = meantBy(speaker, named, this.published(named))
    const works = (named.by === 'number' ? this.byNumber : this.byTitle).get(named.name) ?? []
    return (
      works.find(work => work.id === meant?.id) ??
      works.find(work => this.waitsFor(work, line)) ??
      this.make({
        title: line.title,
        docNo: line.docNo,
        issuer: null,
        publicationId: null,
        signedOn: null,
        sealed: false,
      })
    )
  }

  /** A document of ours that was never published has no work yet; an address of somebody else stays text. */
  private addressed(line: WorkLine): Work {
    const publicationId = this.addresses.get(line.publicId ?? '') ?? null
    const own = publicationId === null ? undefined : this.byPublication.get(publicationId)
    const { title, docNo } = line
    return own ?? this.make({ title, docNo, issuer: null, publicationId, signedOn: null, sealed: false })
  }

  /** Works that are gone: no line may wait with them. */
  forget(ids: readonly string[]): void {
    const gone = new Set(ids)
    for (const works of [this.byTitle, this.byNumber])
      for (const [key, list] of works)
        works.set(
          key,
          list.filter(work => !gone.has(work.id)),
        )
  }

  private waitsFor(work: Work, { docNo, title }: WorkLine): boolean {
    if (work.publicationId !== null) return false
    return docNo === null ? work.docNo === null : title === work.title || title === work.docNo
  }

  private make(facts: Omit<Work, 'id'>): Work {
    const work = { id: uuidv7(), ...facts }
    this.fresh.push(work)
    this.add(work)
    return work
  }

  private add(work: Work): void {
    const into = (works: Map<string, Work[]>, key: string) =>
      works.set(key, [...(works.get(key) ?? []), work])
    into(this.byTitle, work.title)
    if (work.docNo) into(this.byNumber, work.docNo)
    if (work.publicationId) this.byPublication.set(work.publicationId, work)
  }

  private remove(work: Work): void {
    const from = (works: Map<string, Work[]>, key: string) =>
      works.set(
        key,
        (works.get(key) ?? []).filter(one => one !== work),
      )
    from(this.byTitle, work.title)
    if (work.docNo) from(this.byNumber, work.docNo)
  }

  async save(db: Database): Promise<void> {
    const row = ({ id, title, docNo, issuer, publicationId }: Work) => ({
      id,
      title,
      docNo,
      issuer,
      publicationId,
    })
    await insertMany(db, 'works', this.fresh.map(row))
    if (this.changed.length > 0)
      await sql`update works w set title = x.title, doc_no = x.doc_no, issuer = x.issuer
        from json_to_recordset(${asJsonRows(this.changed.map(row))}::json) as x(id uuid, title text, doc_no text, issuer text)
        where w.id = x.id`.execute(db)
    this.fresh = []
    this.changed = []
  }
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

/** Links that editors type; what an act of another module has linked stays. */
const typedLinks = ['interprets', 'cites', 'replaces']

/** Writes anew what a draft edition says of other works. An effect without a day begins on `defaultDay`. */
export async function replaceRelations(
  db: Database,
  editionId: string,
  relations: Relations,
  defaultDay: string,
): Promise<void> {
  await db.deleteFrom('links').where('editionId', '=', editionId).where('type', 'in', typedLinks).execute()
  await db.deleteFrom('effects').where('editionId', '=', editionId).execute()
  if (relations.links.length + relations.effects.length === 0) return
  await lockWorks(db)
  const speaker = await db
    .selectFrom('editions')
    .select([
      'publicationId',
      sql<PlainDate | null>`coalesce(signed_on, effective_from)`.as('day'),
      sql<string | null>`issuers[1]`.as('issuer'),
    ])
    .where('id', '=', editionId)
    .executeTakeFirstOrThrow()
  await relateWorks(db, [], [{ editionId, speaker, relations, defaultDay }])
}

/** A new edition begins with the links and effects of the one before, to the very same works. */
export async function copyRelations(db: Database, from: string, to: string): Promise<void> {
  await lockWorks(db)
  await sql`insert into links (edition_id, type, work_id, named_by, named)
    select ${to}, type, work_id, named_by, named from links where edition_id = ${from} on conflict do nothing`.execute(
    db,
  )
  await sql`insert into effects (edition_id, type, work_id, effective_from, named_by, named)
    select ${to}, type, work_id, effective_from, named_by, named from effects where edition_id = ${from} on conflict do nothing`.execute(
    db,
  )
}

/** What an edition says of other works, as lines for its form. */
export async function relationsOf(db: Database, editionId: string): Promise<Relations> {
  const links = await sql<{ type: string; title: string; docNo: string | null }>`
    select l.type, w.title, w.doc_no from links l join works w on w.id = l.work_id where l.edition_id = ${editionId}
    order by l.type, w.title, w.doc_no`.execute(db)
  const effects = await sql<{ type: string; title: string; docNo: string | null; from: string }>`
    select f.type, w.title, w.doc_no, f.effective_from as "from" from effects f join works w on w.id = f.work_id
    where f.edition_id = ${editionId} order by f.type, w.title, w.doc_no`.execute(db)
  return {
    links: links.rows.map(({ type, ...work }) => ({ type, line: { ...work, from: null, publicId: null } })),
    effects: effects.rows.map(({ type, ...work }) => ({ type, line: { ...work, publicId: null } })),
  }
}

/**
 * A work (`w`) as a citation may show it: with the title that is public, or was last. What never was public gives no more
 * than the number it was cited by. `citedFrom` joins, `citedColumns` select, and `isCitable` leaves out what has nothing to show.
 */
export const citedFrom = (now: Date) => sql`
  left join publications t on t.id = w.publication_id
  left join lateral (
    select te.title, te.doc_no, ${isPublic(now, 'te')} as open from editions te
    where te.publication_id = t.id and te.public_from <= ${now} and (te.public_until is null or te.public_until > te.public_from)
    order by te.number desc limit 1) shown on true`
export const citedColumns = sql`
  case when t.id is null then w.title else coalesce(shown.title, w.doc_no) end as title,
  case when shown.title is null then w.doc_no else shown.doc_no end as doc_no,
  case when shown.title is not null then t.kind end as kind, case when shown.open then t.public_id end as public_id`
export const isCitable = sql<SqlBool>`(t.id is null or shown.title is not null or w.doc_no is not null)`

/** Publications that speak of these, and those that they speak of: their pages read differently when these change. */
export async function publicationsAbout(db: Database, publicationIds: readonly string[]): Promise<string[]> {
  const ids = sql`any(${[...publicationIds]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select e.publication_id as id from works w
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.work_id = w.id
      join editions e on e.id = r.edition_id
    where w.publication_id = ${ids}
    union
    select w.publication_id from editions e
      join (select edition_id, work_id from links union select edition_id, work_id from effects) r on r.edition_id = e.id
      join works w on w.id = r.work_id
    where e.publication_id = ${ids} and w.publication_id is not null`.execute(db)
  return rows.map(row => row.id)
}
