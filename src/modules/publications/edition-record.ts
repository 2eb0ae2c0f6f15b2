import { sql } from 'kysely'
import { filesOfEditions } from '#modules/files'
import type { Database } from '#platform/db/database'

/** What an edition said of another work, by the words it used; without any (an act of ours linked it), as the work was called then. */
export interface Said {
  relation: 'link' | 'effect'
  type: string
  by: string
  name: string
  docNo?: string | null
  from: string | null
}

export interface EditionRecord {
  editionId: string
  /** What the log commits to: everything readers are told, by name. */
  fields: Record<string, unknown>
  /** Names of fields whose values do not go out: files that are not open yet. */
  closed: ReadonlySet<string>
}

interface FactsRow extends Record<string, unknown> {
  id: string
}

/** Editions as they are committed to, read in a fixed number of statements; `said` as it was noted, or as it stands now. */
export async function readEditionRecords(
  db: Database,
  editionIds: readonly string[],
  said: ReadonlyMap<string, readonly Said[]>,
): Promise<EditionRecord[]> {
  const { rows } = await sql<FactsRow>`
    select e.id, e.title, e.doc_no, e.issuers, e.signed_on, e.effective_from, e.valid_until, e.genre, e.theme, e.keywords,
      e.summary, e.source, e.author, e.body_html, e.change_note, e.fields, e.shown_until, p.index_no, p.kind, o.key as organ
    from editions e join publications p on p.id = e.publication_id join organ_names o on o.id = p.organ_id
    where e.id = any(${editionIds}::uuid[])`.execute(db)
  const files = Map.groupBy(await filesOfEditions(db, editionIds), file => file.editionId)
  return rows.map(({ id, ...facts }) => {
    const shown = (files.get(id) ?? []).map((file, at) => ({ name: `file.${at + 1}`, file }))
    return {
      editionId: id,
      fields: {
        ...facts,
        ...numbered('link', said.get(id) ?? []),
        ...numbered('effect', said.get(id) ?? []),
        ...Object.fromEntries(
          shown.map(({ name, file: { editionId: _e, held: _h, ...file } }) => [name, file]),
        ),
      },
      closed: new Set(shown.filter(({ file }) => file.held).map(({ name }) => name)),
    }
  })
}

const numbered = (relation: Said['relation'], said: readonly Said[]) =>
  Object.fromEntries(
    said.filter(one => one.relation === relation).map((one, at) => [`${relation}.${at + 1}`, one]),
  )

export interface SaidNow extends Said {
  editionId: string
  /** The work is one of our own, or nobody's: what is told of the first waits until it is public. */
  workOf: string | null
  title: string
}

/** What editions say of other works as it stands in the tables. */
export async function readSaid(db: Database, editionIds: readonly string[]): Promise<SaidNow[]> {
  const { rows } = await sql<SaidNow & { named: string | null; namedBy: string | null }>`
    select r.edition_id, r.relation, r.type, r.named_by, r.named, r.effective_from as "from", w.title, w.doc_no, w.publication_id as work_of
    from (select 'link' as relation, edition_id, type, work_id, named_by, named, null::date as effective_from from links
        where edition_id = any(${editionIds}::uuid[])
      union all select 'effect', edition_id, type, work_id, named_by, named, effective_from from effects
        where edition_id = any(${editionIds}::uuid[])) r
    join works w on w.id = r.work_id
    order by r.edition_id, r.relation, r.type, coalesce(r.named, w.title) collate "C", r.effective_from, w.id`.execute(
    db,
  )
  return rows.map(({ named, namedBy, docNo = null, ...row }) =>
    named !== null && namedBy !== null
      ? { ...row, docNo, by: namedBy, name: named }
      : { ...row, docNo, by: 'work', name: row.title },
  )
}

/** As it is noted when an edition is sealed. */
export const noted = ({ relation, type, by, name, docNo, from }: SaidNow): Said => ({
  relation,
  type,
  by,
  name,
  ...(by === 'work' ? { docNo: docNo ?? null } : {}),
  from,
})
