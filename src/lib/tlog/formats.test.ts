import { getPublicKey, sign } from '@noble/ed25519'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, isSame, toBase64, utf8 } from './bytes.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { leafHash, nodeHash } from './merkle.ts'
import {
  cosigned,
  keyIdOf,
  readNote,
  readVerifier,
  signersOf,
  type Verifier,
  withTime,
  writeNote,
  writeVerifier,
} from './note.ts'
import { prove, readProof, writeProof } from './proof.ts'
import { readBundle, readTile, readTilePath, tilePath, writeBundle, writeTile } from './tiles.ts'

describe('a signed note', () => {
  /** Key, text and signature of the examples that came with the format. */
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const signature =
    'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const note = `${text}\n— PeterNeumann ${signature}\n`

  it('of others is read and checked, and written the same again', () => {
    const peter = readVerifier(key)
    const read = readNote(note)
    if (!peter || !read) throw new Error('not read')
    expect(writeVerifier(peter)).toBe(key)
    expect(read.text).toBe(text)
    expect(signersOf(read, [peter])).toEqual([{ by: peter, time: null }])
    expect(writeNote(read.text, read.signatures)).toBe(note)
    const changed = readNote(note.replace('answer', 'Answer'))
    expect(changed && signersOf(changed, [peter])).toBeNull()
  })

  it('that is none is refused', () => {
    for (const bad of [
      '',
      text,
      note.slice(0, -1),
      note.replace('— ', '- '),
      note.replace('PeterNeumann x', 'Peter Neumann x'),
      note.replace('x08go', 'x08g!'),
      note.replace('crypto', 'cry\u0007pto'),
      `${text}\n${`— PeterNeumann ${signature}\n`.repeat(101)}`,
    ])
      expect(readNote(bad), bad).toBeNull()
    for (const bad of [
      '',
      'Peter',
      key.replace('c74f', 'c74e'),
      key.replace('ARpc', 'BRpc'),
      key.slice(0, -4),
    ])
      expect(readVerifier(bad), bad).toBeNull()
  })

  it('a witness signs with the time at which it saw the head (C2SP tlog-cosignature)', () => {
    const secret = new Uint8Array(32).fill(7)
    const witness: Verifier = {
      name: 'witness.yunxi.example',
      algorithm: 'cosignature',
      publicKey: getPublicKey(secret),
    }
    const head = writeCheckpoint({ origin: 'yunxi.example/log', size: 3, root: leafHash(utf8('x')) })
    const time = 1_795_400_000
    const line = {
      name: witness.name,
      keyId: keyIdOf(witness),
      signature: withTime(time, sign(cosigned(head, time), secret)),
    }
    const signed = readNote(writeNote(head, [line]))
    expect(signed && signersOf(signed, [witness])).toEqual([{ by: witness, time }])
    const later = readNote(
      writeNote(head, [{ ...line, signature: withTime(time + 1, line.signature.subarray(8)) }]),
    )
    expect(later && signersOf(later, [witness])).toBeNull()
    // The key of the log itself, under the same name, is another key
    expect(signed && signersOf(signed, [{ ...witness, algorithm: 'ed25519' }])).toEqual([])
  })
})

describe('a checkpoint', () => {
  it('of the published example is read and written the same', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const read = readCheckpoint(text)
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(read && writeCheckpoint(read)).toBe(text)
    expect(readCheckpoint(`${text}more of others\n`)).toMatchObject({ size: 20_852_163 })
  })

  it('that is none is refused', () => {
    const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
    for (const bad of [
      '',
      'a\n',
      `a\n01\n${root}\n`,
      `a\n-1\n${root}\n`,
      `a\n1\n${root}`,
      'a\n1\nAAAA\n',
      `\n1\n${root}\n`,
    ])
      expect(readCheckpoint(bad), bad).toBeNull()
  })
})

