import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'

/** First and last byte, both counted, as in an HTTP range. */
export interface ByteRange {
  from: number
  to: number
}

/**
 * Where the bytes of files lie, by key. Keys end in the content's hash, so bytes under a key never change and keeping the same
 * bytes twice is keeping them once.
 */
export interface FileStorage {
  /** Copies the file at `path` to `key`; does nothing when a whole copy is there. On return the bytes are on the disk. */
  keep(key: string, path: string, size: number): Promise<void>
  /** The same for bytes in memory. */
  keepBytes(key: string, bytes: Uint8Array): Promise<void>
  read(key: string, range?: ByteRange): Promise<Readable>
  remove(key: string): Promise<void>
  /** Removes everything whose key begins with this folder, whether anybody knows of it or not. */
  removeFolder(folder: string): Promise<void>
}

/** The storage on this machine, under `files` of the data folder. */
export function openStorage(dataDir: string): FileStorage {
  const location = join(dataDir, 'files')
  const disk = new Disk(new FSDriver({ location, visibility: 'private' }))
  return {
    async keep(key, path, size) {
      if (await holdsWhole(disk, key, size)) return
      await disk.copyFromFs(path, key)
      await flush(join(location, key))
    },
    async keepBytes(key, bytes) {
      if (await holdsWhole(disk, key, bytes.length)) return
      await disk.put(key, bytes)
      await flush(join(location, key))
    },
    async read(key, range) {
      // The disk driver reads whole files only; a range asks the file system for just that part.
      if (range) return createReadStream(join(location, key), { start: range.from, end: range.to })
      return disk.getStream(key)
    },
    remove: key => disk.delete(key),
    removeFolder: folder => disk.deleteAll(folder),
  }
}

/** A copy that was cut off by a crash is shorter than it should be and is made again. */
async function holdsWhole(disk: Disk, key: string, size: number): Promise<boolean> {
  return (await disk.exists(key)) && (await disk.getMetaData(key)).contentLength === size
}

/** What was acknowledged must survive a power cut. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
