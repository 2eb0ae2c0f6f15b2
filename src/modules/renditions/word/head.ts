import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { OfficialDocument } from '../official-document.ts'
import { exactly, fonts, type Measures, mm, ownStyles, red } from './looks.ts'

type Part = Paragraph | Table

export const blankLine = (): Paragraph => new Paragraph({ style: ownStyles.blank })

/** What stands above the title: mark, number and red rule, by the form of the document; a text without mark has none. */
export function headOf(document: OfficialDocument, measures: Measures): Part[] {
  const { form, docNo } = document
  if (form === 'plain' || document.marks.length === 0) return []
  const number = docNo === null ? [] : [numberLine(document, docNo, measures)]
  // The mark of a letter stands in the head of its first page; the number right under the red lines (S-GWG-20)
  if (form === 'letter') return [...number, blankLine(), blankLine()]
  const between = docNo === null ? 0 : form === 'minutes' ? 1 : 2
  return [
    ...markOf(document, measures, form === 'order' ? mm(20) : mm(35)),
    ...Array.from({ length: between }, blankLine),
    ...number,
    ...(form === 'order' ? [] : [redRule()]),
    blankLine(),
    blankLine(),
  ]
}

/** 4 mm below the number (S-GWG-10). */
const redRule = (): Paragraph =>
  new Paragraph({
    style: ownStyles.blank,
    spacing: { before: 0, after: 0, ...exactly(100) },
    border: { bottom: { style: BorderStyle.SINGLE, size: 14, space: 1, color: red } },
  })

/** 发文机关标志 (S-GWG-07): several organs in a column of one width, “文件” beside them. */
export function markOf(document: OfficialDocument, measures: Measures, above: number): Part[] {
  const { marks, form } = document
  const size = markSize(document)
  // The signs begin below the upper edge of their line
  const height = { before: Math.max(0, above - size * 2), after: 0, ...exactly(size * 13) }
  if (form !== 'document' || marks.length === 1) {
    const text = marks.join('　') + (form === 'document' ? '文件' : '')
    return [
      new Paragraph({ style: ownStyles.mark, spacing: height, children: [new TextRun({ text, size })] }),
    ]
  }
  const beside = size * 30
  const column = Math.min(measures.width - beside, longestOf(marks) * size * 10 + 400)
  const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
  const borders = { top: none, bottom: none, left: none, right: none }
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      borders,
      verticalAlign: VerticalAlign.CENTER,
      children,
    })
  const line = { before: 0, after: 40, ...exactly(size * 13) }
  return [
    new Paragraph({
      style: ownStyles.blank,
      spacing: { before: Math.max(0, above - 20), after: 0, ...exactly(20) },
    }),
    new Table({
      alignment: AlignmentType.CENTER,
      layout: TableLayoutType.FIXED,
      width: { size: column + beside, type: WidthType.DXA },
      columnWidths: [column, beside],
      borders: { ...borders, insideHorizontal: none, insideVertical: none },
      rows: [
        new TableRow({
          cantSplit: true,
          children: [
            cell(
              column,
              marks.map(
                text =>
                  new Paragraph({
                    style: ownStyles.mark,
                    alignment: AlignmentType.DISTRIBUTE,
                    spacing: line,
                    children: [new TextRun({ text, size })],
                  }),
              ),
            ),
            cell(beside, [
              new Paragraph({
                style: ownStyles.mark,
                spacing: line,
                children: [new TextRun({ text: '文件', size })],
              }),
            ]),
          ],
        }),
      ],
    }),
  ]
}

/** In half points: as large as the line holds, no more than is seemly. */
function markSize({ marks, form }: OfficialDocument): number {
  const longest = longestOf(marks)
  const isJoint = form === 'document' && marks.length > 1
  const fits = isJoint ? 427 / (longest + 3) : 425 / (longest + (form === 'document' ? 2 : 0))
  return Math.floor(2 * Math.max(isJoint ? 16 : 24, Math.min(isJoint ? 40 : 52, fits)))
}

const longestOf = (marks: readonly string[]) => Math.max(1, ...marks.map(name => [...name].length))

/** 发文字号, with 签发人 on its line where the paper goes upwards (S-GWG-08, S-GWG-09). */
function numberLine(
  { signatory, form }: OfficialDocument,
  docNo: string,
  { cell, width }: Measures,
): Paragraph {
  if (signatory === null)
    return new Paragraph({
      style: ownStyles.number,
      alignment: form === 'letter' ? AlignmentType.RIGHT : AlignmentType.CENTER,
      children: [new TextRun(docNo)],
    })
  return new Paragraph({
    style: ownStyles.number,
    tabStops: [{ type: TabStopType.RIGHT, position: width - cell }],
    children: [
      new TextRun({ children: [`　${docNo}`, new Tab(), '签发人：'] }),
      new TextRun({ text: signatory, font: fonts.kai }),
    ],
  })
}
