export { type Act, type ActObject, type Recorder, recordAct, recordActs } from './actions/record-act.ts'
export { type ChainResult, verifyAuditChain } from './actions/verify-audit-chain.ts'
