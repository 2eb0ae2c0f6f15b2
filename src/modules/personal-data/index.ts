/** 个人信息检查: what of persons stands in texts and files, and what people decided about it before they went out (X5). */

export { fileStorage, registerFileBytes } from './file-bytes.ts'
export { findPersonalData } from './find-personal-data.ts'
export { FindingsNotice } from './findings-notice.tsx'
export { guardPersonalData } from './guard.ts'
export { lookThrough, publicReadWith } from './look-through.ts'
export { finishMasking, prepareMasking, registerMask } from './masking.ts'
export { eraseOriginals } from './original-queries.ts'
export { markPast, readAlready } from './stock-queries.ts'
export type { Subject } from './subject.ts'
