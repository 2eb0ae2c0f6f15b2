/** Publications: the machinery of everything that is public. */

export { type Clearance, publish } from './actions/publish.ts'
export { type ColumnInput, columnInput, saveColumn } from './actions/save-column.ts'
export { saveDraft } from './actions/save-draft.ts'
export { startEdition } from './actions/start-edition.ts'
export {
  type Origin,
  type StartPublicationInput,
  startPublication,
  startPublicationInput,
} from './actions/start-publication.ts'
export { takeDown } from './actions/take-down.ts'
export {
  type ColumnRow,
  type ColumnUse,
  findColumn,
  listColumns,
  listColumnsInUse,
} from './column-queries.ts'
export { editorRoutes } from './desk/editor-routes.ts'
export { draftsHandOver } from './drafts-hand-over.ts'
export { docNoPattern, plainText } from './edition.ts'
export { findImported, type ImportedItem, listImported, releaseImportKey } from './import-queries.ts'
export { addressOf, allKinds, type Kind, kindOf, registerKinds } from './kind.ts'
export {
  countFacet,
  countPublic,
  type Facet,
  type ListFilter,
  listPublic,
  newestPublic,
} from './list-queries.ts'
export {
  commonKeywords,
  countByOrgan,
  linkedWorks,
  listAddresses,
  type OrganCount,
  publicTexts,
} from './overview-queries.ts'
export { mayRead as mayReadPublications } from './policy.ts'
export { ChosenFilters } from './public/chosen-filters.tsx'
export { publicFileRoutes } from './public/file.route.ts'
export { itemRoutes } from './public/item.page.tsx'
export {
  choiceAddress,
  filterOf,
  isNarrowed,
  type ListChoice,
  readChoice,
} from './public/list-choice.ts'
export { ListColumns } from './public/list-columns.tsx'
export {
  type FacetAsked,
  facetGroups,
  genreFacet,
  kindFacet,
  organFacet,
  themeFacet,
  validityFacet,
  yearFacet,
} from './public/list-facets.ts'
export { ListSearch } from './public/list-search.tsx'
export { listingOf } from './public/listing.ts'
export { findMovedAddress, findPublicView, nextBoundary } from './public-queries.ts'
export {
  type Departed,
  type Listed,
  type PublicView,
  publishedDay,
  publishedWhen,
  type WorkRef,
} from './public-view.ts'
export { columnTag, listsTag, publicationTag } from './tags.ts'
export { type Validity, validities } from './validity.ts'
