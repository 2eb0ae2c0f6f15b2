import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { invalid } from '#lib/errors'
import type { RawForm } from '#lib/forms'
import type { Upload } from '#platform/http/route'

/** Unless the page asks for more; each act has its own, lower limit. */
const usualLargest = 60 * 1024 * 1024

export interface Received {
  form: RawForm | undefined
  uploads: Upload[]
  /** Deletes the temporary files; what an act wanted to keep it has kept by then. */
  forget(): Promise<void>
}

/** Takes a multipart form: fields as they are, files streamed to a temporary folder, cut off at the limit. */
export async function receiveUploads(
  request: FastifyRequest,
  allowed: boolean | { largest: number },
): Promise<Received> {
  if (!request.isMultipart()) return { form: undefined, uploads: [], forget: async () => {} }
  if (!allowed) throw invalid('desk.no-uploads', '这个页面不接收文件。')
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-upload-'))
  const forget = () => rm(folder, { recursive: true, force: true })
  try {
    const form: RawForm = {}
    const uploads: Upload[] = []
    // A file that is too large is told with the rest of the form, which keeps what was typed
    const taken = {
      throwFileSizeLimit: false,
      limits: { fileSize: typeof allowed === 'object' ? allowed.largest : usualLargest },
    }
    for await (const part of request.parts(taken)) {
      if (part.type === 'field') addField(form, part.fieldname, String(part.value))
      else {
        const path = join(folder, String(uploads.length))
        await pipeline(part.file, createWriteStream(path))
        const { size } = await stat(path)
        if (part.filename || size > 0)
          uploads.push({
            field: part.fieldname,
            name: part.filename,
            path,
            size,
            tooLarge: part.file.truncated,
          })
      }
    }
    return { form, uploads, forget }
  } catch (error) {
    await forget()
    throw error
  }
}

function addField(form: RawForm, name: string, value: string): void {
  const before = form[name]
  form[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
}
