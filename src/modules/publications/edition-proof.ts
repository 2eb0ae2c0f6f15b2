import { sql } from 'kysely'
import { toBase64 } from '#lib/tlog/bytes'
import { saltOf } from '#lib/tlog/commitments'
import type { EditionExtra } from '#lib/tlog/edition-proof'
import { entriesAt, newestHead, proofOf } from '#modules/transparency-log'
import { type Database, plannedOnce } from '#platform/db/database'
import { citedFrom } from './citation-queries.ts'
import { type Commitments, commitmentsFor } from './commitment-queries.ts'
import { readEditionRecords, type Said } from './edition-record.ts'
import { erasedFieldsOf } from './erasure-queries.ts'

/** Where the leaf of an edition stands, and whether a signed head reaches it yet. */
export interface PlaceInLog {
  index: number
  writtenAt: Date
  isSigned: boolean
  /** Where the log tells that personal data of this edition were erased by law. */
  erasedAt: number | null
}

/** Null for what was published before there was a log and is not in it yet, and for editions without their text. */
export async function placeInLog(db: Database, editionId: string): Promise<PlaceInLog | null> {
  const { rows } = await sql<{ entry: number; withheld: boolean }>`${plannedOnce}
    select l.entry, e.text_withheld as withheld from publishing_acts a join logged_acts l on l.act_id = a.id join editions e on e.id = a.edition_id
    where a.edition_id = ${editionId} and a.act in ('published', 'scheduled', 'corrected')
    order by l.entry limit 1`.execute(db)
  const [row] = rows
  if (!row || row.withheld) return null
  const [entry, head] = await Promise.all([entriesAt(db, [row.entry]), newestHead(db)])
  const writtenAt = entry.get(row.entry)?.writtenAt
  if (!writtenAt) return null
  const erased = (await erasedFieldsOf(db, [editionId])).get(editionId)
  const erasedAt = erased ? Math.max(...[...erased.values()].map(one => one.entry)) : null
  return { index: row.entry, writtenAt, isSigned: (head?.size ?? 0) > row.entry, erasedAt }
}

/** The proof file of an edition that readers see now; null while no signed head reaches it. Only for what the gate lets through. */
export async function editionProof(db: Database, now: Date, editionId: string): Promise<string | null> {
  const place = await placeInLog(db, editionId)
  const kept = (await commitmentsFor(db, [editionId])).get(editionId)
  if (!place?.isSigned || !kept) return null
  const entry = (await entriesAt(db, [place.index])).get(place.index)
  const [record] = await readEditionRecords(db, [editionId], new Map([[editionId, kept.said]]))
  if (!entry || !record) return null
  const hidden = new Set([...record.closed, ...(await hiddenWorks(db, now, kept))])
  const erased = (await erasedFieldsOf(db, [editionId])).get(editionId)
  const told = [...kept.commitments.keys()].filter(name => !hidden.has(name) && !erased?.has(name))
  const extra: EditionExtra = {
    entry: new TextDecoder().decode(entry.entry),
    salts: Object.fromEntries(told.flatMap(name => saltIn(kept, name))),
    commitments: Object.fromEntries([...kept.commitments].map(([name, hash]) => [name, toBase64(hash)])),
    values: Object.fromEntries(
      told.filter(name => name.includes('.')).map(name => [name, record.fields[name] ?? null]),
    ),
    ...(erased ? { erased: Object.fromEntries([...erased].map(([name, { entry }]) => [name, entry])) } : {}),
  }
  return proofOf(db, place.index, extra)
}

function saltIn({ seed, salts }: Commitments, name: string): [string, string][] {
  const salt = seed ? toBase64(saltOf(seed, name)) : salts?.[name]
  return salt === undefined ? [] : [[name, salt]]
}

/** Works of our own that never were public are not named by a proof either. */
async function hiddenWorks(db: Database, now: Date, { editionId, said }: Commitments): Promise<string[]> {
  if (said.length === 0) return []
  const { rows } = await sql<{ relation: Said['relation']; type: string; name: string }>`
    select r.relation, r.type, coalesce(r.named, w.title) as name
    from (select 'link' as relation, type, work_id, named from links where edition_id = ${editionId}
      union all select 'effect', type, work_id, named from effects where edition_id = ${editionId}) r
    join works w on w.id = r.work_id ${citedFrom(now)}
    where t.id is null or shown.title is not null or r.named = w.doc_no`.execute(db)
  const shown = new Set(rows.map(row => [row.relation, row.type, row.name].join('\u0000')))
  const count = { link: 0, effect: 0 }
  return said.flatMap(one => {
    count[one.relation] += 1
    const name = `${one.relation}.${count[one.relation]}`
    return shown.has([one.relation, one.type, one.name].join('\u0000')) ? [] : [name]
  })
}
