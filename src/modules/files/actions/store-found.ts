import { Refused } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { recordActs } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { FileStorage } from '#platform/storage/storage'
import { cleanFileName } from '../file-name.ts'
import { inspectFile } from '../inspection/inspect-file.ts'
import { findChecked, insertFiles, lockStorageKeys, markChecked, type NewFile } from '../queries.ts'
import { type FileRole, limits, type StoredFile, sizeInWords, storageKeyOf } from '../stored-file.ts'
import { fingerprint } from './store-upload.ts'

/** A file that an import has found, on the disk of this machine. */
export interface FoundFile {
  path: string
  /** As it is called where it was found. */
  name: string
  role: FileRole
  altText: string | null
}

/** Either the file, or why it was not taken. */
export type Found = { file: StoredFile } | { why: string }

/**
 * Takes files that an import has found, checked like uploads. The same bytes are kept once for a site. Pictures stand in the text
 * and are seen with it; everything else stays closed until somebody has looked through it for personal data (S-PII).
 */
export async function storeFound(
  ctx: Context,
  found: readonly FoundFile[],
  where: { siteId: string; storage: FileStorage },
): Promise<Found[]> {
  if (found.length === 0) return []
  const printed = await Promise.all(found.map(one => fingerprintOf(one)))
  const known = await findChecked(ctx.db, where.siteId, shasOf(printed))
  const fresh = new Map<string, { row: NewFile & { storageKey: string }; path: string }>()
  const refused = new Map<string, string>()
  for (const [at, one] of found.entries()) {
    const print = printed[at]
    if (!print || 'why' in print || pick(known, print.sha256, one.role)) continue
    const key = keyOf(print.sha256, one.role)
    if (fresh.has(key) || refused.has(key)) continue
    const row = await inspected(ctx, one, print, where.siteId)
    if ('why' in row) refused.set(key, row.why)
    else fresh.set(key, { row, path: one.path })
  }
  const stored = await keep(ctx, [...fresh.values()], where)
  return found.map((one, at) => {
    const print = printed[at]
    if (!print || 'why' in print) return { why: print?.why ?? `“${one.name}”没有读到。` }
    const file = pick(known, print.sha256, one.role) ?? pick(stored, print.sha256, one.role)
    return file ? { file } : { why: refused.get(keyOf(print.sha256, one.role)) ?? `“${one.name}”没有保存。` }
  })
}

type Print = { sha256: string; size: number } | { why: string }

async function fingerprintOf({ path, name, role }: FoundFile): Promise<Print> {
  const print = await fingerprint(path).catch(() => null)
  if (!print) return { why: `“${name}”打不开，没有保存。` }
  const most = role === 'picture' ? limits.pictureBytes : limits.attachmentBytes
  return print.size > most ? { why: `“${name}”超过 ${sizeInWords(most)} 的上限，没有保存。` } : print
}

const shasOf = (prints: readonly Print[]) => [
  ...new Set(prints.flatMap(print => ('sha256' in print ? print.sha256 : []))),
]

const keyOf = (sha256: string, role: FileRole) => `${role === 'picture'} ${sha256}`

/** What was open already stays open; a picture never shows what is held. */
function pick(files: readonly StoredFile[], sha256: string, role: FileRole): StoredFile | undefined {
  const same = files.filter(file => file.sha256 === sha256 && !(role === 'picture' && file.held))
  return same.find(file => !file.held) ?? same[0]
}

async function inspected(
  ctx: Context,
  { path, name, role, altText }: FoundFile,
  print: { sha256: string; size: number },
  siteId: string,
): Promise<(NewFile & { storageKey: string }) | { why: string }> {
  const cleaned = cleanFileName(name)
  try {
    return {
      ...(await inspectFile(path, cleaned, role)),
      ...print,
      id: uuidv7(),
      publicId: publicId(),
      siteId,
      name: cleaned,
      storageKey: storageKeyOf(print.sha256),
      altText: altText === null ? null : [...altText].slice(0, limits.altTextLength).join(''),
      held: role !== 'picture',
      imported: true,
      state: 'quarantined',
      refusedBecause: null,
      uploadedBy: actorName(ctx.actor),
      uploadedById: actorId(ctx.actor),
      uploadedAt: ctx.clock.now(),
    }
  } catch (error) {
    if (error instanceof Refused) return { why: error.message }
    throw error
  }
}

/** Rows first, then bytes; what another run has stored meanwhile is taken as it is, and our rows are purged. */
async function keep(
  ctx: Context,
  fresh: readonly { row: NewFile & { storageKey: string }; path: string }[],
  { siteId, storage }: { siteId: string; storage: FileStorage },
): Promise<StoredFile[]> {
  if (fresh.length === 0) return []
  await insertFiles(
    ctx.db,
    fresh.map(({ row }) => row),
  )
  return inTransaction(ctx.db, async db => {
    await lockStorageKeys(
      db,
      fresh.map(({ row }) => row.storageKey),
    )
    const meanwhile = await findChecked(
      db,
      siteId,
      fresh.map(({ row }) => row.sha256),
    )
    const mine = fresh.filter(({ row }) => !pick(meanwhile, row.sha256, row.held ? 'attachment' : 'picture'))
    for (const { row, path } of mine) await storage.keep(row.storageKey, path, row.size)
    await markChecked(
      db,
      mine.map(({ row }) => row.id),
    )
    await recordActs(
      db,
      ctx,
      mine.map(({ row: { id, name, sha256, size } }) => ({
        act: 'files.file-imported',
        sentence: `导入了文件“${name}”`,
        object: { kind: 'file', id, label: name },
        details: { sha256, size },
      })),
    )
    return [...meanwhile, ...mine.map(({ row }) => row)]
  })
}
