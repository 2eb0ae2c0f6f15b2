import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import type { Database } from '#platform/db/database'
import { draftRow, sealRow } from '../../../test/make/edition-rows.ts'
import { type Entry, insertEntries } from './entries.ts'
import { vectorsOf } from './vectors.ts'

/** What a test says of an entry; the rest is usual. */
export interface EntryFacts extends Partial<Omit<Entry, 'siteId' | 'editionId'>> {
  title?: string
  docNo?: string | null
  body?: string
}

/** Entries with the editions they point to, through the real bulk insert. @returns their entry numbers */
export async function makeEntries(
  db: Database,
  at: { siteId: string; organId: string },
  facts: readonly EntryFacts[],
): Promise<number[]> {
  const entries: Entry[] = []
  for (const { title = '关于停水的通知', docNo = null, body = '', ...more } of facts) {
    const editionId = await draftRow(db, at)
    await sealRow(db, editionId)
    entries.push({
      siteId: at.siteId,
      editionId,
      publicationId: uuidv7(),
      organId: at.organId,
      kind: 'policy',
      theme: null,
      genre: null,
      form: null,
      columnIds: [],
      archive: false,
      sortAt: new Date('2026-01-01T00:00:00Z'),
      publicFrom: new Date('2026-01-01T00:00:00Z'),
      publicUntil: null,
      signedOn: null,
      effectiveFrom: null,
      validUntil: null,
      ...vectorsOf({ title, docNo, keywords: '', summary: '', issuers: [], bodyText: body }),
      ...more,
    })
  }
  await insertEntries(db, entries)
  const { rows } = await sql<{ entryNo: number }>`
    select s.entry_no from unnest(${entries.map(entry => entry.editionId)}::uuid[]) with ordinality as o (id, place)
    join search_entries s on s.edition_id = o.id order by o.place`.execute(db)
  return rows.map(row => row.entryNo)
}
