import { docx, pdf, sheetRow, wordParagraph, xlsx, zip } from '../make/documents.ts'

export type AttachmentKind = 'docx' | 'xlsx' | 'pdf' | 'zip'

/** A small valid file of the kind that says what it is, so that no two are alike. */
export function attachmentBytes(kind: AttachmentKind, name: string): Buffer {
  switch (kind) {
    case 'docx':
      return docx(
        [name, '填报单位：', '填报日期：', '联系人及电话：'].map(text => wordParagraph(text)).join(''),
      )
    case 'xlsx':
      return xlsx([
        {
          name: '明细',
          rows: [
            sheetRow(1, [name]),
            sheetRow(2, ['序号', '项目', '金额（万元）']),
            sheetRow(3, [1, name, 12.5]),
          ].join(''),
        },
      ])
    case 'pdf':
      return pdf([[{ text: name, x: 90, y: 90 }]])
    default:
      return zip([
        { name: `${name}/说明.txt`, bytes: `${name}的说明` },
        { name: `${name}/表格.docx`, bytes: docx(wordParagraph(name)) },
      ])
  }
}
