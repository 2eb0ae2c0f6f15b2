import type { Entry, ZipFile } from 'yauzl'

/** The entry turned out larger than the zip file said, or than allowed. */
class EntryTooLarge extends Error {}

/** Bytes of one entry. They are counted as they come, for what a zip file says of itself is not to be trusted. */
export async function inflateEntry(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  const stream = await zip.openReadStreamPromise(entry)
  for await (const chunk of stream) {
    size += (chunk as Buffer).length
    if (size > limit) {
      stream.destroy()
      throw new EntryTooLarge()
    }
    chunks.push(chunk as Buffer)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)
}
