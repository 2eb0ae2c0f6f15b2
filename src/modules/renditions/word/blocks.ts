import {
  AlignmentType,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  Paragraph,
  Tab,
  type Table,
  TextRun,
} from 'docx'
import { type StyleKey, styleIds } from '#lib/docx-styles'
import type { Block, OfficialDocument, Run } from '../official-document.ts'
import { type Picture, pictureWords } from '../pictures.ts'
import { widthOf } from '../title-lines.ts'
import { blankLine } from './head.ts'
import { fonts, type Measures, ownStyles } from './looks.ts'
import { wordTable } from './table.ts'

type Part = Paragraph | Table

const headings = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const

const styled = (style: StyleKey, runs: readonly Run[], more: Partial<IParagraphOptions> = {}) =>
  new Paragraph({ style: styleIds[style], ...more, children: runsOf(runs) })

const runsOf = (runs: readonly Run[], size?: number): TextRun[] =>
  runs.map(
    ({ text, face, bold, underline, strike, raised }) =>
      new TextRun({
        text,
        ...(face ? { font: fonts[face] } : {}),
        ...(bold ? { bold } : {}),
        ...(underline ? { style: styleIds.underline } : {}),
        ...(strike ? { strike } : {}),
        ...(raised === 'sup' ? { superScript: true } : raised === 'sub' ? { subScript: true } : {}),
        ...(size ? { size } : {}),
      }),
  )

/** The text of a document, block by block. */
export class BlockWriter {
  private pictureCount = 0
  private readonly document: OfficialDocument
  private readonly measures: Measures
  private readonly pictures: ReadonlyMap<string, Picture>

  constructor(document: OfficialDocument, measures: Measures, pictures: ReadonlyMap<string, Picture>) {
    this.document = document
    this.measures = measures
    this.pictures = pictures
  }

  write(): Part[] {
    return this.document.blocks.flatMap(block => this.block(block))
  }

  private block(block: Block): Part[] {
    switch (block.kind) {
      case 'paragraph':
        return [styled(block.align ?? 'body', block.runs)]
      case 'heading':
        return [
          new Paragraph({
            heading: headings[block.level],
            ...(block.align === 'center'
              ? { alignment: AlignmentType.CENTER, indent: { firstLine: 0 } }
              : {}),
            children: runsOf(block.runs),
          }),
        ]
      case 'addressee':
        return [styled('addressee', [{ text: block.text }])]
      case 'attachments':
        return [blankLine(), ...this.attachments(block.items)]
      case 'signature':
        return [...Array.from({ length: block.sealRoom ? 3 : 1 }, blankLine), ...this.signature(block.lines)]
      case 'remark':
        return [new Paragraph({ style: ownStyles.remark, children: [new TextRun(block.text)] })]
      case 'annex':
        return annexOf(block)
      case 'table':
        return wordTable(block, this.measures.width, { large: this.document.print === 'large', runsOf })
      case 'picture':
        return [this.picture(block)]
    }
  }

  /** Two blanks in, the names under one another (S-GWG-14). */
  private attachments(items: readonly string[]): Paragraph[] {
    const { cell } = this.measures
    const number = items.length > 1 ? Math.round(1.2 * cell) : 0
    const left = 5 * cell + number
    return items.map((item, at) => {
      const label = at === 0 ? '附件：' : ''
      const children = items.length > 1 ? [`${label}${at + 1}.`, new Tab(), item] : [label + item]
      return new Paragraph({
        style: styleIds.attachments,
        indent: { left, hanging: at === 0 ? 3 * cell + number : number },
        children: [new TextRun({ children })],
      })
    })
  }

  /** The date ends four blanks from the edge, the organs are centred over it (S-GWG-15). */
  private signature(lines: readonly string[]): Paragraph[] {
    const { cell } = this.measures
    const widths = lines.map(widthOf)
    const widest = Math.max(...widths)
    const aside = Math.max(0, 4 - (widest - (widths.at(-1) ?? 0)) / 2)
    return lines.map((text, at) =>
      styled('signature', [{ text }], {
        alignment: AlignmentType.RIGHT,
        indent: { right: Math.round((aside + (widest - (widths[at] ?? 0)) / 2) * cell) },
        keepNext: at < lines.length - 1,
      }),
    )
  }

  private picture({ file, alt }: Extract<Block, { kind: 'picture' }>): Paragraph {
    const picture = this.pictures.get(file)
    // Word draws no WebP
    if (!picture || picture.format === 'webp') return styled('center', [{ text: pictureWords(alt) }])
    // Pixels of 96 to the inch: the width of the text, and less than its height
    const shrink = Math.min(1, 589 / Math.max(1, picture.width), 755 / Math.max(1, picture.height))
    const id = String(++this.pictureCount)
    return new Paragraph({
      style: styleIds.picture,
      children: [
        new ImageRun({
          type: picture.format,
          data: Buffer.from(picture.bytes),
          transformation: {
            width: Math.max(1, Math.round(picture.width * shrink)),
            height: Math.max(1, Math.round(picture.height * shrink)),
          },
          // An id of our own: the library would go on counting from one document to the next
          altText: { id, name: `图片${id}`, description: alt, title: alt },
        }),
      ],
    })
  }
}

/** On a new page: the mark, a blank line, the title (S-GWG-17). */
function annexOf({ mark, titleLines }: Extract<Block, { kind: 'annex' }>): Paragraph[] {
  const title = linesOf(titleLines)
  return [
    ...(mark === null
      ? []
      : [styled('attachmentTitle', [{ text: mark }], { pageBreakBefore: true }), blankLine()]),
    ...(title.length === 0
      ? []
      : [
          new Paragraph({
            style: styleIds.attachedTitle,
            pageBreakBefore: mark === null,
            children: title,
          }),
          blankLine(),
        ]),
  ]
}

/** Lines of one title stay one paragraph, so that Word's outline shows it once. */
export const linesOf = (lines: readonly string[]): TextRun[] =>
  lines.map((text, at) => new TextRun({ text, ...(at > 0 ? { break: 1 } : {}) }))
