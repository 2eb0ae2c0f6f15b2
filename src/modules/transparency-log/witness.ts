import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sign } from '@noble/ed25519'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBase64, readCount, utf8 } from '#lib/tlog/bytes'
import { type Checkpoint, readCheckpoint } from '#lib/tlog/checkpoint'
import type { Hash } from '#lib/tlog/merkle'
import {
  cosigned,
  keyIdOf,
  type Note,
  readNote,
  readVerifier,
  type Verifier,
  withTime,
  writeSignature,
} from '#lib/tlog/note'
import { readConfig } from '#platform/config'
import { verifierOf } from './log-key.ts'

/** What a log asks a witness to sign (C2SP tlog-witness). */
export interface Submission {
  oldSize: number
  path: Hash[]
  note: Note
  checkpoint: Checkpoint
  /** The checkpoint as it came. */
  text: string
}

const longestPath = 63

/** @returns null when it is not written as the protocol asks for. */
export function readSubmission(body: string): Submission | null {
  const end = body.indexOf('\n\n')
  if (end < 0) return null
  const [first = '', ...lines] = body.slice(0, end).split('\n')
  const oldSize = first.startsWith('old ') ? readCount(first.slice(4)) : null
  const path = lines.map(fromBase64)
  const text = body.slice(end + 2)
  const note = readNote(text)
  const checkpoint = note && readCheckpoint(note.text)
  if (oldSize === null || !note || !checkpoint || path.length > longestPath) return null
  if (path.some(hash => hash?.length !== 32)) return null
  return { oldSize, path: path as Hash[], note, checkpoint, text }
}

/** The key as a witness follows from that of the log and is another: neither can sign in place of the other. */
const witnessKey = (logKey: Uint8Array): Uint8Array => hmac(sha256, logKey, utf8('mingtang witness'))

export const witnessVerifier = (logKey: Uint8Array, name: string): Verifier => ({
  ...verifierOf(witnessKey(logKey), name),
  algorithm: 'cosignature',
})

/** The line by which we say that we have seen this head. @param time seconds since 1970 */
export function cosign(logKey: Uint8Array, name: string, text: string, time: number): string {
  const signature = withTime(time, sign(cosigned(text, time), witnessKey(logKey)))
  return writeSignature({ name, keyId: keyIdOf(witnessVerifier(logKey, name)), signature })
}

/** Who co-signs our log, and where to ask. */
export interface OutsideWitness {
  url: URL
  key: Verifier
}

/**
 * The witnesses that are asked to co-sign our log: `DATA_DIR/witnesses.txt`, on each line the address before `/add-checkpoint` and
 * the public key. No file: nobody is asked. @throws Error that names the line that cannot be read
 */
export async function outsideWitnesses(dataDir = readConfig().dataDir): Promise<OutsideWitness[]> {
  return linesOf(join(dataDir, 'witnesses.txt'), (line, fault) => {
    const [address = '', text = ''] = line.trim().split(/\s+/)
    const key = readVerifier(text)
    if (!URL.canParse(address) || key?.algorithm !== 'cosignature') throw fault('不是“地址 见证方公钥”。')
    return { url: new URL(`${address.replace(/\/$/, '')}/add-checkpoint`), key }
  })
}

/**
 * The logs that we co-sign: public keys in `DATA_DIR/witness-logs.txt`, one a line, `#` before a remark. No file: none.
 * @throws Error that names the line which is no public key
 */
export async function witnessedLogs(dataDir = readConfig().dataDir): Promise<Verifier[]> {
  return linesOf(join(dataDir, 'witness-logs.txt'), (line, fault) => {
    const key = readVerifier(line)
    if (key?.algorithm !== 'ed25519') throw fault('不是日志的公钥。')
    return key
  })
}

/** The lines of a settings file, `#` before a remark; none where there is no file. */
async function linesOf<Line>(
  path: string,
  read: (line: string, fault: (what: string) => Error) => Line,
): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .flatMap((line, at) =>
      line.trim() === '' || line.startsWith('#')
        ? []
        : [read(line, what => new Error(`${path} 第 ${at + 1} 行${what}`))],
    )
}
