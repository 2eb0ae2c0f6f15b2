import { fromBase64, readCount, toBase64 } from './bytes.ts'
import type { Hash } from './merkle.ts'

/** The head of a log (C2SP tlog-checkpoint): whose, how many leaves, and what they amount to. */
export interface Checkpoint {
  origin: string
  size: number
  root: Hash
}

/** The text that is signed. */
export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`

/** @returns null when the text is no checkpoint; further lines belong to others and are left alone. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = '', count = '', encoded = '', ...more] = text.split('\n')
  const size = readCount(count)
  const root = fromBase64(encoded)
  if (origin === '' || size === null || root?.length !== 32 || more.at(-1) !== '') return null
  return more.slice(0, -1).includes('') ? null : { origin, size, root }
}
