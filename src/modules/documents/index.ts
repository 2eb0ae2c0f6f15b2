/** 公文办理: documents from their draft over review and signature to the public; what was signed elsewhere comes in here too. */
export { addMaterial, materialInput, prepareDocument, prepareInput } from './actions/prepare-document.ts'
export {
  type ReceiveSignedInput,
  receiveSigned,
  receiveSignedInput,
} from './actions/receive-signed.ts'
export { agree, opinionInput, sayFollows, submitDocument } from './actions/review-document.ts'
export { startDocument, startDocumentInput } from './actions/start-document.ts'
export { type DocumentState, states as documentStates } from './document.ts'
export { documentProcedure } from './procedure.ts'
export { findDocument, seenNow } from './queries.ts'
