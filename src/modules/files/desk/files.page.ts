import { z } from 'zod'
import { invalid, notFound, Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import { publicIdPattern } from '#lib/ids'
import type { DeskContext } from '#platform/context'
import { type Content, json } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { storeUpload } from '../actions/store-upload.ts'
import { saysNothing } from '../file-name.ts'
import { isOwnUpload, mayUpload } from '../policy.ts'
import { editionsUsingFile, fileForPublicId } from '../queries.ts'
import { fileReply } from '../send-file.ts'
import { type FileRole, fileHref, type StoredFile } from '../stored-file.ts'

export interface FileRoutesNeed {
  storage: FileStorage
  /** Whether this member of staff may read one of the editions that use the file; asked of the publications. */
  mayRead: (ctx: DeskContext, editionIds: readonly string[]) => Promise<boolean>
}

/** `POST /files?site=…` for the editor and file fields with progress; `GET /files/{id}/{name}` for what they show. */
export const fileRoutes = (need: FileRoutesNeed): DeskRoute[] => [
  {
    method: 'POST',
    path: '/files',
    may: mayUpload,
    uploads: true,
    handle: (ctx, incoming) => takeUpload(ctx, incoming, need.storage),
  },
  {
    method: 'GET',
    path: '/files/:publicId/:name',
    // Anybody on the staff may ask; which file, is decided when it is known.
    may: () => true,
    handle: (ctx, incoming) => showFile(ctx, incoming, need),
  },
]

const uploadForm = z.object({
  site: z.uuid(),
  role: z.enum(['attachment', 'picture']).default('attachment'),
})

/** Fields: `file`; `role` attachment or picture; for a picture `altText`, or `decorative` ticked. */
async function takeUpload(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Content> {
  try {
    const { site, role } = readUploadForm(incoming)
    const upload = incoming.uploads[0]
    if (!upload) throw invalid('files.none-chosen', '没有收到文件。请选择一个文件，再上传。')
    const file = await storeUpload(ctx, upload, {
      siteId: site,
      storage,
      role,
      altText: altTextIn(incoming, role),
    })
    return json({
      id: file.id,
      url: fileHref(file),
      name: file.name,
      size: file.size,
      mediaType: file.mediaType,
      width: file.width,
      height: file.height,
      ...(role === 'attachment' && saysNothing(file.name) ? { advice: renameAdvice(file) } : {}),
    })
  } catch (error) {
    if (error instanceof Refused)
      return json({ error: error.message, code: error.code }, { status: error.status })
    throw error
  }
}

function readUploadForm(incoming: Incoming): { site: string; role: FileRole } {
  const parsed = uploadForm.safeParse({
    site: [incoming.query.site].flat()[0] ?? textOf(incoming.form, 'site'),
    role: textOf(incoming.form, 'role') || undefined,
  })
  if (parsed.success) return parsed.data
  throw invalid('files.bad-form', '上传请求不完整，没有保存。请刷新页面后再试；文字已保存在本页，不会丢失。')
}

/** An empty field counts as no text unless the picture is said to be decoration. */
function altTextIn(incoming: Incoming, role: FileRole): string | null {
  if (role !== 'picture') return null
  return textOf(incoming.form, 'decorative') !== '' ? '' : textOf(incoming.form, 'altText').trim() || null
}

const renameAdvice = (file: StoredFile) =>
  `从“${file.name}”看不出内容。请在“附件名称”里写明，例如“2026年部门预算表”。`

async function showFile(ctx: DeskContext, incoming: Incoming, need: FileRoutesNeed): Promise<Content> {
  const publicId = incoming.params.publicId ?? ''
  const file = publicIdPattern.test(publicId) ? await fileForPublicId(ctx.db, publicId) : null
  const may = file !== null && (isOwnUpload(ctx.actor, file) || (await mayReadUses(ctx, file, need)))
  // The same answer whether it is missing or closed: nobody learns of drafts by trying addresses.
  if (!file || !may) throw notFound('files.not-found', '找不到这个文件，或者您不能查看用到它的文稿。')
  return fileReply(need.storage, file, incoming.headers, 'private, no-cache')
}

async function mayReadUses(ctx: DeskContext, file: StoredFile, need: FileRoutesNeed): Promise<boolean> {
  const editions = await editionsUsingFile(ctx.db, file.id)
  return editions.length > 0 && need.mayRead(ctx, editions)
}
