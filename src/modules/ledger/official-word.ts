import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'

/** A stretch of a paragraph; with an address, a link. */
export interface Stretch {
  text: string
  href?: string | undefined
}

export type WordBlock =
  | { kind: 'paragraph'; parts: readonly Stretch[] }
  | { kind: 'heading'; text: string }
  | { kind: 'note'; text: string }
  | {
      kind: 'table'
      heads: readonly string[]
      /** Shares of the width, one a column. */
      widths: readonly number[]
      rows: readonly (readonly Stretch[])[]
    }

export interface WordDocument {
  title: string
  blocks: readonly WordBlock[]
  landscape?: boolean
}

/** Page and type as official documents have them (GB/T 9704): A4, margins 37/35/28/26 mm, 小标宋 for the title, 仿宋 三号 for text. */
const titleFont = { ascii: 'Times New Roman', eastAsia: '方正小标宋简体' }
const textFont = { ascii: 'Times New Roman', eastAsia: '仿宋_GB2312' }
const headFont = { ascii: 'Times New Roman', eastAsia: '黑体' }
/** Twentieths of a point. */
const mm = (length: number) => Math.round(length * 56.69)
const lineOfText = 560
/** Half points: 二号, 三号, 五号. */
const size = { title: 44, text: 32, cell: 21 }

/** A Word document in official look: title, text, tables whose head comes again on each page, page numbers. */
export function wordOf(document: WordDocument): Promise<Buffer> {
  const width = document.landscape ? mm(297 - 37 - 35) : mm(210 - 28 - 26)
  const section: ISectionOptions = {
    properties: {
      page: {
        size: {
          width: mm(210),
          height: mm(297),
          orientation: document.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) },
      },
    },
    footers: { default: pageNumbers() },
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { after: lineOfText },
        children: [new TextRun({ text: document.title, font: titleFont, size: size.title })],
      }),
      ...document.blocks.map(block => wordBlock(block, width)),
    ],
  }
  return Packer.toBuffer(
    new Document({ title: document.title, creator: '', description: '', sections: [section] }),
  )
}

function pageNumbers(): Footer {
  const dash = (text: string) => new TextRun({ text, size: 28, font: '宋体' })
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          dash('— '),
          new TextRun({ children: [PageNumber.CURRENT], size: 28, font: '宋体' }),
          dash(' —'),
        ],
      }),
    ],
  })
}

function wordBlock(block: WordBlock, width: number): Paragraph | Table {
  switch (block.kind) {
    case 'heading':
      return new Paragraph({
        spacing: { line: lineOfText },
        indent: { firstLine: size.text * 20 },
        keepNext: true,
        children: [new TextRun({ text: block.text, font: headFont, size: size.text })],
      })
    case 'note':
      return new Paragraph({
        spacing: { before: 120, after: 120 },
        children: [new TextRun({ text: block.text, font: textFont, size: size.cell })],
      })
    case 'paragraph':
      return new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        spacing: { line: lineOfText },
        indent: { firstLine: size.text * 20 },
        children: block.parts.map(part => stretch(part, size.text)),
      })
    case 'table':
      return tableOfWords(block, width)
  }
}

function stretch({ text, href }: Stretch, half: number): TextRun | ExternalHyperlink {
  const run = new TextRun({ text, font: textFont, size: half, ...(href ? { style: 'Hyperlink' } : {}) })
  return href ? new ExternalHyperlink({ link: href, children: [run] }) : run
}

function tableOfWords(block: Extract<WordBlock, { kind: 'table' }>, width: number): Table {
  const whole = block.widths.reduce((sum, share) => sum + share, 0)
  const columnWidths = block.widths.map(share => Math.floor((width * share) / whole))
  const cell = (paragraphs: Paragraph[], at: number, isHead: boolean) =>
    new TableCell({
      width: { size: columnWidths[at] ?? 0, type: WidthType.DXA },
      verticalAlign: isHead ? VerticalAlign.CENTER : VerticalAlign.TOP,
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      children: paragraphs,
    })
  const head = new TableRow({
    tableHeader: true,
    children: block.heads.map((text, at) =>
      cell(
        [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text, font: headFont, size: size.cell })],
          }),
        ],
        at,
        true,
      ),
    ),
  })
  const rows = block.rows.map(
    parts =>
      new TableRow({
        cantSplit: true,
        children: parts.map((part, at) => cell(linesOf(part), at, false)),
      }),
  )
  return new Table({ width: { size: width, type: WidthType.DXA }, columnWidths, rows: [head, ...rows] })
}

const linesOf = (part: Stretch): Paragraph[] =>
  part.text.split('\n').map(text => new Paragraph({ children: [stretch({ ...part, text }, size.cell)] }))
