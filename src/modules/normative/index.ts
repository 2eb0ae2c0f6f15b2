/** Normative documents (规范性文件): what they are, their reviews, numbers, terms, filing and clean-up. */
export { askNeededReviews } from './actions/ask-needed-reviews.ts'
export { askReview, askReviewInput } from './actions/ask-review.ts'
export { determineDocument, determineInput } from './actions/determine-document.ts'
export { fileDocument, filingInput } from './actions/file-document.ts'
export { giveOpinion, giveOpinionInput, takeBackInput, takeBackReview } from './actions/give-opinion.ts'
export { consultationInput, recordConsultation } from './actions/record-consultation.ts'
export {
  allocateRegistrationNumber,
  registerDocument,
  registerInput,
} from './actions/register-document.ts'
export { decideItems, decideItemsInput, startCleanup, startCleanupInput } from './actions/run-cleanup.ts'
export { saveSettings, settingsInput } from './actions/save-settings.ts'
export { registrationAround } from './around.ts'
export { OpinionPoints, pointsIn } from './desk/opinion-points.tsx'
export { type Reason, whatIsMissing } from './missing.ts'
export { mayGiveOpinion } from './policy.ts'
export { findDetermination, type Review, reviewsOf } from './review-queries.ts'
export { type Material as ReviewMaterial, pointsOf, reviewKinds } from './reviews.ts'
export { usualSettings } from './settings.ts'
