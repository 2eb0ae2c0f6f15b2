import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Content } from '#platform/http/reply'
import type { Upload } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'

/** A file that goes with a document on its way and never is public. */
export interface KeptFile {
  name: string
  size: number
  sha256: string
  key: string
}

/** Keys are of this module alone, so that no other purge takes the bytes away. */
export async function keepFile(storage: FileStorage, upload: Upload): Promise<KeptFile> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(upload.path), hash)
  const sha256 = hash.digest('hex')
  const key = `documents/${sha256.slice(0, 2)}/${sha256}`
  await storage.keep(key, upload.path, upload.size)
  return { name: plainName(upload.name), size: upload.size, sha256, key }
}

/** Sends it as a download: nothing of it runs in the browser. */
export async function sendKeptFile(storage: FileStorage, file: KeptFile): Promise<Content> {
  return {
    kind: 'content',
    status: 200,
    type: 'application/octet-stream',
    body: await storage.read(file.key),
    headers: {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  }
}

/** A name and nothing else: no folders, no control signs. */
function plainName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/\p{C}/gu, '').replace(/^\.+/, '').trim().slice(-120)
  return clean === '' ? '未命名' : clean
}
