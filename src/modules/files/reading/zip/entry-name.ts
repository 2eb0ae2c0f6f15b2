/** What a zip file says about the name of an entry. */
export type RawName = { bytes: Uint8Array; saysUtf8: boolean; unicodePath?: Uint8Array | undefined }

/** Chinese Windows writes names in GBK without saying so; macOS in UTF-8 without saying so. */
export function entryName({ bytes, saysUtf8, unicodePath }: RawName): string {
  // Extra field of Info-ZIP: a version, a checksum of the other name, then the name in UTF-8
  if (unicodePath?.[0] === 1) return new TextDecoder().decode(unicodePath.subarray(5))
  if (saysUtf8) return new TextDecoder().decode(bytes)
  const gbk = new TextDecoder('gb18030').decode(bytes)
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // A few words in GBK, 通知 among them, happen to be letters of far scripts in UTF-8.
    return CHINESE.test(gbk) && !CHINESE.test(utf8) && /[^\0-\x7f]/.test(utf8) ? gbk : utf8
  } catch {
    return gbk
  }
}

const CHINESE = /[\u4e00-\u9fff]/
const LONGEST = 400

/** The path under the folder of the archive with `/` between its parts, or null when it leads out or tricks (S-OFD-03). */
export function safePath(name: string): string | null {
  const path = name.replaceAll('\\', '/')
  // Control signs and signs of direction make a name lie.
  if (/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(path)) return null
  if (path === '' || path.length > LONGEST || /^(?:\/|[A-Za-z]:)/.test(path)) return null
  const parts = path.split('/').filter(part => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/')
}
