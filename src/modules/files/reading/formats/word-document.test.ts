import { describe, expect, it } from 'vitest'
import { compound, docx, wordParagraph as p, zip } from '../../../../../test/make/documents.ts'
import { type ReadDocument, readDocument } from '../read-document.ts'
import { readHtml } from '../read-html.ts'
import { structureBlocks } from '../structure-blocks.ts'
import { UnreadableFile } from '../unreadable-file.ts'

async function read(bytes: Uint8Array, name = '通知.docx') {
  const document: ReadDocument = await readDocument(name, bytes)
  if (document.form !== 'html') throw new Error(`read as ${document.form}`)
  return document
}

const numbered = (level: number, numId = 1) =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`

const level = (depth: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`

const NUMBERING = `<w:numbering WORD><w:abstractNum w:abstractNumId="0">${level(0, 'chineseCounting', '%1、')}${level(
  1,
  'chineseCountingThousand',
  '（%2）',
)}${level(2, 'decimal', '%3.')}</w:abstractNum><w:abstractNum w:abstractNumId="1">${level(
  0,
  'chineseCountingThousand',
  '第%1条',
  '<w:pStyle w:val="tiao"/>',
)}</w:abstractNum><w:abstractNum w:abstractNumId="2">${level(0, 'bullet', '')}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>`

const STYLES = `<w:styles WORD><w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="luokuan"><w:name w:val="落款"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style></w:styles>`

