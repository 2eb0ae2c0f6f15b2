import type { Everything, Piece } from '#modules/files'
import { findPersonalData, nameBeside } from './find-personal-data.ts'
import { maskText } from './mask-text.ts'
import type { HashOf } from './salted-hash.ts'
import type { Trace } from './subject.ts'

/** Changes whenever reader or detection learn something: what was read before is read again. */
export const readerVersion = 1

/** The same value at one kind of place is told so many times; the rest is counted in the last. */
const mostPlaces = 20

/** What personal data stand in these pieces, each as what may be kept of it. */
export function tracesIn(pieces: readonly Piece[], hash: HashOf, own: ReadonlySet<string>): Trace[] {
  const traces: Trace[] = []
  const counts = new Map<string, number>()
  for (const piece of pieces) {
    if (piece.kind === 'position') {
      const valueHash = hash('position', piece.text)
      const place = maskText(piece.place)
      traces.push(
        trace({
          kind: 'position',
          certainty: 'sure',
          place,
          placeKind: 'position',
          masked: '（GPS 位置）',
          valueHash,
        }),
      )
      continue
    }
    for (const found of findPersonalData(piece.text, { ...piece, own })) {
      const valueHash = hash(found.kind, found.value)
      const key = `${valueHash} ${piece.kind}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count > mostPlaces) continue
      const { kind, certainty, masked } = found
      const place = maskText(piece.place)
      const name = nameBeside(piece.text, piece)
      traces.push(
        trace({
          kind,
          certainty,
          place,
          placeKind: piece.kind,
          masked,
          valueHash,
          note: name && `旁边有姓名 ${name}`,
        }),
      )
    }
  }
  return traces
}

/** What could not be looked into is a finding too: a person has to. */
export function tracesOfUnread(unread: Everything['unread'], hash: HashOf, sha256: string): Trace[] {
  return unread.map(({ place, why }) =>
    trace({
      kind: 'unread',
      certainty: 'likely',
      place,
      placeKind: 'text',
      masked: why,
      valueHash: hash('unread', `${sha256} ${place}`),
    }),
  )
}

const trace = (known: Omit<Trace, 'note' | 'fileId'> & Partial<Trace>): Trace => ({
  note: null,
  fileId: null,
  ...known,
})
