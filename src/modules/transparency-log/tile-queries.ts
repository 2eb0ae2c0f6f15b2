import { sql } from 'kysely'
import { type Hash, inclusionPath, type Range } from '#lib/tlog/merkle'
import { hashesOf, readTile, type Tile, type TileAt, tilesFor, writeTile } from '#lib/tlog/tiles'
import type { Database } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'

/** How many leaves the log has. */
export async function logSize(db: Database): Promise<number> {
  const { size } = await db.selectFrom('logHead').select('size').executeTakeFirstOrThrow()
  return Number(size)
}

/** Makes room for leaves; the head stays locked until the transaction ends. @returns the size before. */
export async function claimPlaces(db: Database, many: number): Promise<number> {
  const { rows } = await sql<{ before: string }>`
    update log_head set size = size + ${many} returning size - ${many} as before`.execute(db)
  return Number(rows[0]?.before)
}

export async function tilesAt(db: Database, at: readonly TileAt[]): Promise<Tile[]> {
  if (at.length === 0) return []
  const { rows } = await sql<{ level: number; index: string; hashes: Buffer }>`
    select t.level, t.index, t.hashes from unnest(${at.map(one => one.level)}::integer[], ${at.map(one => one.index)}::bigint[])
      as a (level, index) join log_tiles t on t.level = a.level and t.index = a.index`.execute(db)
  return rows.map(({ level, index, hashes }) => ({
    level,
    index: Number(index),
    hashes: readTile(new Uint8Array(hashes)),
  }))
}

/** All of them, 32 bytes a leaf and a little more. */
export async function allTiles(db: Database): Promise<Tile[]> {
  const { rows } = await sql<{ level: number; index: number; hashes: Buffer }>`
    select level, index, hashes from log_tiles order by level, index`.execute(db)
  return rows.map(row => ({ ...row, hashes: readTile(new Uint8Array(row.hashes)) }))
}

export async function saveTiles(db: Database, tiles: readonly Tile[]): Promise<void> {
  await insertMany(
    db,
    'logTiles',
    tiles.map(({ level, index, hashes }) => ({ level, index, hashes: inHex(writeTile(hashes)) })),
    sql`on conflict (level, index) do update set hashes = excluded.hashes`,
  )
}

/** The hashes of ranges of the tree. */
export async function hashesIn(db: Database, ranges: readonly Range[]): Promise<Hash[]> {
  return hashesOf(ranges, await tilesAt(db, tilesFor(ranges)))
}

export async function rootAt(db: Database, size: number): Promise<Hash> {
  const [root] = await hashesIn(db, [{ from: 0, to: size }])
  if (!root) throw new Error('no root')
  return root
}

/** The audit path of a leaf in the tree as it was with `size` leaves. */
export const auditPath = (db: Database, index: number, size: number): Promise<Hash[]> =>
  hashesIn(db, inclusionPath(index, size))

/** As `json_populate_recordset` reads bytes. */
export const inHex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`
