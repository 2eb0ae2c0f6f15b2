import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unavailable } from '#lib/errors'
import { fileStorage } from '#modules/personal-data'
import type { FileStorage } from '#platform/storage/storage'

function storageOr(): FileStorage {
  const storage = fileStorage()
  if (!storage) throw unavailable('redaction.no-storage', '现在取不到文件，请稍后再试。')
  return storage
}

/** A folder of its own while the act lasts; originals and results lie nowhere else. */
export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-redaction-'))
  try {
    return await act(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Keeps a file in the closed zone, under a key of the redaction and its content: no address leads there. */
export async function keepFile(
  id: string,
  path: string,
): Promise<{ key: string; sha256: string; size: number }> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  const sha256 = hash.digest('hex')
  const { size } = await stat(path)
  const key = `redactions/${id}/${sha256}`
  await storageOr().keep(key, path, size)
  return { key, sha256, size }
}

export async function keepBytes(id: string, bytes: Uint8Array) {
  return inFolder(async folder => {
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    return keepFile(id, path)
  })
}

export async function bytesUnder(key: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await storageOr().read(key)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
