import {
  AlignmentType,
  BorderStyle,
  FrameAnchorType,
  FrameWrap,
  Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  Tab,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import { type OfficialDocument, paper } from '../official-document.ts'
import { exactly, type Measures, mm, ownStyles } from './looks.ts'

/** 版记 (S-GWG-18): at the foot of the last page, between rules of the text's width. */
export function imprintOf({ imprint }: OfficialDocument, { width, small }: Measures): (Paragraph | Table)[] {
  const { copies, printed } = imprint
  const lines = printed === null ? [...copies] : [...copies, printed]
  if (lines.length === 0) return []
  const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }
  const thick = { style: BorderStyle.SINGLE, size: 8, color: '000000' }
  const thin = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
  // A hair narrower than the text, or programs take it for a table in the text
  const wide = width - 20
  const blank = small * 10
  const rows = lines.map(
    line =>
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            width: { size: wide, type: WidthType.DXA },
            margins: { top: 0, bottom: 0, left: blank, right: blank },
            children: [line === printed ? printedLine(line, wide - 2 * blank) : copiesLine(line, blank)],
          }),
        ],
      }),
  )
  return [
    new Paragraph({ style: ownStyles.blank, spacing: { before: 0, after: 0, ...exactly(14) } }),
    new Table({
      width: { size: wide, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: [wide],
      float: {
        horizontalAnchor: TableAnchorType.MARGIN,
        relativeHorizontalPosition: RelativeHorizontalPosition.CENTER,
        verticalAnchor: TableAnchorType.MARGIN,
        relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
      },
      borders: {
        top: thick,
        bottom: thick,
        insideHorizontal: thin,
        left: none,
        right: none,
        insideVertical: none,
      },
      rows,
    }),
  ]
}

const copiesLine = (line: string, blank: number) =>
  new Paragraph({
    style: ownStyles.imprint,
    alignment: AlignmentType.BOTH,
    indent: { left: 3 * blank, hanging: 3 * blank },
    children: [new TextRun(line)],
  })

function printedLine(line: string, width: number): Paragraph {
  const [, who, when] = /^(.*?)\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*印发)$/.exec(line) ?? []
  return new Paragraph({
    style: ownStyles.imprint,
    tabStops: [{ type: TabStopType.RIGHT, position: width }],
    children: [new TextRun({ children: when ? [who ?? '', new Tab(), when] : [line] })],
  })
}

/** What this print is, under the last page's number, outside the text: it never costs a page. */
export const footOf = ({ foot }: OfficialDocument): Paragraph[] =>
  foot.map(
    text =>
      new Paragraph({
        style: ownStyles.foot,
        frame: {
          type: 'absolute',
          position: { x: mm(paper.left), y: mm(277) },
          width: mm(paper.blockWidth),
          height: 260 * foot.length,
          wrap: FrameWrap.AROUND,
          anchor: { horizontal: FrameAnchorType.PAGE, vertical: FrameAnchorType.PAGE },
        },
        children: [new TextRun(text)],
      }),
  )
