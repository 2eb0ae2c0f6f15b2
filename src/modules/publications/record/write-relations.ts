import { sql } from 'kysely'
import { lineOf, type Outgoing, type RecordLine, wholeRow } from '#platform/record'
import { addressOf } from '../kind.ts'
import { isOnRecord, wasOpen } from './on-record.ts'

interface RelationRow {
  editionId: string
  work: string
  title: string
  docNo: string | null
  issuer: string | null
  since: string
  publicId: string | null
  kind: string | null
  base: string | null
  row: RecordLine
}

interface Relations {
  links: Map<string, RecordLine[]>
  effects: Map<string, RecordLine[]>
}

/** What these editions say of other works, each with the work as readers know it. */
export async function relationsForRecord(out: Outgoing, editionIds: readonly string[]): Promise<Relations> {
  return { links: await saidIn(out, 'links', editionIds), effects: await saidIn(out, 'effects', editionIds) }
}

/**
 * Of a publication in this export the work is its own; of any other it is what is known of it in public: the title it has or had,
 * and of what never was public the number it is cited by, or nothing at all.
 */
async function saidIn(
  out: Outgoing,
  table: 'links' | 'effects',
  editionIds: readonly string[],
): Promise<Map<string, RecordLine[]>> {
  const { rows } = await sql<RelationRow>`
    select r.edition_id, w.id as work, to_jsonb(w.created_at) as since, t.kind,
      case when t.id is null then w.title else coalesce(shown.title, w.doc_no) end as title,
      case when shown.title is null then w.doc_no else shown.doc_no end as doc_no,
      case when t.id is null then w.issuer end as issuer,
      case when ${isOnRecord(out, 't')} then t.public_id end as public_id,
      case when s.is_default then '' else '/s/' || s.key end as base, ${wholeRow('r')} as row
    from ${sql.table(table)} r join works w on w.id = r.work_id
    left join publications t on t.id = w.publication_id left join site_names s on s.id = t.site_id
    left join lateral (select te.title, te.doc_no from editions te
      where te.publication_id = t.id and ${wasOpen(out.now, 'te')} order by te.number desc limit 1) shown on true
    where r.edition_id = any(${editionIds}) and (t.id is null or shown.title is not null or w.doc_no is not null)
    order by r.type, w.id`.execute(out.db)
  const said = Map.groupBy(rows, row => row.editionId)
  return new Map([...said].map(([edition, all]) => [edition, all.map(relationLine)]))
}

function relationLine({ row, publicId, kind, base, ...work }: RelationRow): RecordLine {
  const { type, ...rest } = lineOf(row, ['edition_id', 'work_id'])
  return {
    type,
    title: work.title,
    docNo: work.docNo,
    url: publicId && kind ? `${base}${addressOf({ kind, publicId })}` : null,
    ...rest,
    work: {
      uuid: work.work,
      publication: publicId,
      ...(publicId ? {} : { issuer: work.issuer, ...lineOf({ created_at: work.since }, []) }),
    },
  }
}
