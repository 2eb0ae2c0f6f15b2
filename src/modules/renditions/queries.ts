import { sql } from 'kysely'
import type { Database } from '#platform/db/database'
import { type Format, formats } from './making/rendition.ts'

/** A rendition that is kept. */
export interface Kept {
  recipe: string
  storageKey: string
  sha256: string
  size: number
}

export interface Of {
  editionId: string
  siteId: string
  publicId: string
  number: number
}

export async function findKept(db: Database, editionId: string, format: Format): Promise<Kept | null> {
  const { rows } = await sql<Kept>`select recipe, storage_key, sha256, size from renditions
    where edition_id = ${editionId} and format = ${format} and storage_key is not null`.execute(db)
  return rows[0] ?? null
}

/** Sizes of what is made, by format. */
export async function sizesOf(db: Database, editionId: string): Promise<Map<Format, number>> {
  const { rows } = await sql<{ format: Format; size: number }>`select format, size from renditions
    where edition_id = ${editionId} and storage_key is not null`.execute(db)
  return new Map(rows.map(row => [row.format, row.size]))
}

/** One maker an edition, in whatever process, until the transaction ends; an erasure waits for it and then takes all away. */
export async function lockEdition(db: Database, editionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rendition:${editionId}`}, 0))`.execute(db)
}

/** @returns the key of the bytes that were kept before. */
export async function saveKept(
  db: Database,
  of: Of,
  format: Format,
  kept: Kept & { madeAt: Date },
): Promise<string | null> {
  const before = await findKept(db, of.editionId, format)
  const made = { ...kept, problem: null, tries: 0, triedAt: kept.madeAt }
  await db
    .insertInto('renditions')
    .values({ ...of, format, ...made })
    .onConflict(conflict => conflict.columns(['editionId', 'format']).doUpdateSet(made))
    .execute()
  return before?.storageKey ?? null
}

export async function saveProblem(
  db: Database,
  of: Of,
  format: Format,
  problem: string,
  at: Date,
): Promise<void> {
  await sql`insert into renditions (edition_id, site_id, public_id, number, format, problem, tries, tried_at)
    values (${of.editionId}, ${of.siteId}, ${of.publicId}, ${of.number}, ${format}, ${problem}, 1, ${at})
    on conflict (edition_id, format) do update set problem = excluded.problem, tries = renditions.tries + 1, tried_at = excluded.tried_at`.execute(
    db,
  )
}

/** Lets go of what is kept of editions; they wait to be made again. */
export async function forgetKept(db: Database, editionIds: readonly string[]): Promise<void> {
  await sql`update renditions set recipe = null, storage_key = null, sha256 = null, size = null, made_at = null,
      problem = null, tries = 0, tried_at = null
    where edition_id = any(${[...editionIds]}::uuid[])`.execute(db)
}

const formatCount = Object.keys(formats).length

/** Which of these editions are known in every format, made or tried, as `publicId number`. */
export async function knownEditions(
  db: Database,
  publicIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ publicId: string; number: number }>`
    select public_id, number from renditions where public_id = any(${[...publicIds]}::text[])
    group by public_id, number having count(*) = ${formatCount}`.execute(db)
  return new Set(rows.map(row => `${row.publicId} ${row.number}`))
}

export interface Waiting extends Of {
  format: Format
}

/** What was let go of, and what could not be made and may be tried again: after five times a person looks at it. */
export async function listWaiting(db: Database, now: Date, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`select edition_id, site_id, public_id, number, format from renditions
    where storage_key is null and tries < 5
      and (tried_at is null or tried_at < ${now}::timestamptz - tries * interval '10 minutes')
    order by tried_at nulls first limit ${limit}`.execute(db)
  return rows
}

export interface Problem extends Waiting {
  problem: string
  tries: number
  /** Null: somebody asked that it be tried again. */
  triedAt: Date | null
}

export async function listProblems(db: Database, limit: number): Promise<Problem[]> {
  const { rows } = await sql<Problem>`
    select edition_id, site_id, public_id, number, format, problem, tries, tried_at from renditions
    where storage_key is null and problem is not null order by tried_at desc limit ${limit}`.execute(db)
  return rows
}

/** What failed is tried again by the next run of the job; what went wrong stays on record until it is made. */
export async function forgetTries(db: Database): Promise<number> {
  const done =
    await sql`update renditions set tries = 0, tried_at = null where storage_key is null and problem is not null`.execute(
      db,
    )
  return Number(done.numAffectedRows ?? 0)
}

export async function countProblems(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from renditions
    where storage_key is null and problem is not null`.execute(db)
  return rows[0]?.count ?? 0
}
