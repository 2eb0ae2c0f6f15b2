/** The public log that nobody can change quietly (X2). */
export { appendEntries } from './actions/append-entries.ts'
export { signHead } from './actions/sign-head.ts'
export { type CheckedLog, checkLog, type LogFault } from './check-log.ts'
export { newestHead, type SignedHead } from './checkpoint-queries.ts'
export { entriesAt } from './entry-queries.ts'
export { proofOf } from './log-proof.ts'
export { logTag } from './tags.ts'
