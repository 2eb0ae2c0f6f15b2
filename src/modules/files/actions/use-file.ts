import { invalid, notFound } from '#lib/errors'
import type { Database } from '#platform/db/database'
import { withoutExtension } from '../file-name.ts'
import {
  deleteUse,
  deleteUsesOfRole,
  fileForPublicId,
  findFile,
  insertUse,
  insertUses,
  type NewUse,
} from '../queries.ts'
import { type FileRole, picturesInBody } from '../stored-file.ts'

export interface UseFile {
  role?: FileRole
  /** What readers see; the file's own name without its extension when nothing is given. */
  title?: string | undefined
  position?: number | undefined
}

const longestTitle = 200

/** Puts a stored file into a draft edition. The caller has asked whether the actor may change that edition. */
export async function useFile(
  db: Database,
  editionId: string,
  fileId: string,
  use: UseFile = {},
): Promise<void> {
  const role = use.role ?? 'attachment'
  const title = use.title?.normalize('NFC').replace(/\s+/g, ' ').trim() || null
  if (title && [...title].length > longestTitle)
    throw invalid('files.title-too-long', `附件名称最多 ${longestTitle} 字。请写得短一些。`)
  const file = await findFile(db, fileId)
  const done =
    file !== null &&
    (await insertUse(db, {
      editionId,
      fileId,
      role,
      title: title ?? (role === 'attachment' ? withoutExtension(file.name) : ''),
      position: use.position ?? null,
    }))
  if (!done)
    throw notFound(
      'files.not-found',
      '这个文件已经不在了：上传后超过两天没有使用的文件会被清理。请重新上传。',
    )
}

/** Many at once, of files that are known to be there. */
export async function useFiles(db: Database, uses: readonly NewUse[]): Promise<void> {
  const short = (title: string) =>
    [...title.normalize('NFC').replace(/\s+/g, ' ').trim()].slice(0, longestTitle).join('')
  await insertUses(
    db,
    uses.map(use => ({ ...use, title: short(use.title) })),
  )
}

/** Takes a file out of a draft edition; if no other edition uses it, the daily purge removes it. */
export function stopUsingFile(
  db: Database,
  editionId: string,
  fileId: string,
  role: FileRole = 'attachment',
) {
  return deleteUse(db, editionId, fileId, role)
}

/** Makes the pictures of a draft edition the ones its cleaned body shows: called whenever the body is saved. */
export async function usePicturesOfBody(db: Database, editionId: string, bodyHtml: string): Promise<void> {
  await deleteUsesOfRole(db, editionId, 'picture')
  for (const [index, { publicId, alt }] of picturesInBody(bodyHtml).entries()) {
    const file = await fileForPublicId(db, publicId)
    if (file)
      await insertUse(db, { editionId, fileId: file.id, role: 'picture', title: alt, position: index + 1 })
  }
}
