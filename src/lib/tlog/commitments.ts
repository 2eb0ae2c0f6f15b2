import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { canonical } from '#lib/canonical-json'
import { concat, utf8 } from './bytes.ts'
import type { Hash } from './merkle.ts'

/**
 * A record of named fields, hidden behind one hash. Each field has a commitment of its own, salted so that nobody can guess a
 * short value from it; a field that must be erased later takes its salt along, and every proof of the others stays valid.
 */
export type Fields = Readonly<Record<string, unknown>>

/** RFC 6962 hashes leaves behind 0 and nodes behind 1: none of these can be taken for one of those. */
const ofField = Uint8Array.of(2)
const ofRecord = Uint8Array.of(3)
const end = Uint8Array.of(0)

export const seedLength = 32

/** The salt of a field, from the one secret of its record. */
export const saltOf = (seed: Uint8Array, name: string): Uint8Array => hmac(sha256, seed, utf8(name))

export const commitmentOf = (salt: Uint8Array, name: string, value: unknown): Hash =>
  sha256(concat(ofField, salt, utf8(name), end, utf8(canonical(value ?? null))))

export const commitmentsOf = (seed: Uint8Array, fields: Fields): Map<string, Hash> =>
  new Map(
    Object.entries(fields).map(([name, value]) => [name, commitmentOf(saltOf(seed, name), name, value)]),
  )

/** The hash that stands for the whole record. */
export function rootOf(commitments: ReadonlyMap<string, Hash>): Hash {
  const sorted = [...commitments].sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(concat(ofRecord, ...sorted.flatMap(([name, hash]) => [utf8(name), end, hash])))
}
