import { fromBase64, readCount, toBase64 } from './bytes.ts'
import { type Checkpoint, readCheckpoint } from './checkpoint.ts'
import { type Hash, provesInclusion } from './merkle.ts'
import { type Note, readNote, type Signed, signersOf, type Verifier } from './note.ts'

/** That something stands in a log, in a file that is checked offline (C2SP tlog-proof). */
export interface Proof {
  /** Of the application; believed only as far as the leaf commits to it. */
  extra: Uint8Array | null
  index: number
  path: Hash[]
  /** The signed checkpoint, as it was published. */
  checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'

export const writeProof = ({ extra, index, path, checkpoint }: Proof): string =>
  [
    firstLine,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...path.map(toBase64),
    '',
    checkpoint,
  ].join('\n')

/** @returns null when it is no proof file. */
export function readProof(text: string): Proof | null {
  const end = text.indexOf('\n\n')
  if (end < 0) return null
  const [first, ...lines] = text.slice(0, end).split('\n')
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() ?? '').slice(6)) : undefined
  const [, count = ''] = /^index (\d+)$/.exec(lines.shift() ?? '') ?? []
  const index = readCount(count)
  const path = lines.map(fromBase64)
  if (first !== firstLine || extra === null || index === null) return null
  if (path.length > 63 || path.some(hash => hash?.length !== 32)) return null
  return { extra: extra ?? null, index, path: path as Hash[], checkpoint: text.slice(end + 2) }
}

/** Why a proof proves nothing. */
export type ProofFault = 'no-checkpoint' | 'another-log' | 'not-signed' | 'not-included'

export interface Proved {
  checkpoint: Checkpoint
  note: Note
  /** Witnesses that saw this head of the log too. */
  witnesses: Signed[]
}

/** Whether the leaf stands in the log whose key is known, by what the proof says. Nothing is asked of anybody. */
export function prove(
  leaf: Hash,
  proof: Pick<Proof, 'index' | 'path' | 'checkpoint'>,
  log: Verifier,
  witnesses: readonly Verifier[] = [],
): Proved | ProofFault {
  const note = readNote(proof.checkpoint)
  const checkpoint = note && readCheckpoint(note.text)
  if (!note || !checkpoint) return 'no-checkpoint'
  if (checkpoint.origin !== log.name) return 'another-log'
  const signed = signersOf(note, [log, ...witnesses])
  if (!signed?.some(one => one.by === log)) return 'not-signed'
  if (!provesInclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root)) return 'not-included'
  return { checkpoint, note, witnesses: signed.filter(one => one.by !== log) }
}