describe('readDocument of a .docx', () => {
  it('S-GWG-13: writes out the numbers that Word counts itself, so that headings stay headings', async () => {
    const body =
      p('总体要求', numbered(0)) +
      p('依法管理', numbered(1)) +
      p('逐级核实情况。', numbered(2)) +
      p('公开透明', numbered(1)) +
      p('主要任务', numbered(0)) +
      p('登记造册', numbered(1))
    const { html } = await read(docx(body, { 'word/numbering.xml': NUMBERING }))
    expect(html).toBe(
      '<p>一、总体要求</p><p>（一）依法管理</p><p>1.逐级核实情况。</p><p>（二）公开透明</p>' +
        '<p>二、主要任务</p><p>（一）登记造册</p>',
    )
    expect(structureBlocks(readHtml(html).blocks).split('\n').slice(0, 2)).toEqual([
      '<h2 id="s-1">一、总体要求</h2>',
      '<h3 id="s-1-1">（一）依法管理</h3>',
    ])
  })

  it('keeps signs of markup in the text and in numbers', async () => {
    const numbering = `<w:numbering WORD><w:abstractNum w:abstractNumId="0">${level(0, 'decimal', '&lt;%1&gt;')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
    const { html } = await read(
      docx(p('甲 &lt; 乙 &amp;amp; 丙', numbered(0)), { 'word/numbering.xml': numbering }),
    )
    expect(html).toBe('<p>&lt;1&gt;　甲 &lt; 乙 &amp;amp; 丙</p>')
  })

  it('counts articles that get their number from a style, past ten, and leaves bullets a list', async () => {
    const articles = Array.from({ length: 21 }, (_, i) => p(`内容${i + 1}`, '<w:pStyle w:val="tiao"/>')).join(
      '',
    )
    const { html } = await read(
      docx(articles + p('要点', numbered(0, 3)), {
        'word/numbering.xml': NUMBERING,
        'word/styles.xml': STYLES,
      }),
    )
    expect(html).toContain('<p>第一条　内容1</p>')
    expect(html).toContain('<p>第十条　内容10</p><p>第十一条　内容11</p>')
    expect(html).toContain('<p>第二十一条　内容21</p><ul><li>要点</li></ul>')
  })

  it('keeps the title, headings, alignment (its own or of its style) and tables', async () => {
    const table = `<w:tbl><w:tr><w:tc>${p('项目')}</w:tc><w:tc>${p('金额')}</w:tc></w:tr></w:tbl>`
    const body =
      p('关于印发办法的通知', '<w:pStyle w:val="t"/>') +
      p('标题一', '<w:pStyle w:val="h"/>') +
      p('副标题', '<w:jc w:val="center"/>') +
      table +
      p('云溪县财政局', '<w:pStyle w:val="luokuan"/>')
    const { html } = await read(docx(body, { 'word/styles.xml': STYLES }))
    expect(html).toBe(
      '<h1>关于印发办法的通知</h1><h2>标题一</h2><p class="align-center">副标题</p>' +
        '<table><tr><td><p>项目</p></td><td><p>金额</p></td></tr></table><p class="signature">云溪县财政局</p>',
    )
  })

  it('hands over embedded pictures under addresses that lead nowhere, and doubts those no browser draws', async () => {
    const picture = (id: number) =>
      `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="示意图"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
    const { html, pictures, doubts } = await read(
      docx(picture(1) + picture(2), {
        'word/media/a.png': Buffer.from('png'),
        'word/media/b.emf': Buffer.from('emf'),
      }),
    )
    expect(pictures).toMatchObject([
      {
        name: 'picture-1.png',
        href: 'https://embedded.invalid/picture-1.png',
        mediaType: 'image/png',
        alt: '示意图',
      },
    ])
    expect(Buffer.from(pictures[0]?.bytes ?? []).toString()).toBe('png')
    expect(readHtml(html).pictures).toEqual([
      { href: 'https://embedded.invalid/picture-1.png', text: '示意图' },
    ])
    expect(structureBlocks(readHtml(html).blocks)).toContain('src="https://embedded.invalid/picture-1.png"')
    expect(doubts).toHaveLength(1)
    expect(doubts[0]?.why).toContain('1 张图片是 EMF')
  })

  it('reads changes as accepted, leaves out comments and hidden words, and doubts all of them', async () => {
    const run = (text: string, properties = '') => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`
    const body =
      `<w:p>${run('罚款')}<w:del w:id="1"><w:r><w:delText>五百元</w:delText></w:r></w:del>` +
      `<w:ins w:id="2">${run('一千元')}</w:ins>${run('内部意见', '<w:vanish/>')}<w:r><w:commentReference w:id="0"/></w:r></w:p>`
    const { html, doubts } = await read(docx(body))
    expect(html).toBe('<p>罚款一千元</p>')
    expect(doubts.map(({ why }) => why.slice(0, 12))).toEqual([
      '文件里有 2 处修订没有',
      '文件里有 1 条批注，没',
      '文件里有 1 处隐藏文字',
    ])
  })

  it('takes its title from the properties of the file', async () => {
    const core =
      '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>办法</dc:title></cp:coreProperties>'
    expect((await read(docx(p('甲'), { 'docProps/core.xml': core }))).title).toBe('办法')
    expect((await read(docx(p('甲')))).title).toBeNull()
  })

  it('reads by the content, whatever the name', async () => {
    expect((await read(docx(p('甲')), '改名.pdf')).format).toBe('docx')
    expect((await read(docx(p('甲')), '改名.wps')).format).toBe('docx')
  })

  it.each([
    ['macros', docx(p('甲'), { 'word/vbaProject.bin': 'x' }), 'macros', '带有宏'],
    ['a password', compound({ EncryptedPackage: Buffer.alloc(10) }), 'encrypted', '打开密码'],
    ['half of it missing', docx(p('甲'.repeat(500))).subarray(0, 700), 'malformed', '不完整或已损坏'],
    ['no text', docx(p(' ')), 'empty', '没有文字'],
    ['XML that is none', docx('<w:p><w:r'), 'malformed', '不完整或已损坏'],
    [
      'a part that swells a thousandfold',
      docx(p('甲'), { 'word/media/a.png': Buffer.alloc(60 * 1024 * 1024) }),
      'bomb',
      '压缩炸弹',
    ],
    [
      'a part larger than it claims',
      zip([
        { name: '[Content_Types].xml', bytes: '<Types/>' },
        { name: 'word/document.xml', bytes: Buffer.alloc(30_000_000), claims: 100 },
      ]),
      'malformed',
      '不完整或已损坏',
    ],
  ])('refuses one with %s', async (_, bytes, reason, words) => {
    const error = await readDocument('甲.docx', bytes).catch((refusal: unknown) => refusal)
    expect(error).toBeInstanceOf(UnreadableFile)
    expect(error).toMatchObject({ reason, message: expect.stringContaining(words) })
    expect((error as Error).message).toContain('“甲.docx”')
  })
})
