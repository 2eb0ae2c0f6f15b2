import { editionsUsingFile } from '#modules/files'
import type { EraseCopies } from '#modules/publications'
import type { FileStorage } from '#platform/storage/storage'
import { folderOf } from '../making/press.ts'
import { forgetKept, lockEdition } from '../queries.ts'

/**
 * What was made from the old words goes, row and bytes, within the transaction of the erasure; whoever is making one is waited for,
 * and whoever comes later reads the new text. They are made again by the next reader or by the job.
 */
export const eraseRenditions =
  (storage: FileStorage): EraseCopies =>
  async ({ db }, { editionIds, fileIds }) => {
    // A picture may stand in other publications, too
    const using = await Promise.all(fileIds.map(id => editionsUsingFile(db, id)))
    const ids = [...new Set([...editionIds, ...using.flat()])].sort()
    for (const id of ids) await lockEdition(db, id)
    await forgetKept(db, ids)
    // Should the erasure be undone, the rows come back without their bytes, which are then made again
    for (const id of ids) await storage.removeFolder(folderOf(id))
  }
