import { fileForPublicId } from '#modules/files'
import { listSites } from '#modules/organisations'
import { answerAt, type PublicView } from '#modules/publications'
import type { Database } from '#platform/db/database'
import type { FileStorage } from '#platform/storage/storage'
import { formatOf, type Picture, picturesNamed } from '../pictures.ts'
import type { PictureNamed, ToPrint } from './rendition.ts'

/** What is printed of an edition that readers may see: its text, and of its pictures those that they may open. */
export async function toPrint(db: Database, now: Date, view: PublicView): Promise<ToPrint> {
  const { title, docNo, issuers, genre, keywords, signedOn, bodyHtml } = view
  const { organFullName, indexNo, number, digest, publicFrom } = view
  const site = (await listSites(db)).find(one => one.id === view.siteId)
  const pictures: PictureNamed[] = []
  for (const [name, publicId] of picturesNamed(bodyHtml)) {
    if ((await answerAt(db, now, view.siteId, `/files/${publicId}/x`)) !== 'open') continue
    const file = await fileForPublicId(db, publicId)
    if (file) pictures.push({ ...file, name })
  }
  return {
    source: {
      ...{ title, docNo, issuers, genre, keywords, signedOn, bodyHtml, indexNo, number, digest, publicFrom },
      organName: organFullName,
      siteName: site?.name ?? '',
    },
    pictures,
  }
}

/** The bytes of the pictures that a page can show, by the names that the body gives them. */
export async function readPictures(
  storage: FileStorage,
  named: readonly PictureNamed[],
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>()
  for (const { name, storageKey, width, height } of named) {
    const bytes = await bytesOf(storage, storageKey)
    const format = formatOf(bytes)
    if (format) pictures.set(name, { format, bytes, width: width ?? 400, height: height ?? 300 })
  }
  return pictures
}

async function bytesOf(storage: FileStorage, key: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await storage.read(key)) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
