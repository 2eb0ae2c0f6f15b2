import { sha256 } from '@noble/hashes/sha2.js'
import { sm2, sm3 } from 'sm-crypto-v2'
import { concat, fromBase64, isSame, toBase64, utf8 } from './bytes.ts'
import type { Note, SignatureLine } from './note.ts'

/**
 * A second signature under a head, SM2 with SM3 (GB/T 32918, GB/T 32905), beside that of Ed25519: for readers who must check by
 * the national algorithms (S-SM). C2SP signed-note leaves the type 0xff to kinds that name themselves in the key.
 */
export interface Sm2Verifier {
  name: string
  /** The point, x and y, 64 bytes. */
  publicKey: Uint8Array
}

const kind = concat(Uint8Array.of(0xff), utf8('sm2-with-sm3\n'))
const pointLength = 64
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** A private key that follows from a secret, the same each time. @param secret 32 bytes that serve for nothing else */
export function sm2KeyFrom(secret: Uint8Array): string {
  const wide = BigInt(`0x${sm3(concat(secret, Uint8Array.of(1)))}${sm3(concat(secret, Uint8Array.of(2)))}`)
  return ((wide % (order - 2n)) + 1n).toString(16).padStart(64, '0')
}

export const sm2VerifierOf = (privateKey: string, name: string): Sm2Verifier => ({
  name,
  publicKey: fromHex(sm2.getPublicKeyFromPrivateKey(privateKey).slice(2)),
})

const keyIdOf = ({ name, publicKey }: Sm2Verifier): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), kind, publicKey)).subarray(0, 4)

/** As the other keys are handed over: name, short id, key. */
export const writeSm2Verifier = (verifier: Sm2Verifier): string =>
  `${verifier.name}+${hex(keyIdOf(verifier))}+${toBase64(concat(kind, verifier.publicKey))}`

/** @returns null when it is no public key of this form, or its short id is another one. */
export function readSm2Verifier(text: string): Sm2Verifier | null {
  const [name = '', id = '', ...key] = text.trim().split('+')
  const bytes = fromBase64(key.join('+'))
  if (!bytes || bytes.length !== kind.length + pointLength || !isSame(bytes.subarray(0, kind.length), kind))
    return null
  const verifier = { name, publicKey: bytes.subarray(kind.length) }
  return name !== '' && !/\s/u.test(name) && hex(keyIdOf(verifier)) === id ? verifier : null
}

/** The line of a note by which this key signs its text. */
export function sm2Line(privateKey: string, name: string, text: string): SignatureLine {
  const verifier = sm2VerifierOf(privateKey, name)
  const signature = sm2.doSignature(utf8(text), privateKey, {
    hash: true,
    publicKey: `04${hex(verifier.publicKey)}`,
  })
  return { name, keyId: keyIdOf(verifier), signature: fromHex(signature) }
}

/** Whether the note carries a line of this key, and every line in its name holds. */
export function isSm2Signed({ text, signatures }: Note, verifier: Sm2Verifier): boolean {
  const own = signatures.filter(line => line.name === verifier.name && isSame(line.keyId, keyIdOf(verifier)))
  return own.length > 0 && own.every(line => holds(text, line.signature, verifier.publicKey))
}

function holds(text: string, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return sm2.doVerifySignature(utf8(text), hex(signature), `04${hex(publicKey)}`, { hash: true })
  } catch {
    return false
  }
}
