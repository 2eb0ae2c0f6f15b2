/** Renditions: PDF and Word of what is published, in the page of official documents. */
export { eraseRenditions } from './actions/erase-renditions.ts'
export { letterFiles } from './actions/letter-files.ts'
export { Press } from './making/press.ts'
export type { OfficialDocument } from './official-document.ts'
export { downloadsOf } from './public/download.route.ts'