describe('tiles', () => {
  it('have the paths of C2SP tlog-tiles, written in one way only', () => {
    expect(tilePath(0, 1_234_067, 256)).toBe('0/x001/x234/067')
    expect(tilePath(1, 0, 17)).toBe('1/000.p/17')
    expect(tilePath('entries', 999, 256)).toBe('entries/999')
    for (const bad of [
      '0/67',
      '0/x000/067',
      '00/067',
      '64/000',
      '0/067.p/0',
      '0/067.p/256',
      '0/067.p/07',
      '0/../067',
      'entries/x067',
      '0/067/',
    ])
      expect(readTilePath(bad), bad).toBeNull()
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
        fc.nat(2 ** 31 - 1),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(readTilePath(tilePath(level, index, width))).toEqual({ level, index, width })
        },
      ),
    )
  })

  it('and bundles of entries come back as they went', () => {
    const hashes = [leafHash(utf8('a')), leafHash(utf8('b'))]
    expect(readTile(writeTile(hashes))).toEqual(hashes)
    expect(() => readTile(new Uint8Array(33))).toThrow('32')
    const entries = [utf8(''), utf8('一条'), new Uint8Array(65_535)]
    expect(readBundle(writeBundle(entries)).map(one => [...one])).toEqual(entries.map(one => [...one]))
    expect(() => writeBundle([new Uint8Array(65_536)])).toThrow('65535')
    for (const cut of [1, 2, 3])
      expect(() => readBundle(writeBundle([utf8('abc')]).slice(0, cut))).toThrow('不完整')
  })
})

describe('a proof file', () => {
  const secret = new Uint8Array(32).fill(9)
  const log: Verifier = { name: 'yunxi.example/log', algorithm: 'ed25519', publicKey: getPublicKey(secret) }
  const [one, two] = [leafHash(utf8('one')), leafHash(utf8('two'))]
  const head = writeCheckpoint({ origin: log.name, size: 2, root: nodeHash(one, two) })
  const line = { name: log.name, keyId: keyIdOf(log), signature: sign(utf8(head), secret) }
  const checkpoint = writeNote(head, [line])
  const proof = { extra: utf8('{"标题":"办法"}'), index: 1, path: [one], checkpoint }

  it('comes back as it was written, with extra data and without (C2SP tlog-proof)', () => {
    for (const whole of [proof, { ...proof, extra: null }])
      expect(readProof(writeProof(whole))).toEqual(whole)
    expect(writeProof(proof).split('\n')[0]).toBe('c2sp.org/tlog-proof@v1')
    for (const bad of [
      '',
      writeProof(proof).replace('@v1', '@v2'),
      writeProof(proof).replace('index 1', 'index 01'),
      'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n',
    ])
      expect(readProof(bad), bad).toBeNull()
  })

  it('proves with nothing but the key of the log, and says why it does not', () => {
    expect(prove(two, proof, log)).toMatchObject({ checkpoint: { size: 2 }, witnesses: [] })
    expect(prove(one, proof, log)).toBe('not-included')
    expect(prove(two, { ...proof, index: 0 }, log)).toBe('not-included')
    expect(prove(two, { ...proof, checkpoint: head }, log)).toBe('no-checkpoint')
    const { publicKey } = { publicKey: getPublicKey(new Uint8Array(32).fill(8)) }
    expect(prove(two, proof, { ...log, publicKey })).toBe('not-signed')
    expect(prove(two, proof, { ...log, name: 'other.example/log' })).toBe('another-log')
    const changed = { ...proof, checkpoint: checkpoint.replace('\n2\n', '\n3\n') }
    expect(prove(two, changed, log)).toBe('not-signed')
  })
})

describe('bytes', () => {
  it('are Base64 in one way only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), bytes => {
        const back = fromBase64(toBase64(bytes))
        expect(back !== null && isSame(back, bytes)).toBe(true)
      }),
      { numRuns: 30 },
    )
    for (const bad of ['a', 'ab==c', 'YR==', 'YQ', 'Y Q=', 'YQ=\n']) expect(fromBase64(bad), bad).toBeNull()
  })
})
