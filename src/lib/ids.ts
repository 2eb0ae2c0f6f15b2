import { randomBytes } from 'node:crypto'

/** UUID version 7 (RFC 9562): sorts by the moment it was made, so that keys of large tables grow at one end. */
export function uuidv7(at: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Letters and figures that cannot be mistaken for one another when read aloud or copied from paper. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** Short random id for addresses, ten characters of 31: never reused, says nothing about order or number. */
export function publicId(length = 10): string {
  let id = ''
  while (id.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 = 8 × 31: larger bytes would favour the first letters
      if (byte < 248 && id.length < length) id += alphabet[byte % alphabet.length]
    }
  }
  return id
}

export const publicIdPattern = /^[2-9a-hjkmnp-z]{10}$/
