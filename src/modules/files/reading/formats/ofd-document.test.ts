import { describe, expect, it } from 'vitest'
import { ofd, ruledGrid, zip } from '../../../../../test/make/documents.ts'
import { readDocument } from '../read-document.ts'

describe('readDocument of an .ofd (GB/T 33190)', () => {
  it('reads the text of its pages in the order of reading, not of writing', async () => {
    const pages = [
      [
        { text: '云溪县各单位要认真贯彻执行本办法的各项规定要求，', x: 28, y: 80 },
        { text: '关于印发办法的通知', x: 60, y: 45, size: 8 },
        { text: '不得有误。', x: 28, y: 90 },
        { text: '— 1 —', x: 95, y: 280 },
      ],
      [{ text: '云溪县财政局', x: 120, y: 50 }],
    ]
    const document = await readDocument('通知.ofd', ofd(pages))
    expect(document).toMatchObject({ form: 'text', format: 'ofd', doubts: [] })
    expect(document.form === 'text' && document.text).toBe(
      '关于印发办法的通知\n\n云溪县各单位要认真贯彻执行本办法的各项规定要求，不得有误。\n云溪县财政局',
    )
  })

  it('shows the template of a page, and drops what it repeats on every page', async () => {
    const pages = [1, 2, 3].map(n => [{ text: `第${n}页的正文在这里`, x: 28, y: 80 }])
    const head = [{ text: '云溪县人民政府公报', x: 60, y: 15 }]
    const document = await readDocument('公报.ofd', ofd(pages, head))
    expect(document.form === 'text' && document.text).toBe(
      '第1页的正文在这里\n第2页的正文在这里\n第3页的正文在这里',
    )
    const single = await readDocument('公报.ofd', ofd([[{ text: '正文在这里', x: 28, y: 80 }]], head))
    expect(single.form === 'text' && single.text).toContain('云溪县人民政府公报')
  })

  it('reads a ruled table cell by cell', async () => {
    const rules = ruledGrid([20, 60, 180], [40, 60, 80])
    const texts = ['项目', '金额', '甲', '乙'].map((text, i) => ({
      text,
      x: i % 2 ? 100 : 30,
      y: i < 2 ? 52 : 72,
    }))
    const document = await readDocument(
      '表.ofd',
      ofd([[{ text: '收入一览', x: 30, y: 30 }, ...texts]], [], rules),
    )
    expect(document.form === 'text' && document.text).toBe('收入一览\n| 项目 | 金额 |\n| 甲 | 乙 |')
  })

  it('moves and stretches text by its matrix', async () => {
    const object =
      '<ofd:TextObject Boundary="20 20 100 10" Size="5" CTM="1 0 0 1 0 2"><ofd:TextCode X="0" Y="5" DeltaX="5 5 40 5 5">甲乙丙丁戊己</ofd:TextCode></ofd:TextObject>'
    const schema = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    const bytes = zip([
      {
        name: 'OFD.xml',
        bytes: `<ofd:OFD ${schema}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
      },
      {
        name: 'Doc_0/Document.xml',
        bytes: `<ofd:Document ${schema}><ofd:Pages><ofd:Page ID="1" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
      },
      {
        name: 'Doc_0/Pages/Page_0/Content.xml',
        bytes: `<ofd:Page ${schema}><ofd:Content><ofd:Layer>${object}</ofd:Layer></ofd:Content></ofd:Page>`,
      },
    ])
    const document = await readDocument('甲.ofd', bytes)
    // A gap in the middle of the letters parts two cells.
    expect(document.form === 'text' && document.text).toBe('甲乙丙　丁戊己')
  })

  it.each([
    ['pictures only', ofd([[], []]), 'scanned', '像是扫描件'],
    [
      'no document in it',
      zip([{ name: 'OFD.xml', bytes: '<ofd:OFD><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>' }]),
      'malformed',
      '已损坏',
    ],
    [
      'a password',
      zip([
        { name: 'OFD.xml', bytes: '<x/>' },
        { name: 'Encryptions.xml', bytes: '<x/>' },
      ]),
      'encrypted',
      '打开密码',
    ],
  ])('refuses one with %s', async (_, bytes, reason, words) => {
    await expect(readDocument('甲.ofd', bytes)).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(words),
    })
  })
})
