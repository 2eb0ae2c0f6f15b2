import { createHash } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvLine } from '#lib/csv'
import { conflict, unavailable } from '#lib/errors'
import { editionsOnRecord } from '#modules/publications'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/db/database'
import type { Outgoing, RecordChoices, RecordLine, RecordPart, StoredBytes } from '#platform/record'
import { root } from '#platform/root'
import type { FileStorage } from '#platform/storage/storage'
import { readByKey } from './by-key.ts'
import { archiveFormat, archiveVersion, type Manifest, manifestName } from './manifest.ts'
import { recordParts } from './parts.ts'
import { readmeOf } from './readme.ts'
import { type TextFile, writeTextFile } from './text-file.ts'

export interface ArchiveWanted extends RecordChoices {
  folder: string
  site: { id: string; key: string } | null
}

export interface Exporting {
  db: Database
  clock: Clock
  storage: FileStorage
  /** Told now and then how far it is. */
  progress(file: string, lines: number): void
  note(text: string): void
}

/**
 * Writes the public record into a new folder, as of one moment. It grows beside its place and gets its name when it is whole:
 * a folder of that name is an export to the last byte.
 */
export async function writeArchive(with_: Exporting, wanted: ArchiveWanted): Promise<Manifest> {
  const folder = resolve(wanted.folder)
  const growing = `${folder}.part`
  await mustBeFree(folder, growing)
  await mkdir(growing, { recursive: true, mode: 0o700 })
  try {
    const manifest = await with_.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(db => writeFiles({ ...with_, db }, wanted, growing))
    await rename(growing, folder).catch(async () => {
      await rm(folder, { recursive: true })
      await rename(growing, folder)
    })
    return manifest
  } catch (error) {
    await rm(growing, { recursive: true, force: true })
    throw inWords(error, dirname(folder))
  }
}

async function mustBeFree(folder: string, growing: string): Promise<void> {
  const entries = await readdir(folder).catch(notThere)
  if (entries && entries.length > 0)
    throw conflict('archive.not-empty', `${folder} 里已经有内容，没有改动它。请另给一个新文件夹的名称。`)
  if (await stat(growing).catch(notThere))
    throw conflict(
      'archive.unfinished',
      `${growing} 是上一次没有做完的导出（或者正在导出）。确认没有正在导出以后删去它，再运行。`,
    )
}

function notThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  if (error.code === 'ENOTDIR') throw conflict('archive.not-a-folder', `${error.path} 不是文件夹。`)
  throw error
}

function inWords(error: unknown, disk: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return unavailable(
      'archive.disk-full',
      `磁盘满了：${disk} 没有空间放下整个导出。没有留下半份；腾出空间或换一个磁盘再运行。`,
    )
  if (code === 'EACCES' || code === 'EROFS')
    return unavailable('archive.may-not-write', `不能写入 ${disk}。请换一个有权写入的文件夹。`)
  return error
}

async function writeFiles(with_: Exporting, wanted: ArchiveWanted, folder: string): Promise<Manifest> {
  const { db } = with_
  await readByKey(db)
  const now = with_.clock.now()
  const choices = {
    db,
    now,
    siteId: wanted.site?.id ?? null,
    withClosed: wanted.withClosed,
    withWithdrawnText: wanted.withWithdrawnText,
  }
  const out: Outgoing = {
    ...choices,
    editionsShown: ids => editionsOnRecord(choices, ids),
    note: with_.note,
  }
  const parts = recordParts(with_.storage)
  const stored = new StoredFiles(with_.storage, join(folder, 'files'))
  const manifest: Manifest = {
    format: archiveFormat,
    version: archiveVersion,
    madeAt: now.toISOString(),
    madeBy: `mingtang ${version()}`,
    site: wanted.site?.key ?? null,
    withClosed: wanted.withClosed,
    withWithdrawnText: wanted.withWithdrawnText,
    files: {},
    stored: { count: 0, size: 0 },
  }
  for (const part of parts) await writePart(with_, out, part, folder, manifest, stored)
  const readme = await writeTextFile(join(folder, 'README.txt'))
  await readme.write(readmeOf(parts, manifest))
  manifest.files['README.txt'] = await readme.close()
  manifest.stored = { count: stored.count, size: stored.size }
  const last = await writeTextFile(join(folder, manifestName))
  await last.write(`${JSON.stringify(manifest, null, 2)}\n`)
  await last.close()
  return manifest
}

const version = (): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version

async function writePart(
  with_: Exporting,
  out: Outgoing,
  part: RecordPart,
  folder: string,
  manifest: Manifest,
  stored: StoredFiles,
): Promise<void> {
  const file = await writeTextFile(join(folder, part.file))
  const table = part.table && (await openTable(join(folder, part.table.file), part.table.heads))
  let lines = 0
  try {
    for await (const batch of part.write(out)) {
      if (part.bytes) for (const line of batch) await stored.keep(part.bytes(line), line)
      await file.write(batch.map(line => `${JSON.stringify(line)}\n`).join(''))
      await table?.write(batch.map(line => csvLine(part.table?.cells(line) ?? [])).join(''))
      lines += batch.length
      with_.progress(part.file, lines)
    }
    manifest.files[part.file] = { ...(await file.close()), lines }
    if (part.table && table) manifest.files[part.table.file] = await table.close()
  } finally {
    await file.letGo()
    await table?.letGo()
  }
}

/** The mark at the start lets spreadsheet programs read the Chinese. */
async function openTable(path: string, heads: readonly string[]): Promise<TextFile> {
  const file = await writeTextFile(path)
  await file.write(`\uFEFF${csvLine(heads)}`)
  return file
}

/** Bytes, each once, checked while they are copied. */
class StoredFiles {
  count = 0
  size = 0
  private readonly storage: FileStorage
  private readonly folder: string

  constructor(storage: FileStorage, folder: string) {
    this.storage = storage
    this.folder = folder
  }

  async keep({ key, sha256, size }: StoredBytes, line: RecordLine): Promise<void> {
    const path = join(this.folder, key)
    if (await stat(path).catch(notThere)) return
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const hash = createHash('sha256')
    const digest = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    const bytes = await this.storage.read(key).catch(() => null)
    if (!bytes) throw lost(line, '不见了')
    await pipeline(bytes, digest, createWriteStream(path, { mode: 0o600 })).catch(error => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? lost(line, '不见了') : error
    })
    if (hash.digest('hex') !== sha256) throw lost(line, '与登记的指纹不符')
    this.count += 1
    this.size += size
  }
}

const lost = (line: RecordLine, how: string) =>
  unavailable(
    'archive.bytes-lost',
    `文件“${line.name}”（${line.id}）在数据目录 files 里的内容${how}，导出没有做成。请先从备份里补回它。`,
  )
