import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { readNote, signersOf, writeNote } from './note.ts'
import {
  isSm2Signed,
  readSm2Verifier,
  type Sm2Verifier,
  sm2KeyFrom,
  sm2Line,
  sm2VerifierOf,
  writeSm2Verifier,
} from './sm2.ts'

const name = 'yunxi.example/log'
const text = `${name}\n3\nAAAA\n`
const key = sm2KeyFrom(utf8('a secret of thirty-two bytes ....'))
const verifier = sm2VerifierOf(key, name)
const note = readNote(writeNote(text, [sm2Line(key, name, text)]))

describe('the SM2 line of a note (S-SM)', () => {
  it('holds for its text and its key, and for no other', () => {
    if (!note) throw new Error('no note')
    expect(isSm2Signed(note, verifier)).toBe(true)
    expect(isSm2Signed({ ...note, text: text.replace('3', '4') }, verifier)).toBe(false)
    expect(isSm2Signed(note, sm2VerifierOf(sm2KeyFrom(utf8('another')), name))).toBe(false)
    expect(isSm2Signed({ ...note, signatures: [] }, verifier)).toBe(false)
  })

  it('is found wrong after any bit of the signature is changed', () => {
    if (!note) throw new Error('no note')
    const [line] = note.signatures
    if (!line) throw new Error('no line')
    fc.assert(
      fc.property(fc.nat(63), fc.nat(7), (at, bit) => {
        const signature = line.signature.slice()
        signature[at] = (signature[at] ?? 0) ^ (1 << bit)
        expect(isSm2Signed({ text, signatures: [{ ...line, signature }] }, verifier)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  it('is passed over by readers who know only Ed25519', () => {
    if (!note) throw new Error('no note')
    expect(
      signersOf(note, [{ name, algorithm: 'ed25519', publicKey: verifier.publicKey.subarray(0, 32) }]),
    ).toEqual([])
  })

  it('hands its key over and reads it back; a changed one is none', () => {
    const written = writeSm2Verifier(verifier)
    expect(readSm2Verifier(written)).toEqual(verifier)
    expect(readSm2Verifier(written.replace('yunxi', 'yunxj'))).toBeNull()
    expect(readSm2Verifier('yunxi.example/log+00000000+AAAA')).toBeNull()
  })

  it('accepts the signature of the example in GB/T 32918.5, and no other key does', () => {
    const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
    const printed: Sm2Verifier = {
      name,
      publicKey: bytes(`09f9df31 1e5421a1 50dd7d16 1e4bc5c6 72179fad 1833fc07 6bb08ff3 56f35020
        ccea490c e26775a5 2dc6ea71 8cc1aa60 0aed05fb f35e084a 6632f607 2da9ad13`),
    }
    const signature = bytes(`f5a03b06 48d2c463 0eeac513 e1bb81a1 5944da38 27d5b741 43ac7eac eee720b3
      b1b6aa29 df212fd8 763182bc 0d421ca1 bb9038fd 1f7f42d4 840b69c4 85bbc1aa`)
    const keyId = sm2Line(key, name, text).keyId
    const own = readSm2Verifier(writeSm2Verifier(printed))
    const line = { name, keyId: keyIdIn(writeSm2Verifier(printed)), signature }
    expect(own && isSm2Signed({ text: 'message digest', signatures: [line] }, own)).toBe(true)
    expect(isSm2Signed({ text: 'message digest', signatures: [{ ...line, keyId }] }, verifier)).toBe(false)
  })
})

const keyIdIn = (written: string) => new Uint8Array(Buffer.from(written.split('+')[1] ?? '', 'hex'))
