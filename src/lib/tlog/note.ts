import { hashes, verify } from '@noble/ed25519'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { concat, fromBase64, isSame, toBase64, utf8 } from './bytes.ts'

hashes.sha512 = sha512

/** C2SP signed-note: what a key signs with: the text itself, or the text with the time at which a witness saw it. */
const algorithms = { ed25519: 0x01, cosignature: 0x04 } as const
export type Algorithm = keyof typeof algorithms

/** A public key and the name it signs under. */
export interface Verifier {
  name: string
  algorithm: Algorithm
  publicKey: Uint8Array
}

export interface SignatureLine {
  name: string
  keyId: Uint8Array
  signature: Uint8Array
}

export interface Note {
  /** With its last line break. */
  text: string
  signatures: SignatureLine[]
}

const keyIdLength = 4
const mostSignatures = 100

const isKeyName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name)

export const keyIdOf = ({ name, algorithm, publicKey }: Verifier): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), Uint8Array.of(algorithms[algorithm]), publicKey)).subarray(0, keyIdLength)

const hex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** `log.example+33d7b496+AeHZzu6Q…`: how a public key is handed over. */
export const writeVerifier = (verifier: Verifier): string =>
  [
    verifier.name,
    hex(keyIdOf(verifier)),
    toBase64(concat(Uint8Array.of(algorithms[verifier.algorithm]), verifier.publicKey)),
  ].join('+')

/** @returns null when it is no public key of this form, or its short id is another one. */
export function readVerifier(text: string): Verifier | null {
  const [name = '', id = '', ...key] = text.trim().split('+')
  const bytes = fromBase64(key.join('+'))
  const [algorithm] =
    Object.entries(algorithms).find(([, byte]) => byte === bytes?.[0]) ?? ([] as unknown as [undefined])
  if (!bytes || !algorithm || bytes.length !== 33 || !isKeyName(name)) return null
  const verifier = { name, algorithm: algorithm as Algorithm, publicKey: bytes.subarray(1) }
  return hex(keyIdOf(verifier)) === id ? verifier : null
}

/** @returns null when it is no signed note. */
export function readNote(note: string): Note | null {
  const end = note.lastIndexOf('\n\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids them
  if (end < 0 || !note.endsWith('\n') || /[\x00-\x09\x0b-\x1f]/.test(note)) return null
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map(readSignature)
  if (lines.length > mostSignatures || signatures.some(line => line === null)) return null
  return { text: note.slice(0, end + 1), signatures: signatures as SignatureLine[] }
}

function readSignature(line: string): SignatureLine | null {
  const [dash, name = '', encoded = '', ...more] = line.split(' ')
  const bytes = fromBase64(encoded)
  if (dash !== '—' || !isKeyName(name) || more.length > 0 || !bytes || bytes.length <= keyIdLength)
    return null
  return { name, keyId: bytes.subarray(0, keyIdLength), signature: bytes.subarray(keyIdLength) }
}

export const writeSignature = ({ name, keyId, signature }: SignatureLine): string =>
  `— ${name} ${toBase64(concat(keyId, signature))}\n`

/** @param text ends with a line break. */
export const writeNote = (text: string, signatures: readonly SignatureLine[]): string =>
  `${text}\n${signatures.map(writeSignature).join('')}`

const timeLength = 8

/** What a witness signs (C2SP tlog-cosignature v1). @param time seconds since 1970 */
export const cosigned = (text: string, time: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`)

/** The signature of a witness as it stands in its line: the time before it. */
export function withTime(time: number, signature: Uint8Array): Uint8Array {
  const stamp = new DataView(new ArrayBuffer(timeLength))
  stamp.setBigUint64(0, BigInt(time))
  return concat(new Uint8Array(stamp.buffer), signature)
}

export interface Signed {
  by: Verifier
  /** When a witness saw it, in seconds since 1970; null for the log itself. */
  time: number | null
}

/** Which of these keys signed the note. @returns null when one of them is named by a signature that is not its own. */
export function signersOf({ text, signatures }: Note, keys: readonly Verifier[]): Signed[] | null {
  const signed: Signed[] = []
  for (const by of keys) {
    const keyId = keyIdOf(by)
    for (const line of signatures) {
      if (line.name !== by.name || !isSame(line.keyId, keyId)) continue
      const time = signedWith(by, text, line.signature)
      if (time === false) return null
      if (!signed.some(one => one.by === by)) signed.push({ by, time })
    }
  }
  return signed
}

function signedWith(
  { algorithm, publicKey }: Verifier,
  text: string,
  signature: Uint8Array,
): number | null | false {
  if (algorithm === 'ed25519') return isValid(signature, utf8(text), publicKey) ? null : false
  if (signature.length <= timeLength) return false
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0))
  return isValid(signature.subarray(timeLength), cosigned(text, time), publicKey) ? time : false
}

function isValid(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return verify(signature, message, publicKey)
  } catch {
    return false
  }
}
