import { Document, Packer } from 'docx'
import { type DocxPicture, docxBlocks } from '#lib/docx-blocks'
import { docxStyles, type Looks } from '#lib/docx-styles'

const mm = (length: number) => Math.round(length * 56.69)
const songti = { ascii: 'Times New Roman', eastAsia: '方正小标宋简体' }
const fangsong = { ascii: 'Times New Roman', eastAsia: '仿宋_GB2312' }
const heiti = { ascii: 'Times New Roman', eastAsia: '黑体' }
const kaiti = { ascii: 'Times New Roman', eastAsia: '楷体_GB2312' }
const line = { line: 560 }
const indented = { spacing: line, indent: { firstLine: 640 } }
const head = (font: typeof heiti, bold = false) => ({
  run: { font, size: 32, bold, color: '000000' },
  paragraph: indented,
})

/** A working copy: readable and in the levels of S-GWG-13; the official page with red head is made elsewhere. */
const looks: Looks = {
  document: { run: { font: fangsong, size: 32 } },
  body: { paragraph: indented },
  heading1: head(heiti),
  heading2: head(kaiti),
  heading3: head(fangsong, true),
  heading4: head(fangsong),
  heading5: head(fangsong),
  attachmentTitle: { run: { font: heiti, size: 32 } },
  attachedTitle: { run: { font: songti, size: 44 } },
  tableName: { run: { font: heiti, size: 28 } },
  cell: { run: { size: 24 } },
  headCell: { run: { font: heiti, size: 24, bold: false } },
  rowHead: { run: { font: heiti, size: 24, bold: false } },
}

/** A draft as a Word file that can be taken in again with the same structure. */
export function wordOfDraft(
  draft: { title: string; bodyHtml: string },
  pictures: ReadonlyMap<string, DocxPicture>,
  origin: string,
): Promise<Buffer> {
  const width = mm(156)
  const made = docxBlocks(draft.bodyHtml, { width, pictures, origin })
  const margin = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) }
  return Packer.toBuffer(
    new Document({
      title: draft.title,
      creator: '',
      description: '',
      styles: docxStyles(looks),
      numbering: made.numbering,
      footnotes: made.footnotes,
      sections: [
        {
          properties: { page: { size: { width: mm(210), height: mm(297) }, margin } },
          children: made.children,
        },
      ],
    }),
  )
}
