/** A file that was uploaded. Only `checked` ones are shown or used. */
export interface StoredFile {
  id: string
  /** Short random id in addresses. */
  publicId: string
  siteId: string
  name: string
  mediaType: string
  size: number
  sha256: string
  storageKey: string
  width: number | null
  height: number | null
  /** Null: not stated; empty: a picture that only decorates. */
  altText: string | null
  /** Imported, and closed to the public until somebody has looked through it for personal data (S-PII). */
  held: boolean
  /** It came with an import. */
  imported: boolean
  uploadedBy: string
  uploadedById: string | null
  uploadedAt: Date
}

export type FileRole = 'attachment' | 'picture'

/** A file as an edition uses it, in the order of the page. */
export interface EditionFile extends StoredFile {
  role: FileRole
  /** What readers see instead of a bare file name. */
  title: string
  position: number
}

const megabyte = 1024 * 1024

/** Every limit on what may be uploaded. */
export const limits = {
  attachmentBytes: 50 * megabyte,
  pictureBytes: 5 * megabyte,
  /** Video and audio. */
  mediaBytes: 300 * megabyte,
  /** More would take the reader's phone, and the editor's browser, too long to draw. */
  picturePixels: 50_000_000,
  altTextLength: 200,
  /** What a zip package may hold once unpacked (S-OFD-03). */
  zipEntries: 5000,
  zipUnpackedBytes: 500 * megabyte,
  /** Ordinary tables pack to a thirtieth; a bomb to a thousandth. Small packages may do what they like. */
  zipRatio: 200,
  zipRatioFromBytes: 20 * megabyte,
  zipNameLength: 400,
  /** Uploaded but used by no edition: purged after so many days. */
  unusedDays: 2,
} as const

/** Address of a file; the same on the public site and on the desk, so that a body may hold it. */
export function fileHref(file: Pick<StoredFile, 'publicId' | 'name'>): string {
  return `/files/${file.publicId}/${encodeURIComponent(file.name)}`
}

/** The files whose pictures a cleaned body shows, in order, each once, with the alternative text it gives them. */
export function picturesInBody(html: string): { publicId: string; alt: string }[] {
  const found = new Map<string, string>()
  for (const [tag] of html.matchAll(/<img\b[^>]*>/gi)) {
    const publicId = /\ssrc="[^"]*\/files\/([2-9a-hjkmnp-z]{10})\//i.exec(tag)?.[1]
    if (publicId && !found.has(publicId))
      found.set(publicId, unescaped(/\salt="([^"]*)"/i.exec(tag)?.[1] ?? ''))
  }
  return [...found].map(([publicId, alt]) => ({ publicId, alt }))
}

const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

/** The same bytes have the same key; two letters of folder keep any folder small. */
export function storageKeyOf(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`
}

/** `4.7 MB`, `320 KB`: beside every download, so that nobody is surprised by its size. */
export function sizeInWords(bytes: number): string {
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(bytes % megabyte === 0 ? 0 : 1)} MB`
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} 字节`
}
