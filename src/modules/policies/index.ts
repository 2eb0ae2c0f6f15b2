/** Policies and normative documents: what the organs have laid down. */

export { recogniseDocument } from './import/recognise.ts'
export type { Recognised } from './import/recognised.ts'
export { isFooter, isSiteChrome } from './import/site-chrome.ts'
export { policyKinds } from './kinds.ts'
