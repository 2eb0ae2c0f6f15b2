import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type FoundFile as FileToStore, type Found, fileHref, storeFound } from '#modules/files'
import { formerAddress } from '#modules/publications'
import type { Context } from '#platform/context'
import type { FileStorage } from '#platform/storage/storage'
import type { Surroundings } from '../import/filing.ts'
import type { FoundFile } from '../import/find-files.ts'
import { namesOf, type PageParts, type Part, withNewAddresses } from '../import/page-parts.ts'
import type { PreparedDocument } from '../import/prepare.ts'
import type { FilingDoubt } from '../import/recognised.ts'

/** A document with what lies round it. */
export interface DocumentToFile extends PreparedDocument {
  file: FoundFile
  /** Its addresses on the old site, as far as they are known. */
  addresses: readonly string[]
  /** Told by a list only: the document itself has not been seen. */
  isRow: boolean
  /** Of saved pages. */
  parts: PageParts | null
  /** Kept with the item, closed: a document in a format that readers may want as it was. */
  keepsOriginal: boolean
}

type Wanted = FileToStore & { document: number; part: Part | null; embedded: string | null }

/**
 * Stores what documents show and hand out: pictures of the text at once, attachments and originals closed until somebody has
 * looked through them (S-PII). @param storage null: only looked at, nothing is stored
 */
export async function settleFiles(
  ctx: Context,
  documents: readonly DocumentToFile[],
  where: { siteId: string; storage: FileStorage | null },
): Promise<Surroundings[]> {
  const { storage, siteId } = where
  if (storage === null || !documents.some(hasFiles)) return documents.map(one => surroundings(one, []))
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-pictures-'))
  try {
    const wanted = (await Promise.all(documents.map((one, at) => filesOf(one, at, folder)))).flat()
    const found = await storeFound(ctx, wanted, { siteId, storage })
    const stored = wanted.map((one, at) => ({ ...one, found: found[at] as Found }))
    return documents.map((one, at) =>
      surroundings(
        one,
        stored.filter(file => file.document === at),
      ),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const hasFiles = ({ parts, embedded, keepsOriginal }: DocumentToFile) =>
  keepsOriginal ||
  embedded.length > 0 ||
  (parts !== null && parts.pictures.length + parts.attachments.length > 0)

async function filesOf(one: DocumentToFile, document: number, folder: string): Promise<Wanted[]> {
  const { parts, embedded, file, keepsOriginal } = one
  const pictures = (parts?.pictures ?? []).map(part => ({
    path: part.file.path,
    name: basename(part.file.under).replace(/[?@].*$/, ''),
    role: 'picture' as const,
    altText: part.text,
    part,
    embedded: null,
  }))
  const inside = await Promise.all(
    embedded.map(async (picture, at) => {
      const path = join(folder, `${document}-${at}`)
      await writeFile(path, picture.bytes)
      const { name, alt, href } = picture
      return { path, name, role: 'picture' as const, altText: alt, part: null, embedded: href }
    }),
  )
  const attachments = (parts?.attachments ?? []).map(part => ({
    path: part.file.path,
    name: namesOf(part).name,
    role: 'attachment' as const,
    altText: null,
    part,
    embedded: null,
  }))
  const original = keepsOriginal
    ? [
        {
          path: file.path,
          name: basename(file.under),
          role: 'attachment' as const,
          altText: null,
          part: null,
          embedded: null,
        },
      ]
    : []
  return [...pictures, ...inside, ...attachments, ...original].map(wanted => ({ ...wanted, document }))
}

function surroundings(
  { found, parts, addresses }: DocumentToFile,
  stored: readonly (Wanted & { found: Found })[],
): Surroundings {
  const ways = new Map(parts?.ways)
  const doubts: FilingDoubt[] = [...(parts?.doubts ?? [])]
  const files: Surroundings['files'][number][] = []
  const movedFrom: Surroundings['movedFrom'][number][] = []
  const movesFrom = (from: string | null, fileId: string | null) => {
    const path = from === null ? null : formerAddress(from)
    if (path !== null && !movedFrom.some(one => one.path === path)) movedFrom.push({ path, fileId })
  }
  for (const address of addresses) movesFrom(address, null)
  const places = { picture: 0, attachment: 0 }
  for (const { part, embedded, role, name, altText, found: kept } of stored) {
    if ('why' in kept) {
      doubts.push({
        field: role === 'picture' ? 'body' : 'attachments',
        why: `${kept.why.replace(/。$/, '')}。它没有随文件导入，请核对后在工作台补上。`,
      })
      continue
    }
    const href = part?.href ?? embedded
    if (href !== null) ways.set(href, fileHref(kept.file))
    movesFrom(part?.address ?? null, kept.file.id)
    if (files.some(file => file.fileId === kept.file.id && file.role === role)) continue
    places[role] += 1
    const title = role === 'picture' ? (altText ?? '') : part ? namesOf(part).title : `原件：${name}`
    files.push({ fileId: kept.file.id, role, title, position: places[role] })
  }
  return {
    bodyHtml: withNewAddresses(found.bodyHtml, ways, parts?.dead ?? new Set()),
    files,
    movedFrom,
    doubts,
  }
}
