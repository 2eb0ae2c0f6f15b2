import { Refused } from '#lib/errors'
import type { RawForm } from '#lib/forms'
import { type StoredFile, sizeInWords, storeUpload } from '#modules/files'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { type AttachmentRow, attachmentsOfForm, withAttachments } from '../draft-form.ts'

/**
 * Keeps the files that came with a form and puts them among its attachments, before anything else is looked at: when the rest
 * of the form has a fault nobody has to choose them again. A file that is refused is told; the others stay.
 */
export async function takeAttachments(
  ctx: DeskContext,
  incoming: Incoming,
  need: { storage: FileStorage; siteId: string },
): Promise<{ raw: RawForm; faults: string[] }> {
  const rows = attachmentsOfForm(incoming.form)
  const faults: string[] = []
  for (const upload of incoming.uploads) {
    try {
      rows.push(rowOf(await storeUpload(ctx, upload, need), ''))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      faults.push(error.message)
    }
  }
  return { raw: withAttachments(incoming.form, rows), faults }
}

export const rowOf = (
  file: Pick<StoredFile, 'id' | 'name' | 'size'> & { title?: string },
  position: string,
): AttachmentRow => ({
  fileId: file.id,
  title: file.title ?? file.name.replace(/\.[a-z0-9]{1,5}$/i, ''),
  file: `${file.name} · ${sizeInWords(file.size)}`,
  position,
  remove: false,
})
