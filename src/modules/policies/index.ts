/** Policies and normative documents: what the organs have laid down. */
export { policyKinds } from './kinds.ts'
