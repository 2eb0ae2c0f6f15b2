/** A picture of a body, as far as Word and PDF can show it. */
export interface Picture {
  format: 'png' | 'jpg' | 'gif' | 'webp'
  bytes: Uint8Array
  width: number
  height: number
}

/** The format by the bytes themselves; null for what cannot be printed. */
export function formatOf(bytes: Uint8Array): Picture['format'] | null {
  const begins = (...signs: number[]) => signs.every((sign, at) => bytes[at] === sign)
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'png'
  if (begins(0xff, 0xd8, 0xff)) return 'jpg'
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'gif'
  if (begins(0x52, 0x49, 0x46, 0x46) && bytes[8] === 0x57 && bytes[9] === 0x45) return 'webp'
  return null
}

/** The files that a body shows, as it names them → public id. */
export function picturesNamed(html: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, src = ''] of html.matchAll(/<img\b[^>]*\ssrc="([^"]*)"/gi)) {
    const publicId = /\/files\/([2-9a-hjkmnp-z]{10})\//i.exec(src)?.[1]
    if (publicId) found.set(src.replaceAll('&amp;', '&'), publicId)
  }
  return found
}

/** What stands where a picture cannot be shown. */
export const pictureWords = (alt: string): string => (alt ? `〔图片：${alt}〕` : '〔图片，见网页〕')
