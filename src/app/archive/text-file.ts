import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

/** A file that is written once, and knows its fingerprint at the end. */
export interface TextFile {
  write(text: string): Promise<void>
  close(): Promise<{ sha256: string; size: number }>
  /** Lets go of the file, however far it was written. */
  letGo(): Promise<void>
}

export async function writeTextFile(path: string): Promise<TextFile> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  return {
    async write(text) {
      const bytes = Buffer.from(text)
      hash.update(bytes)
      size += bytes.length
      await writeAll(file, bytes)
    },
    async close() {
      await file.sync()
      await file.close()
      return { sha256: hash.digest('hex'), size }
    },
    // Closing what is closed does nothing
    letGo: () => file.close(),
  }
}

/** One call may write less than it was given. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}
