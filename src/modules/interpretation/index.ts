/** Interpretations of policies: their plans, how far they have come, what readers say of them, and the yearly selection. */
export { approvePlan } from './actions/approve-plan.ts'
export { nominate, nominateInput } from './actions/nominate.ts'
export { rateInput, rateInterpretation } from './actions/rate-interpretation.ts'
export {
  giveScore,
  publishResult,
  saveRound,
  saveRoundInput,
  scoreInput,
} from './actions/run-round.ts'
export { savePlan, savePlanInput } from './actions/save-plan.ts'
export { vote } from './actions/vote.ts'
export { praiseOf } from './around.ts'
export { type Interpretations, interpretationPlanOf } from './plan-queries.ts'
export { listNominations as roundNominations } from './selection-queries.ts'
