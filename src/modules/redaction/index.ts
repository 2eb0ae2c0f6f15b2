/** 遮盖: files made anew from what may be seen of them, and the proof that nothing else is left. */
export { resultOf } from './actions/result-of.ts'
export { startRedaction } from './actions/start-redaction.ts'
export { maskPdf } from './mask-pdf.ts'
export { reasonsOf } from './reasons.ts'
