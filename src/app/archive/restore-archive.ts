import { join } from 'node:path'
import { sql } from 'kysely'
import { conflict } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { takeErasures } from '#modules/publications'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Incoming, NumberedLine, RecordPart } from '#platform/record'
import type { FileStorage } from '#platform/storage/storage'
import { readByKey } from './by-key.ts'
import { type CheckedArchive, checkArchive, plainFile } from './check-archive.ts'
import { type FirstLogin, foundAdministrators } from './found-administrators.ts'
import { recordParts } from './parts.ts'
import { readLines } from './read-lines.ts'
import { madeWhen } from './readme.ts'
import { faultIn } from './record-fault.ts'

export interface Restored extends CheckedArchive {
  notes: string[]
  logins: FirstLogin[]
}

/**
 * Brings an export into an empty installation: the same addresses, editions, links and effects. First everything is checked
 * against the manifest, then everything is written in one transaction: it is all there, or nothing is.
 */
export async function restoreArchive(
  ctx: Context,
  storage: FileStorage,
  folder: string,
  progress: (file: string, lines: number) => void,
  /** erasures.jsonl of a newer export: what was erased by law since this one was made. */
  erasures?: string,
): Promise<Restored> {
  await mustBeEmpty(ctx.db)
  const parts = recordParts(storage)
  const archive = await checkArchive(folder, parts)
  const notes: string[] = []
  const kept: string[] = []
  try {
    const logins = await inTransaction(ctx.db, async db => {
      await readByKey(db)
      await sql`select pg_advisory_xact_lock(hashtext('mingtang.restore'))`.execute(db)
      await mustBeEmpty(db)
      const into: Incoming = { db, now: ctx.clock.now(), note: text => notes.push(text) }
      if (erasures !== undefined) for await (const batch of readLines(erasures)) takeErasures(db, batch)
      for (const part of parts) {
        if (!archive.manifest.files[part.file]) continue
        await readPart({ into, storage, archive, kept, progress }, part)
      }
      return settle({ ...ctx, db }, archive)
    })
    return { ...archive, notes, logins }
  } catch (error) {
    // The installation was empty: no other row needs these bytes
    for (const key of kept) await storage.remove(key).catch(() => {})
    throw error
  }
}

async function mustBeEmpty(db: Database): Promise<void> {
  const installation = await db.selectFrom('installation').select('foundedAs').executeTakeFirst()
  const { rows } = await sql<{ there: boolean }>`select exists (select from organ_names) as there`.execute(db)
  if (rows[0]?.there || (installation && installation.foundedAs !== 'empty'))
    throw conflict(
      'archive.not-an-empty-installation',
      installation?.foundedAs === 'sample'
        ? '这里装着样例政府，只能恢复到空的系统。请先运行 ./bin/mingtang sample remove。'
        : '这里已经有机构和内容，只能恢复到空的系统。请另装一套明堂（另一个 DATA_DIR 或数据库）再恢复。',
    )
}

interface Reading {
  into: Incoming
  storage: FileStorage
  archive: CheckedArchive
  /** Keys of bytes that this restoring has put into the storage. */
  kept: string[]
  progress(file: string, lines: number): void
}

async function readPart(reading: Reading, part: RecordPart): Promise<void> {
  const { folder } = reading.archive
  let current: readonly NumberedLine[] = []
  async function* batches() {
    for await (const batch of readLines(join(folder, part.file))) {
      current = batch
      if (part.bytes) for (const { value } of batch) await keepBytes(reading, part.bytes(value))
      yield batch
      reading.progress(part.file, batch.at(-1)?.number ?? 0)
    }
  }
  try {
    await part.read(reading.into, batches())
  } catch (error) {
    throw faultIn(part.file, error, current)
  }
}

async function keepBytes(
  { storage, archive, kept }: Reading,
  { key, size }: { key: string; size: number },
): Promise<void> {
  const path = await plainFile(archive.folder, `files/${key}`)
  kept.push(key)
  await storage.keep(key, path, size)
}

/** Somebody must be able to come in, and everybody to see what happened. */
async function settle(ctx: Context, { manifest }: CheckedArchive): Promise<FirstLogin[]> {
  const { db } = ctx
  const logins = await foundAdministrators(ctx)
  await db
    .insertInto('installation')
    .values({ foundedAs: 'government' })
    .onConflict(conflict => conflict.column('oneRow').doUpdateSet({ foundedAs: 'government' }))
    .execute()
  const lines = Object.entries(manifest.files).flatMap(([name, { lines }]) =>
    lines === undefined ? [] : [[name, lines]],
  )
  await recordAct(db, ctx, {
    act: 'archive.restored',
    sentence: `从 ${madeWhen(manifest)} 的导出恢复了公开记录`,
    details: { madeAt: manifest.madeAt, site: manifest.site, lines: Object.fromEntries(lines) },
  })
  await announceChange(db, ['*'])
  return logins
}
