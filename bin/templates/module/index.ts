/** 竹简: what other modules may ask for. */
export { type AddBambooSlip, addBambooSlip, addBambooSlipInput } from './actions/add-bamboo-slip.ts'
export type { BambooSlip } from './bamboo-slip.ts'
