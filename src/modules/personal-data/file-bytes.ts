import type { EditionFile } from '#modules/files'
import type { FileStorage } from '#platform/storage/storage'

let storage: FileStorage | null = null

/** Told once by `app`, which knows where the bytes lie. Until then every attachment counts as not looked through. */
export function registerFileBytes(where: FileStorage | null): void {
  storage = where
}

export const fileStorage = (): FileStorage | null => storage

export async function bytesOf(file: Pick<EditionFile, 'storageKey'>): Promise<Uint8Array | null> {
  if (!storage) return null
  const chunks: Buffer[] = []
  for await (const chunk of await storage.read(file.storageKey)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
