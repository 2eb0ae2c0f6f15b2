import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { serverKey } from '#platform/server-key'

/** Letters and figures that cannot be mistaken for one another when read aloud or copied from paper. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const codeLength = 12

/** `REQUESTS_KEY`, or `keys/requests.key`: without it no code is right and no number of an identity paper can be read. */
const key = () => serverKey('requests', 'REQUESTS_KEY')

const keyed = async (what: string, text: string): Promise<Buffer> =>
  createHmac('sha256', await key())
    .update(`${what}\n${text}`)
    .digest()

/** What a form was sent with, as it is stored. */
export const formDigest = (formKey: string): string => createHash('sha256').update(formKey).digest('hex')

/**
 * The code by which an applicant follows the case, made of the hidden key of the form: the form sent twice shows the same code, and
 * it is stored nowhere. 59 bits, `k7m2-9xqa-3fhp`.
 */
export async function codeOfForm(formKey: string): Promise<string> {
  let letters = ''
  for (let block = 0; letters.length < codeLength; block += 1)
    // 248 = 8 × 31: larger bytes would favour the first letters
    for (const byte of await keyed('code', `${block} ${formKey}`))
      if (byte < 248 && letters.length < codeLength) letters += alphabet[byte % alphabet.length]
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** What somebody types who copies a code from paper. */
const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')

export const codeDigest = async (code: string): Promise<string> =>
  (await keyed('code digest', plainCode(code))).toString('hex')

/** Finds requests of the same person, without saying who it is (R-FEE-11). */
export const personDigest = async (idKind: string, idNumber: string): Promise<string> =>
  (await keyed('person', `${idKind} ${plainCode(idNumber)}`)).toString('hex')

/** A network address or a number, as failed look-ups are counted by it. */
export const triesDigest = async (text: string): Promise<string> =>
  (await keyed('tries', text)).toString('hex').slice(0, 32)

const cipherKey = async (): Promise<Buffer> =>
  Buffer.from(hkdfSync('sha256', await key(), '', 'identity papers', 32))

/** Encrypted and authenticated; `about` is bound to it, so that it cannot be moved to another row. */
export async function seal(text: string, about: string): Promise<string> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await cipherKey(), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** @returns null when the key or the row is another one. */
export async function unseal(sealed: string, about: string): Promise<string | null> {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', await cipherKey(), bytes.subarray(0, 12))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
