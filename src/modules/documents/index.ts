/** 公文办理: documents from their draft over review and signature to the public; what was signed elsewhere comes in here too. */
export {
  type ReceiveSignedInput,
  receiveSigned,
  receiveSignedInput,
} from './actions/receive-signed.ts'
export type { DocumentState } from './document.ts'
export { documentProcedure } from './procedure.ts'
