import { plainText } from '#lib/plain-text'
import type { EditionFile } from '#modules/files'
import type { Subject } from '#modules/personal-data'
import type { EditionRow, PublicationRow } from './draft-queries.ts'
import { commonFields, kindOf } from './kind.ts'
import { kindFields } from './kind-fields.ts'

type Item = Pick<PublicationRow, 'id' | 'siteId' | 'organId' | 'kind' | 'publicId'>

/** Everything of an edition that readers would get, as it is handed to the search for personal data (X5). */
export function subjectOf(
  item: Item,
  edition: Omit<EditionRow, 'columnIds'>,
  files: readonly EditionFile[],
  standing: Subject['standing'] = 'draft',
): Subject {
  const facts = Object.entries(commonFields).map(([field, label]) => {
    const value = edition[field as keyof typeof commonFields]
    return { label, value: Array.isArray(value) ? value.join('、') : (value ?? '') }
  })
  const more = kindFields(kindOf(item.kind)).map(field => ({
    label: field.label,
    value: wordsOf(edition.fields[field.name]),
  }))
  return {
    editionId: edition.id,
    publicationId: item.id,
    siteId: item.siteId,
    organId: item.organId,
    title: edition.title,
    deskAddress: `/publications/${item.publicId}`,
    standing,
    revision: edition.revision,
    publicSince: standing === 'public' ? edition.publicFrom : null,
    facts: [...facts, ...more, { label: '修改说明', value: edition.changeNote ?? '' }].filter(
      fact => fact.value !== '',
    ),
    bodyHtml: edition.bodyHtml,
    files,
  }
}

/** A field may hold lists and tables of its own. */
function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return Object.values(value).map(wordsOf).join('\n')
  return plainText(String(value))
}
