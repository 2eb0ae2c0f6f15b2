import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'

/** A plan as Word writes it: a paragraph a line. */
export const planAsWord = (text: string): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({ sections: [{ children: text.split('\n').map(line => new Paragraph(line)) }] }),
  )

const HEADS = ['序号', '工作任务', '工作要求', '责任单位', '完成时限']

/** The same items as a table of five columns, 任务分解表. */
export function planAsTable(text: string): Promise<Buffer> {
  const [title = '', ...lines] = text.split('\n')
  const rows = lines.flatMap(line => {
    const [, no, words, units] = /^(\d+)\.(.*)（(.*)牵头.*）$/.exec(line) ?? []
    if (no === undefined || words === undefined || units === undefined) return []
    const [task = '', ...rest] = words.split('。')
    return [[task, rest.slice(0, -2).join('。'), units, rest.at(-2) ?? '']]
  })
  const cells = [HEADS, ...rows.map((row, at) => [String(at + 1), ...row])]
  const table = new Table({
    rows: cells.map(
      row => new TableRow({ children: row.map(cell => new TableCell({ children: [new Paragraph(cell)] })) }),
    ),
  })
  return Packer.toBuffer(
    new Document({
      sections: [{ children: [new Paragraph(title.replace('要点', '要点任务分解表')), table] }],
    }),
  )
}
