/** Publications: the machinery of everything that is public. */

export { type Clearance, publish } from './actions/publish.ts'
export {
  type Archived,
  type ArchiveItem,
  draftArchive,
  publishArchive,
} from './actions/publish-archive.ts'
export { releaseAttachments, releaseAttachmentsInput } from './actions/release-attachments.ts'
export { reviseEdition } from './actions/revise-edition.ts'
export { type ColumnInput, columnInput, saveColumn } from './actions/save-column.ts'
export { saveDraft, saveDraftInput } from './actions/save-draft.ts'
export { startEdition } from './actions/start-edition.ts'
export {
  type Origin,
  type StartPublicationInput,
  startPublication,
  startPublicationInput,
} from './actions/start-publication.ts'
export { submitDraft } from './actions/submit-draft.ts'
export { takeDown } from './actions/take-down.ts'
export { type AskAround, registerAround } from './around.ts'
export { refuseNamedTimes } from './backdating.ts'
export {
  type ColumnRow,
  type ColumnUse,
  findColumn,
  listColumns,
  listColumnsInUse,
} from './column-queries.ts'
export { editorRoutes } from './desk/editor-routes.ts'
export { draftsHandOver } from './drafts-hand-over.ts'
export { docNoPattern, type EditionText, plainText } from './edition.ts'
export { type EraseCopies, registerErasure } from './erasure.ts'
export type { Facet, FacetName } from './facet.ts'
export { type Filing, type FilingFacts, registerFiling } from './filing.ts'
export { formerAddress } from './former-address.ts'
export { daysBetween, type Freshness, freshnessOn } from './freshness.ts'
export {
  harvestPublic,
  hasMorePublicThan,
  listAddresses,
  openedAt,
  segmentOf,
} from './harvest-queries.ts'
export {
  type Answer,
  answerAt,
  type ColumnFacts,
  listColumnFacts,
  listOpenEditions,
  newestOnSite,
  type OpenText,
  openTexts,
} from './health-queries.ts'
export {
  addFormerAddresses,
  documentsNamed,
  findImported,
  findImportedFrom,
  hasImported,
  type ImportedItem,
  listImported,
  releaseImportKeys,
  takenAddresses,
  withoutScheme,
} from './import-queries.ts'
export {
  addressOf,
  allKinds,
  isPrinted,
  type Kind,
  type KindFile,
  kindOf,
  registerKinds,
  type ShownOn,
} from './kind.ts'
export {
  countFacet,
  countPublic,
  type FoundPublic,
  findPublic,
  type ListFilter,
  listPublic,
  newestPublic,
} from './list-queries.ts'
export {
  countByOrgan,
  linkedWorks,
  type OrganCount,
  publicTexts,
} from './overview-queries.ts'
export { publicByIds } from './picked-queries.ts'
export {
  itemsForPlans,
  listForPlans,
  type PlannedItem,
  publicBetween,
  speakersOf,
} from './planning-queries.ts'
export { mayRead as mayReadPublications } from './policy.ts'
export { type Procedure, type ProcedureItem, registerProcedure } from './procedure.ts'
export {
  draftForProcedure,
  guardDraft,
  lookThroughDraft,
  type ProcedureDraft,
  signDraft,
} from './procedure-draft.ts'
export { ChosenFilters } from './public/chosen-filters.tsx'
export { publicFileRoutes } from './public/file.route.ts'
export { headingsOf } from './public/headings.ts'
export { itemRoutes } from './public/item.page.tsx'
export {
  choiceAddress,
  filterOf,
  isNarrowed,
  type ListChoice,
  misreadIn,
  readChoice,
} from './public/list-choice.ts'
export { ListColumns } from './public/list-columns.tsx'
export {
  type FacetAsked,
  facetGroups,
  genreFacet,
  groupsOf,
  kindFacet,
  organFacet,
  themeFacet,
  validityFacet,
  yearFacet,
} from './public/list-facets.ts'
export { ListSearch } from './public/list-search.tsx'
export { listingOf } from './public/listing.tsx'
export { NoSuchPage } from './public/no-such-page.tsx'
export {
  editionSchema,
  listedJson,
  listedSchema,
  publicationSchema,
  publicJson,
  workSchema,
} from './public/public-json.ts'
export { organSchemaOf } from './public/schema-org.ts'
export { Understanding } from './public/understanding.tsx'
export {
  type HistoryEntry,
  type HistoryFilter,
  isHistoryCursor,
  listChanges,
  listHistory,
  type PublicAct,
  publicActs,
} from './public-history.ts'
export { findMovedAddress, findPublicView, listRepealers, nextBoundary } from './public-queries.ts'
export {
  type Departed,
  editionOn,
  type Listed,
  type PublicView,
  publishedDay,
  publishedWhen,
  type WorkRef,
} from './public-view.ts'
export { takeErasures } from './record/erasures-part.ts'
export { editionsOnRecord, publicationIdsOf, publicIdsOf } from './record/on-record.ts'
export { type State as PublicationState, states as publicationStates } from './state.ts'
export { type Suggestion, suggestWords } from './suggest.ts'
export { columnTag, listsTag, publicationTag } from './tags.ts'
export { type Validity, validities } from './validity.ts'
export { isPublic } from './visibility.ts'
