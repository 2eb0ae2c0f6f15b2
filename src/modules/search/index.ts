export {
  type Entry,
  endEntries,
  insertEntries,
  outdatedEditions,
  removeEdition,
  removeEntries,
  renewEntries,
  setEntryEnd,
  setValidityDates,
  type ValidityDates,
} from './entries.ts'
export type { EntryFacet, EntryFilter, ValueCount } from './entry-filter.ts'
export { type Asked, countEntries, type FoundEntry, findEntries } from './find.ts'
export { commonKeywords } from './keywords.ts'
export { limitEntryMemory, warmEntryMemory } from './memory/entry-memory.ts'
export { markHits, type SnippetPart, snippet } from './snippet.ts'
export { suggestTerms } from './suggest.ts'
export { tsqueryOf } from './tsvector.ts'
export type { Understood } from './understand.ts'
export { type Vectors, vectorsOf, type Words } from './vectors.ts'
