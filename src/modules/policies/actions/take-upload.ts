import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Upload } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { openDestination } from '../import/destination.ts'
import { mayImport } from '../policy.ts'
import { insertUpload, type UploadedFile } from '../upload-queries.ts'

const optional = z.preprocess(value => blankAsNull(value) ?? undefined, z.string().trim().max(200).optional())

export const takeUploadInput = z.object({
  site: optional,
  organ: optional,
  column: optional,
  kind: optional,
  from: z.preprocess(
    value => blankAsNull(value) ?? undefined,
    z.url('原网址请写成 https://www.example.gov.cn/ 的样子。').max(300).optional(),
  ),
})

export const largestImport = 2 * 1024 ** 3

/** Keeps the files that were brought for an import, until they are previewed and imported. @returns id of the upload. */
export async function takeUpload(
  ctx: Context,
  input: z.output<typeof takeUploadInput>,
  uploads: readonly Upload[],
  storage: FileStorage,
): Promise<string> {
  permit(mayImport(ctx.actor), 'policies.may-not-import')
  if (uploads.length === 0) throw invalid('policies.no-files', '请选择要导入的文件或压缩包。')
  const tooLarge = uploads.find(upload => upload.tooLarge)
  if (tooLarge)
    throw invalid(
      'policies.upload-too-large',
      `“${tooLarge.name}”超过 2 GB，没有接收。请分成几个压缩包，或者请系统管理员在服务器上用 ./bin/mingtang import 导入。`,
    )
  const { site } = await openDestination(ctx.db, input, ctx.clock.today())
  const files: UploadedFile[] = []
  for (const upload of uploads) {
    const key = `imports/${await hashOf(upload.path)}`
    await storage.keep(key, upload.path, upload.size)
    files.push({ name: unused(plainName(upload.name), files), key, size: upload.size })
  }
  const id = uuidv7()
  await inTransaction(ctx.db, async db => {
    await insertUpload(db, {
      id,
      siteId: site.id,
      choice: { ...input, site: site.key },
      files,
      uploadedBy: actorName(ctx.actor),
      uploadedById: actorId(ctx.actor),
      uploadedAt: ctx.clock.now(),
    })
    await recordAct(db, ctx, {
      act: 'policies.upload-taken',
      sentence: `上传 ${files.length} 个文件准备导入到“${site.name}”`,
      object: {
        kind: 'import-upload',
        id,
        label: files
          .map(file => file.name)
          .join('、')
          .slice(0, 200),
      },
    })
  })
  return id
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** A name and nothing else: no folders, no control signs. */
function plainName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/\p{C}/gu, '').replace(/^\.+/, '').trim().slice(-120)
  return clean === '' ? '未命名' : clean
}

/** Two files of one name both stay. */
function unused(name: string, files: readonly UploadedFile[]): string {
  const taken = new Set(files.map(file => file.name))
  const [, stem = name, extension = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? []
  for (let serial = 1; ; serial++) {
    const candidate = serial === 1 ? name : `${stem}（${serial}）${extension}`
    if (!taken.has(candidate)) return candidate
  }
}
