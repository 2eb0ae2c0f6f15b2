import { AlignmentType, Document, HeadingLevel, type ISectionOptions, Packer, Paragraph } from 'docx'
import { type OfficialDocument, paper } from '../official-document.ts'
import type { Picture } from '../pictures.ts'
import { printable } from '../runs-of-html.ts'
import { BlockWriter, linesOf } from './blocks.ts'
import { coreOf } from './core-properties.ts'
import { fontTable } from './font-table.ts'
import { blankLine, headOf } from './head.ts'
import { exactly, looksOf, type Measures, measuresOf, mm, ownStyles } from './looks.ts'
import { letterFoot, letterHead, markedHeader, pageNumber } from './page-edges.ts'
import { footOf, imprintOf } from './page-end.ts'
import { withoutTimes } from './zip-times.ts'

/**
 * The document as .docx in the page of GB/T 9704, with real headings, so that it can be worked on and taken in again: the same
 * document and pictures always give the same bytes (a watermark, which only drafts have, bears a chance id).
 *
 * @param pictures by the name that the body gives them; one that is missing is said in words
 */
export async function writeWord(
  asked: OfficialDocument,
  pictures: ReadonlyMap<string, Picture>,
): Promise<Uint8Array> {
  const document = printableHead(asked)
  const measures = measuresOf(document)
  const file = new Document({
    title: document.title,
    creator: document.about.author,
    keywords: document.about.keywords,
    description: '',
    lastModifiedBy: document.about.author,
    evenAndOddHeaderAndFooters: true,
    styles: looksOf(measures),
    sections: [sectionOf(document, measures, pictures)],
  })
  const packed = await Packer.toBuffer(file, undefined, [
    { path: 'word/fontTable.xml', data: fontTable },
    { path: 'docProps/core.xml', data: coreOf(document) },
  ])
  return withoutTimes(packed)
}

/** A control sign that somebody pasted into a name would break the file; the text itself was read without them. */
function printableHead(document: OfficialDocument): OfficialDocument {
  const { title, titleLines, marks, docNo, signatory, about } = document
  return {
    ...document,
    title: printable(title),
    titleLines: titleLines.map(printable),
    marks: marks.map(printable),
    docNo: docNo && printable(docNo),
    signatory: signatory && printable(signatory),
    about: { ...about, author: printable(about.author), keywords: printable(about.keywords) },
    foot: document.foot.map(printable),
  }
}

function sectionOf(
  document: OfficialDocument,
  measures: Measures,
  pictures: ReadonlyMap<string, Picture>,
): ISectionOptions {
  const isLetter = document.form === 'letter' && document.marks.length > 0
  return {
    properties: {
      titlePage: isLetter,
      page: {
        size: { width: mm(paper.width), height: mm(paper.height) },
        margin: {
          top: mm(paper.top),
          left: mm(paper.left),
          right: mm(paper.width - paper.left - paper.blockWidth),
          // A hair less than the block leaves over: what rounding takes must not cost a line
          bottom: mm(paper.height - paper.top - paper.blockHeight - 0.3),
          header: mm(isLetter ? 30 : 15),
          footer: mm(isLetter ? 20 : 28) - measures.small * 10,
        },
      },
      grid: { linePitch: measures.pitch },
    },
    headers: {
      ...(isLetter ? { first: letterHead(document, measures) } : {}),
      ...(document.watermark === null
        ? {}
        : { default: markedHeader(document.watermark), even: markedHeader(document.watermark) }),
    },
    footers: {
      default: pageNumber(measures, AlignmentType.RIGHT),
      even: pageNumber(measures, AlignmentType.LEFT),
      ...(isLetter ? { first: letterFoot() } : {}),
    },
    children: [
      ...headOf(document, measures),
      new Paragraph({ heading: HeadingLevel.TITLE, children: linesOf(document.titleLines) }),
      blankLine(),
      ...new BlockWriter(document, measures, pictures).write(),
      ...imprintOf(document, measures),
      ...footOf(document),
      // A file must not end with a table; this line takes no room
      new Paragraph({ style: ownStyles.blank, spacing: { before: 0, after: 0, ...exactly(14) } }),
    ],
  }
}
