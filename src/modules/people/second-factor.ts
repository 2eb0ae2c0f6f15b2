const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 without padding: the form in which authenticators take a secret. */
export function base32(text: string): string {
  let bits = 0
  let held = 0
  let out = ''
  for (const byte of Buffer.from(text)) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? out + letters[(held << (5 - bits)) & 31] : out
}

/** The secret out of `otpauth://…`, in groups of four to be typed by hand. */
export function secretInGroups(uri: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return secret.match(/.{1,4}/g)?.join(' ') ?? ''
}
