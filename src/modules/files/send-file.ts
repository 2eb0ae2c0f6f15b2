import type { Readable } from 'node:stream'
import type { Content } from '#platform/http/reply'
import type { ByteRange, FileStorage } from '#platform/storage/storage'
import { isPicture } from './file-kinds.ts'
import { extensionOf } from './file-name.ts'
import type { StoredFile } from './stored-file.ts'

type Named = Pick<StoredFile, 'name' | 'mediaType'>
type Sent = Named & Pick<StoredFile, 'size' | 'sha256' | 'storageKey'>

/**
 * Headers that keep an uploaded file from ever acting as a page of ours: only pictures are drawn in place, in a sandbox
 * that may load and run nothing; everything else is a download; nobody guesses another type.
 */
export function fileHeaders(file: Named): Record<string, string> {
  const disposition = isPicture(file.mediaType) ? 'inline' : 'attachment'
  return {
    'Content-Disposition': `${disposition}; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeName(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

/** For programs that cannot read the full name. */
function asciiName(name: string): string {
  const extension = extensionOf(name)
  const plain = /^[\w.-]+$/.test(name) ? name : `file${extension ? `.${extension}` : ''}`
  return plain
}

/** RFC 5987: what encodeURIComponent leaves alone but a header may not hold is escaped too. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** One range of `Range: bytes=…`; null: send all of it; `outside`: nothing of it exists. */
export function rangeOf(header: string | undefined, size: number): ByteRange | null | 'outside' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'outside' : { from: size - length, to: size - 1 }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (from >= size) return 'outside'
  return to < from ? null : { from, to }
}

export function readFileStream(
  storage: FileStorage,
  file: Pick<StoredFile, 'storageKey'>,
  range?: ByteRange,
): Promise<Readable> {
  return storage.read(file.storageKey, range)
}

/**
 * The answer that sends a file to a reader who may see it. `cacheControl` is the caller's: private on the desk, on the
 * public site as long as the file may stay public without being asked again.
 */
export async function fileReply(
  storage: FileStorage,
  file: Sent,
  requested: Record<string, string | string[] | undefined>,
  cacheControl: string,
): Promise<Content> {
  const etag = `"${file.sha256}"`
  const headers = {
    ...fileHeaders(file),
    'Accept-Ranges': 'bytes',
    'Cache-Control': cacheControl,
    ETag: etag,
  }
  const about = { kind: 'content', type: file.mediaType } as const
  const asked = (name: string) => [requested[name]].flat()[0]
  if (asked('if-none-match')?.includes(etag)) return { ...about, status: 304, body: '', headers }
  const range = asked('if-range') && asked('if-range') !== etag ? null : rangeOf(asked('range'), file.size)
  if (range === 'outside')
    return {
      ...about,
      status: 416,
      body: '',
      headers: { ...headers, 'Content-Range': `bytes */${file.size}` },
    }
  const body = await readFileStream(storage, file, range ?? undefined)
  if (!range)
    return { ...about, status: 200, body, headers: { ...headers, 'Content-Length': `${file.size}` } }
  return {
    ...about,
    status: 206,
    body,
    headers: {
      ...headers,
      'Content-Length': `${range.to - range.from + 1}`,
      'Content-Range': `bytes ${range.from}-${range.to}/${file.size}`,
    },
  }
}
