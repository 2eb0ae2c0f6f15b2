import { describe, expect, it } from 'vitest'
import { compound, sheetRow as row, xlsx } from '../../../../../test/make/documents.ts'
import { readDocument } from '../read-document.ts'

async function sheetsOf(bytes: Uint8Array, name = '清单.xlsx') {
  const document = await readDocument(name, bytes)
  if (document.form !== 'sheets') throw new Error(`read as ${document.form}`)
  return document.sheets
}

describe('readDocument of a spreadsheet', () => {
  it('gives every cell as text: dates as ISO dates, numbers as they are shown', async () => {
    const rows =
      row(1, ['文件名称', '成文日期', '件数']) + row(3, ['关于甲的通知', { date: 45352 }, 0.1 + 0.2])
    expect(await sheetsOf(xlsx([{ name: '现行有效', rows }]))).toEqual([
      {
        name: '现行有效',
        rows: [
          ['文件名称', '成文日期', '件数'],
          ['关于甲的通知', '2024-03-01', '0.3'],
        ],
      },
    ])
  })

  it('says a cell that is merged over several rows in each of them, and a merged title once', async () => {
    const rows =
      row(1, ['废止文件清单', null, null]) +
      row(2, ['机关', '文件名称', '文号']) +
      row(3, ['县财政局', '关于甲的通知', '云财〔2020〕1号']) +
      row(4, [null, '关于乙的通知', '云财〔2020〕2号'])
    expect((await sheetsOf(xlsx([{ name: '表', rows, merged: ['A1:C1', 'A3:A4'] }])))[0]?.rows).toEqual([
      ['废止文件清单', '', ''],
      ['机关', '文件名称', '文号'],
      ['县财政局', '关于甲的通知', '云财〔2020〕1号'],
      ['县财政局', '关于乙的通知', '云财〔2020〕2号'],
    ])
  })

  it('leaves hidden sheets out and doubts them', async () => {
    const bytes = xlsx([
      { name: '公开', rows: row(1, ['甲']) },
      { name: '内部', rows: row(1, ['乙']), hidden: true },
    ])
    const document = await readDocument('清单.xlsx', bytes)
    expect(document).toMatchObject({
      sheets: [{ name: '公开' }],
      doubts: [{ why: expect.stringContaining('“内部”') }],
    })
  })

  it.each([
    ['commas', '清单.csv', '名称,文号\n"关于甲、""乙""的通知,二",云政〔2020〕1号\n丙,\n'],
    ['tabs', '清单.tsv', '名称\t文号\n关于甲、"乙"的通知,二\t云政〔2020〕1号\n丙\t\n'],
  ])('reads rows divided by %s', async (_, name, text) => {
    expect((await sheetsOf(Buffer.from(text), name))[0]?.rows).toEqual([
      ['名称', '文号'],
      ['关于甲、"乙"的通知,二', '云政〔2020〕1号'],
      ['丙', ''],
    ])
  })

  it('reads a text that is only called .csv as text', async () => {
    expect(await readDocument('甲.csv', Buffer.from('关于甲的通知\n各单位：\n正文，一段。'))).toMatchObject({
      form: 'text',
    })
  })

  it.each([
    ['macros', xlsx([{ name: '表', rows: row(1, ['甲']) }], { 'xl/vbaProject.bin': 'x' }), '带有宏'],
    ['no text', xlsx([{ name: '表', rows: '' }]), '没有文字'],
    [
      'a cell in its last corner',
      xlsx([{ name: '表', rows: `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>` }]),
      '个单元格，超过',
    ],
    ['the old format', compound({ Workbook: Buffer.alloc(100) }), '另存为 .xlsx'],
  ])('refuses one with %s', async (_, bytes, words) => {
    await expect(readDocument('甲.xlsx', bytes)).rejects.toThrow(words)
  })
})
