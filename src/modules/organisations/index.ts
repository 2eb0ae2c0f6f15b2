/** The organs of a government, what they say of themselves, their history, and the sites (A1, A2, W3). */
export { type CorrectProfile, correctProfile, correctProfileInput } from './actions/correct-profile.ts'
export { type CreateOrgan, createOrgan, createOrganInput } from './actions/create-organ.ts'
export { type CreateSite, createSite, createSiteInput } from './actions/create-site.ts'
export { learnAlias, learnAliasInput } from './actions/learn-alias.ts'
export { type Restructure, type Restructured, restructure, restructureInput } from './actions/restructure.ts'
export { type SaveProfile, saveProfile, saveProfileInput } from './actions/save-profile.ts'
export { type UpdateOrgan, updateOrgan, updateOrganInput } from './actions/update-organ.ts'
export { type UpdateSite, updateSite, updateSiteInput } from './actions/update-site.ts'
export { listOtherNames } from './alias-queries.ts'
export {
  mustStand,
  type Organ,
  type OrganLevel,
  type OrganType,
  organLevels,
  organTag,
  organTypes,
  standsOn,
} from './organ.ts'
export {
  emptyProfile,
  type Leader,
  type OpennessOffice,
  type OrganProfile,
  type ProfileContent,
  type Section,
} from './profile.ts'
export { currentProfile, profileHistory } from './profile-queries.ts'
export {
  type FormerName,
  findOrgan,
  findOrganByKey,
  formerNames,
  getOrgan,
  listOrgans,
  listOrgansAbove,
  listOrgansBelow,
  listRestructurings,
  type OrganNode,
  organTree,
  successorOf,
} from './queries.ts'
export { type Restructuring, type RestructuringKind, restructuringKinds } from './restructuring.ts'
export { emptyFooter, type SiteFooter, type SiteRow } from './site.ts'
export { defaultSite, findSite, listSites, sitesByKey } from './site-queries.ts'
