import { type Gathered, type PieceKind, within } from './piece.ts'
import { tellingValues, walkXml } from './xml-walk.ts'

/** Text and attributes of a part of which only this is known: that it is XML. */
export function markupPieces(gathered: Gathered, xml: string, place: string, kind: PieceKind): void {
  let name = ''
  for (const step of walkXml(xml)) {
    if (step.is === 'open') {
      name = step.name
      for (const { value } of tellingValues(step.attributes))
        gathered.add({ text: decoded(value), kind, place })
    } else if (step.is === 'text')
      gathered.add({ text: step.text, kind, place: within(place, name).slice(0, 200) })
  }
}

/** `mailto:a@b` and `%E5…` as they are meant. */
export function decoded(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
