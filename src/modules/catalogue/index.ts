/** Catalogue (主动公开基本目录): what must be published, by when, by whom; what is public under it; what is not, and why. */
export { linkPublication, linkPublicationInput } from './actions/link-publication.ts'
export { saveItem, saveItemInput } from './actions/save-item.ts'
export { addWithheld, addWithheldInput } from './actions/save-withheld.ts'
export { takeStandard } from './actions/take-standard.ts'
export { contentTree } from './content-tree.ts'
export { itemsAbout } from './items-about.ts'
export { findItem, hasItems } from './queries.ts'
export { catalogueTag } from './tags.ts'
