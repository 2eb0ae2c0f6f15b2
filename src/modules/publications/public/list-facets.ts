import type { PublicContext } from '#platform/context'
import type { Facet, FacetName } from '../facet.ts'
import { allKinds } from '../kind.ts'
import { findPublic, type ListFilter } from '../list-queries.ts'
import { type Validity, validities } from '../validity.ts'
import { type ChoiceName, choiceAddress, type ListChoice } from './list-choice.ts'

/** One row of filters: a facet under the name it has in the address. */
export interface FacetAsked {
  facet: FacetName
  choice: ChoiceName
  label: string
  /** Words for values that are not words themselves. */
  word?: (value: string) => string | undefined
  /** The values to offer, where not all that are found. */
  only?: readonly string[]
}

export const organFacet: FacetAsked = { facet: 'organKey', choice: 'organ', label: '发布机构' }
export const themeFacet: FacetAsked = { facet: 'theme', choice: 'theme', label: '主题' }
export const genreFacet: FacetAsked = { facet: 'genre', choice: 'genre', label: '体裁' }
export const yearFacet: FacetAsked = {
  facet: 'year',
  choice: 'year',
  label: '年份',
  word: year => `${year}年`,
}
export const validityFacet: FacetAsked = {
  facet: 'validity',
  choice: 'validity',
  label: '有效性',
  word: value => validities[value as Validity],
  only: Object.keys(validities) as Validity[],
}
export const kindFacet = (only?: readonly string[]): FacetAsked => ({
  facet: 'kind',
  choice: 'kind',
  label: '种类',
  word: value => allKinds().find(kind => kind.name === value)?.label,
  ...(only ? { only } : {}),
})

/** Facets with counts for `FilterPanel`: every value is a link to the list with it; a chosen one to the list without. */
export async function facetGroups(
  ctx: PublicContext,
  filter: ListFilter,
  choice: ListChoice,
  path: string,
  asked: readonly FacetAsked[],
) {
  const now = ctx.clock.now()
  const { facets } = await findPublic(
    ctx.db,
    now,
    filter,
    { page: 1, pageSize: 0 },
    asked.map(one => one.facet),
  )
  return groupsOf(facets, choice, path, asked)
}

/** The same of facets that were counted with the page (`findPublic`). */
export function groupsOf(
  facets: Partial<Record<FacetName, Facet[]>>,
  choice: ListChoice,
  path: string,
  asked: readonly FacetAsked[],
) {
  return asked.map(one => {
    const chosen = choice[one.choice]
    const counted = (facets[one.facet] ?? []).filter(value => one.only?.includes(value.value) ?? true)
    // What was chosen can always be given up, also when nothing is left of it
    const options =
      chosen !== undefined && !counted.some(value => value.value === chosen)
        ? [...counted, { value: chosen, label: chosen, count: 0 }]
        : counted
    return {
      name: one.choice,
      label: one.label,
      options: options.map(option => ({
        value: option.value,
        label: one.word?.(option.value) ?? option.label,
        count: option.count,
        chosen: option.value === chosen,
        href: choiceAddress(path, choice, {
          [one.choice]: option.value === chosen ? undefined : option.value,
        }),
      })),
    }
  })
}
