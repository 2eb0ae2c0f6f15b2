import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileStorage } from '#platform/storage/storage'
import type { ImportUpload } from '../upload-queries.ts'

/** The same wherever and whenever it is laid out: a run that goes on knows its files by their names. */
export const folderOf = (uploadId: string) => join(tmpdir(), 'mingtang-imports', uploadId)

/** The files of an upload as if somebody had named each to the command. */
export const pathsOf = ({ id, files }: Pick<ImportUpload, 'id' | 'files'>): string[] =>
  files.map(file => join(folderOf(id), file.name))

/** Puts them there. */
export async function layOut(
  upload: Pick<ImportUpload, 'id' | 'files'>,
  storage: FileStorage,
): Promise<string[]> {
  const folder = folderOf(upload.id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { name, key, size } of upload.files) {
    const path = join(folder, name)
    const there = await stat(path).catch(() => null)
    if (there?.size !== size) await pipeline(await storage.read(key), createWriteStream(path))
  }
  return pathsOf(upload)
}

export const clear = (uploadId: string) => rm(folderOf(uploadId), { recursive: true, force: true })

/** A name or a sentence of a report without the folder that readers do not know. */
export const nameWithin = (text: string): string =>
  text.replace(/[^“”\s]*[/\\]mingtang-imports[/\\][0-9a-f-]{36}[/\\]?/g, '')

/** Where a run took its files from, as people know it. */
export const sourceName = (path: string): string => nameWithin(path) || '上传的文件'
