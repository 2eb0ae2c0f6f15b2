import { sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { asJsonRows, insertMany } from '#platform/db/insert-many'
import type { WorkLine } from './work-line.ts'
import { meantBy, type Named, type NamedWork, type Speaker } from './work-names.ts'

/** A document that is published: what links and effects may point to from now on. */
export interface Claim {
  id: string
  title: string
  docNo: string | null
  issuer: string | null
  /** Left out: as its newest sealed edition says. */
  signedOn?: PlainDate | null
}

/** What an edition says of a work, once it is known whom that may mean. */
export interface Line {
  editionId: string
  relation: 'link' | 'effect'
  type: string
  line: WorkLine
  named: Named | null
  speaker: Speaker
  effectiveFrom: PlainDate
}

/** A work as the book keeps it. */
export interface Work {
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
export async function knownWorks(
  db: Database,
  claims: readonly Claim[],
  lines: readonly Line[],
): Promise<Known> {
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
export class WorkBook {
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
