import { sql } from 'kysely'
import type { EntryFacet } from '#modules/search'
import type { Database } from '#platform/db/database'
import { type Validity, validities } from './validity.ts'

export interface Facet {
  value: string
  label: string
  count: number
}

const entryFacets = {
  organKey: 'organ',
  theme: 'theme',
  genre: 'genre',
  kind: 'kind',
  year: 'year',
  validity: 'worth',
  'field.form': 'form',
} as const satisfies Record<string, EntryFacet>
export type FacetName = keyof typeof entryFacets

export const entryFacet = (name: FacetName): EntryFacet => entryFacets[name]

/** More values than this are no choice. */
const mostValues = 60

export interface OrganLabel {
  key: string
  name: string
}

export async function organLabels(db: Database): Promise<Map<string, OrganLabel>> {
  const { rows } = await sql<{ id: string; key: string; name: string }>`
    select id, key, short_name as name from organ_names`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

/** Values with words for them: years the newest first, everything else the most frequent first. */
export function facetOf(
  name: FacetName,
  counted: readonly { value: string; count: number }[],
  organs: ReadonlyMap<string, OrganLabel>,
): Facet[] {
  const labelled = counted.flatMap(({ value, count }): Facet[] => {
    if (name === 'validity') return [{ value, label: validities[value as Validity], count }]
    if (name !== 'organKey') return [{ value, label: value, count }]
    const organ = organs.get(value)
    return organ ? [{ value: organ.key, label: organ.name, count }] : []
  })
  return labelled
    .sort((a, b) =>
      name === 'year' ? Number(b.value) - Number(a.value) : b.count - a.count || (a.label < b.label ? -1 : 1),
    )
    .slice(0, mostValues)
}
