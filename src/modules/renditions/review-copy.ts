import type { OfficialDocument } from './official-document.ts'

export type DraftMark = '草稿' | '送审稿'

/**
 * A document that nobody has signed yet, to be read and judged: its mark stands across each page, and nothing on it could make
 * somebody take it for the signed one: no red head, no number, no 签发人.
 */
export function reviewCopy(document: OfficialDocument, mark: DraftMark): OfficialDocument {
  return {
    ...document,
    form: 'plain',
    marks: [],
    docNo: null,
    signatory: null,
    imprint: { copies: document.imprint.copies, printed: null },
    foot: [`${mark}，供审查用，没有签发，没有公开。`],
    watermark: mark,
  }
}
