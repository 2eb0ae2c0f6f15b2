import { canonical } from '#lib/canonical-json'
import { cleanBody } from '#modules/files'
import { RecordFault } from '#platform/record'
import type { EditionRow } from '../draft-queries.ts'
import { textOfEdition } from '../draft-queries.ts'
import { digestOf } from '../edition.ts'
import type { EditionLine, PublicationLine, RelationLine } from './publication-line.ts'

/**
 * Whether an edition says what it said when it was sealed. The digest covers how other works were called on that day and in
 * which order; where they have got another name since, it cannot be computed again, and only then may it differ.
 * @throws RecordFault when the text is not the one that was sealed, or holds what no document may hold
 */
export function checkEdition(
  line: number,
  item: PublicationLine,
  edition: EditionLine,
): 'same' | 'works-renamed' {
  if (edition.textWithheld) return 'same'
  const body = edition.bodyHtml ?? ''
  if (cleanBody(body) !== body.trim())
    throw new RecordFault(line, `第 ${edition.number} 版的正文含有公文里不应有的标记或脚本。`)
  const digest = digestOf({
    publicId: item.id,
    kind: item.kind,
    indexNo: item.indexNo,
    number: edition.number,
    publicAt: new Date(edition.publicFrom).toISOString(),
    ...textOfEdition(edition as unknown as EditionRow),
    relations: JSON.parse(canonical(relationsIn(edition))),
  })
  if (digest === edition.digest) return 'same'
  if (edition.links.length + edition.effects.length > 0) return 'works-renamed'
  throw new RecordFault(
    line,
    `第 ${edition.number} 版《${edition.title}》的摘要对不上：内容不是封存时的内容。请用原来导出的文件。`,
  )
}

function relationsIn(edition: EditionLine) {
  const links = sorted(edition.links).map(({ type, title, docNo }) => ({
    type,
    line: { title, docNo, from: null, publicId: null },
  }))
  const effects = sorted(edition.effects).map(({ type, title, docNo, effectiveFrom }) => ({
    type,
    line: { title, docNo, from: effectiveFrom, publicId: null },
  }))
  return { links, effects }
}

const sorted = <Relation extends RelationLine>(relations: readonly Relation[]): Relation[] =>
  relations.toSorted((a, b) => compare(keyOf(a), keyOf(b)))
const keyOf = ({ type, title, docNo }: RelationLine) => `${type}\u0000${title}\u0000${docNo ?? '\uffff'}`
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
