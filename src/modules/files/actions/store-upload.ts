import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { invalid, permit, Refused } from '#lib/errors'
import { publicId, uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Upload } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { playedExtensions } from '../file-kinds.ts'
import { cleanFileName, extensionOf } from '../file-name.ts'
import { inspectFile } from '../inspection/inspect-file.ts'
import { mayUpload } from '../policy.ts'
import { insertFiles, lockStorageKey, markChecked, type NewFile } from '../queries.ts'
import { type FileRole, limits, type StoredFile, sizeInWords, storageKeyOf } from '../stored-file.ts'

export interface StoreUpload {
  siteId: string
  storage: FileStorage
  /** Pictures have a smaller limit and need their alternative text; the rest are attachments. */
  role?: FileRole
  /** What a reader who does not see the picture should know; empty: it only decorates (S-DES-05). */
  altText?: string | null
}

/**
 * Takes one uploaded file: refused with a reason, or checked and kept. The row comes first, in quarantine, so that no
 * bytes lie in the storage of which the database does not know. Nothing is read into memory whole.
 */
export async function storeUpload(ctx: Context, upload: Upload, input: StoreUpload): Promise<StoredFile> {
  permit(mayUpload(ctx.actor), 'files.not-allowed')
  const role = input.role ?? 'attachment'
  const name = cleanFileName(upload.name)
  refuseTooLarge(upload, name, role)
  const altText = role === 'picture' ? altTextOf(input.altText, name) : null

  const { sha256, size } = await fingerprint(upload.path)
  const row = {
    id: uuidv7(ctx.clock.now().getTime()),
    publicId: publicId(),
    siteId: input.siteId,
    name,
    size,
    sha256,
    altText,
    held: false,
    imported: false,
    uploadedBy: actorName(ctx.actor),
    uploadedById: actorId(ctx.actor),
    uploadedAt: ctx.clock.now(),
  }
  const inspected = await inspectFile(upload.path, name, role).catch(async (error: unknown) => {
    if (error instanceof Refused) await keepRefusal(ctx, row, error.message)
    throw error
  })

  const file: StoredFile = { ...row, ...inspected, storageKey: storageKeyOf(sha256) }
  await insertFiles(ctx.db, [{ ...file, state: 'quarantined', refusedBecause: null }])
  await inTransaction(ctx.db, async db => {
    await lockStorageKey(db, file.storageKey)
    await input.storage.keep(file.storageKey, upload.path, size)
    await markChecked(db, [file.id])
    await recordAct(db, ctx, { ...uploaded(file), sentence: `上传了文件“${name}”` })
  })
  return file
}

function refuseTooLarge(upload: Upload, name: string, role: FileRole): void {
  const isPlayed = playedExtensions.includes(extensionOf(name))
  const most =
    role === 'picture' ? limits.pictureBytes : isPlayed ? limits.mediaBytes : limits.attachmentBytes
  if (!upload.tooLarge && upload.size <= most) return
  const remedy =
    role === 'picture'
      ? '请把图片缩小或压缩后再上传。'
      : isPlayed
        ? '请降低清晰度另存后再上传，或者填写视频平台上的地址。'
        : '请压缩图片、拆成几个文件，或转为 PDF 后再上传。'
  throw invalid(
    'files.too-large',
    `“${name}”超过${role === 'picture' ? '图片' : isPlayed ? '音视频' : '单个附件'} ${sizeInWords(most)} 的上限，没有保存。${remedy}`,
  )
}

function altTextOf(text: string | null | undefined, name: string): string {
  if (text === null || text === undefined)
    throw invalid(
      'files.alt-missing',
      `请为图片“${name}”写一句说明，让看不到图片的人也知道内容；只起装饰作用的，请勾选“装饰图片，无需说明”。`,
    )
  const alt = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if ([...alt].length > limits.altTextLength)
    throw invalid(
      'files.alt-too-long',
      `图片说明最多 ${limits.altTextLength} 字。请写得短一些，详细内容放进正文。`,
    )
  return alt
}

const uploaded = (file: { id: string; name: string; sha256: string; size: number }) => ({
  act: 'files.file-uploaded',
  object: { kind: 'file', id: file.id, label: file.name },
  details: { sha256: file.sha256, size: file.size },
})

/** What was tried stays on record; the bytes are not kept. */
async function keepRefusal(
  ctx: Context,
  row: Omit<NewFile, 'state' | 'storageKey' | 'refusedBecause' | 'mediaType' | 'width' | 'height'>,
  why: string,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    await insertFiles(db, [
      {
        ...row,
        state: 'refused',
        refusedBecause: why,
        mediaType: 'application/octet-stream',
        storageKey: null,
        width: null,
        height: null,
      },
    ])
    await recordAct(db, ctx, {
      ...uploaded(row),
      sentence: `上传文件“${row.name}”没有被接收`,
      outcome: 'refused',
    })
  })
}

/** SHA-256 and size of a file on the disk. */
export async function fingerprint(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    hash.update(chunk as Buffer)
    size += (chunk as Buffer).length
  }
  return { sha256: hash.digest('hex'), size }
}
