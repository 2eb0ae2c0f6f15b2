import { AlignmentType, BorderStyle, Footer, Header, PageNumber, Paragraph, TextRun } from 'docx'
import { TextWatermark } from 'docx/watermarks'
import type { OfficialDocument } from '../official-document.ts'
import { markOf } from './head.ts'
import { exactly, fonts, type Measures, mm, red } from './looks.ts'

/** 4号 half-width 宋体 between dashes, one blank from the outer edge (S-GWG-19). */
export function pageNumber(
  { small }: Measures,
  alignment: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT,
): Footer {
  const indent = alignment === AlignmentType.RIGHT ? { right: small * 10 } : { left: small * 10 }
  const run = (part: { text: string } | { children: (typeof PageNumber.CURRENT)[] }) =>
    new TextRun({ ...part, font: fonts.song, size: small })
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent,
        children: [run({ text: '— ' }), run({ children: [PageNumber.CURRENT] }), run({ text: ' —' })],
      }),
    ],
  })
}

const letterRule = (side: 'top' | 'bottom') => ({
  [side]: {
    style: side === 'bottom' ? BorderStyle.THICK_THIN_SMALL_GAP : BorderStyle.THIN_THICK_SMALL_GAP,
    size: 24,
    space: side === 'bottom' ? 11 : 0,
    color: red,
  },
})
/** The lines are 170 mm wide, the text 156 (S-GWG-20). */
const wider = { indent: { left: -mm(7), right: -mm(7) } }

export function letterHead(document: OfficialDocument, measures: Measures): Header {
  return new Header({
    children: [
      ...markOf(document, measures, 0),
      new Paragraph({
        ...wider,
        border: letterRule('bottom'),
        spacing: { before: 0, after: 0, ...exactly(20) },
        children: watermarkOf(document.watermark),
      }),
    ],
  })
}

/** The first page of a letter bears no number. */
export const letterFoot = () =>
  new Footer({
    children: [
      new Paragraph({
        ...wider,
        border: letterRule('top'),
        spacing: { before: 0, after: 0, ...exactly(20) },
      }),
    ],
  })

export const markedHeader = (watermark: string) =>
  new Header({ children: [new Paragraph({ children: watermarkOf(watermark) })] })

const watermarkOf = (text: string | null) =>
  text === null ? [] : [new TextWatermark({ text, font: '黑体', color: 'C0C0C0' })]
