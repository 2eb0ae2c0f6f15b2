import { sql } from 'kysely'
import { uuidv7 } from '#lib/ids'
import { releaseClosed } from '#modules/files'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { CheckRow } from './check-queries.ts'

/** What stood there before masking. */
export interface OriginalContent {
  title: string
  bodyHtml: string
  facts: readonly { label: string; value: string }[]
  /** Attachments as they were, closed. Not in what was kept before attachments were. */
  files?: readonly { id: string; name: string }[]
}

export interface OriginalRow {
  id: string
  publicationId: string
  editionId: string
  organId: string
  revision: number
  title: string
  content: OriginalContent
  keptBy: string
  keptAt: Date
}

/** The text before masking goes into the closed zone (S-PII-08). */
export async function keepOriginal(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  check: Pick<CheckRow, 'publicationId' | 'editionId' | 'organId' | 'revision'>,
  title: string,
  content: OriginalContent,
): Promise<void> {
  const { publicationId, editionId, organId, revision } = check
  await db
    .insertInto('personalDataOriginals')
    .values({
      id: uuidv7(ctx.clock.now().getTime()),
      publicationId,
      editionId,
      organId,
      revision,
      title,
      content: JSON.stringify(content),
      keptBy: actorName(ctx.actor),
      keptAt: ctx.clock.now(),
    })
    .execute()
}

export async function listOriginals(
  db: Database,
  publicationId: string,
): Promise<Pick<OriginalRow, 'id' | 'revision' | 'keptBy' | 'keptAt'>[]> {
  const { rows } = await sql<OriginalRow>`select id, revision, kept_by, kept_at from personal_data_originals
    where publication_id = ${publicationId} order by kept_at desc, id desc`.execute(db)
  return rows
}

export async function findOriginal(db: Database, id: string): Promise<OriginalRow | null> {
  const { rows } = await sql<OriginalRow>`select * from personal_data_originals where id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** What is kept of a publication goes with an erasure that two persons have decided, within its transaction; files with the next purge. */
export async function eraseOriginals(db: Database, erasureId: string, publicationId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select f->>'id' as id
    from personal_data_originals, jsonb_array_elements(coalesce(content->'files', '[]')) f
    where publication_id = ${publicationId}`.execute(db)
  await releaseClosed(
    db,
    rows.map(row => row.id),
  )
  await sql`select erase_originals(${erasureId})`.execute(db)
}
