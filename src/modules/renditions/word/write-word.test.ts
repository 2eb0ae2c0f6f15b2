import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { afterAll, describe, expect, it } from 'vitest'
import { bodyOfWord, readDocument } from '#modules/files'
import { pngBytes } from '../../../../test/make/file-bytes.ts'
import { findFonts } from '../fonts.ts'
import type { OfficialDocument, Run } from '../official-document.ts'
import type { Picture } from '../pictures.ts'
import { writePdf } from '../typst/write-pdf.ts'
import { writeWord } from './write-word.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingtang-word-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const says = (text: string): Run[] => [{ text }]
const paragraph = (text: string) => ({ kind: 'paragraph', runs: says(text) }) as const
const long =
  '各乡镇人民政府要把农村供水保障工作摆上重要位置，明确责任人，排出时间表，逐村逐户落实到位；县水利局会同有关部门加强督促检查。'

const document: OfficialDocument = {
  form: 'document',
  title: '云溪县人民政府办公室关于做好农村供水保障工作的通知',
  titleLines: ['云溪县人民政府办公室关于做好', '农村供水保障工作的通知'],
  marks: ['云溪县人民政府办公室'],
  docNo: '云政办发〔2026〕12号',
  signatory: null,
  blocks: [
    { kind: 'addressee', text: '各乡镇人民政府：' },
    paragraph(long),
    { kind: 'heading', level: 1, runs: [{ text: '一、总体要求', face: 'hei' }] },
    { kind: 'heading', level: 2, runs: [{ text: '（一）工作目标', face: 'kai' }] },
    ...Array.from({ length: 30 }, () => paragraph(long)),
    {
      kind: 'table',
      caption: '任务分工',
      widths: [2, 6, 4],
      headRows: 1,
      rows: 3,
      cells: [
        ...['序号', '任务', '单位'].map((text, x) => cell(x, 0, text, true)),
        { ...cell(0, 1, '1'), rowspan: 2 },
        cell(1, 1, '铺设管网'),
        cell(2, 1, '县水利局'),
        { ...cell(1, 2, '检修泵站（两栏合并）'), colspan: 2 },
      ],
    },
    { kind: 'picture', file: '/files/a/泵站.png', alt: '泵站' },
    { kind: 'attachments', items: ['任务分工表', '联系人名单'] },
    { kind: 'signature', lines: ['云溪县人民政府办公室', '2026年11月3日'] },
    { kind: 'remark', text: '（此件公开发布）' },
    { kind: 'annex', mark: '附件1', titleLines: ['任务分工表'] },
    paragraph(long),
  ],
  imprint: {
    copies: ['抄送：县委办公室，县人大常委会办公室。'],
    printed: '云溪县人民政府办公室　2026年11月3日印发',
  },
  about: { author: '云溪县人民政府办公室', keywords: '供水', madeAt: new Date('2026-11-04T02:00:00Z') },
  foot: ['由云溪县人民政府网站根据公开文本生成。', '索引号：X'],
  watermark: null,
  print: 'normal',
}

function cell(x: number, y: number, text: string, head = false) {
  return { x, y, colspan: 1, rowspan: 1, lines: [says(text)], head, align: 'center' } as const
}

const pictures: ReadonlyMap<string, Picture> = new Map([
  ['/files/a/泵站.png', { format: 'png', bytes: pngBytes(), width: 300, height: 200 }],
])

/** By the directory at the end of the zip. */
function partsOf(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes)
  const parts = new Map<string, string>()
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let at = zip.readUInt32LE(end + 16)
  while (at < end) {
    const [name, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const file = zip.readUInt32LE(at + 42)
    const from = file + 30 + zip.readUInt16LE(file + 26) + zip.readUInt16LE(file + 28)
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    const data = zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed
    parts.set(zip.subarray(at + 46, at + 46 + name).toString(), data.toString())
    at += 46 + name + extra + comment
  }
  return parts
}

describe('Word in the page of official documents (B5, S-GWG)', () => {
  it('gives the same bytes for the same document, and states no moment but that of the document', async () => {
    const first = await writeWord(document, pictures)
    await new Promise(go => setTimeout(go, 2100))
    const again = await writeWord(document, pictures)
    expect(Buffer.compare(again, first)).toBe(0)
    const core = partsOf(first).get('docProps/core.xml') ?? ''
    expect([...core.matchAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g)].map(([at]) => at)).toEqual([
      '2026-11-04T02:00:00Z',
      '2026-11-04T02:00:00Z',
    ])
  })

  it('has the page of GB/T 9704: A4, margins, 22 lines of 28 characters (S-GWG-01 to S-GWG-04)', async () => {
    const parts = partsOf(await writeWord(document, pictures))
    const page = parts.get('word/document.xml') ?? ''
    const number = (text: string, name: string) => Number(new RegExp(`w:${name}="(-?\\d+)"`).exec(text)?.[1])
    const margin = /<w:pgMar[^>]*>/.exec(page)?.[0] ?? ''
    const size = /<w:pgSz[^>]*>/.exec(page)?.[0] ?? ''
    const mm = (twips: number) => twips / 56.6929
    expect(mm(number(size, 'w'))).toBeCloseTo(210, 1)
    expect(mm(number(size, 'h'))).toBeCloseTo(297, 1)
    expect(mm(number(margin, 'top'))).toBeCloseTo(37, 1)
    expect(mm(number(margin, 'left'))).toBeCloseTo(28, 1)
    const width = number(size, 'w') - number(margin, 'left') - number(margin, 'right')
    const height = number(size, 'h') - number(margin, 'top') - number(margin, 'bottom')
    expect(mm(width)).toBeCloseTo(156, 0)
    expect(Math.abs(mm(height) - 225)).toBeLessThan(1)
    const styles = parts.get('word/styles.xml') ?? ''
    const body = /<w:style [^>]*w:styleId="MingtangBody".*?<\/w:style>/s.exec(styles)?.[0] ?? ''
    const line = number(body, 'line')
    expect(body).toContain('w:lineRule="exact"')
    expect([Math.floor(height / line), Math.floor((height + 60) / line)]).toEqual([22, 22])
    const defaults = /<w:docDefaults>.*<\/w:docDefaults>/s.exec(styles)?.[0] ?? ''
    const type = 32 * 10 + Number(/<w:spacing w:val="(-?\d+)"/.exec(defaults)?.[1])
    expect(Math.floor(width / type)).toBe(28)
    expect(defaults).toContain('仿宋_GB2312')
  })

  it('numbers odd pages right and even pages left (S-GWG-19), and names what stands in for missing faces', async () => {
    const parts = partsOf(await writeWord(document, pictures))
    expect(parts.get('word/settings.xml')).toContain('w:evenAndOddHeaders')
    const footers = [...parts].filter(([name]) => /word\/footer\d/.test(name)).map(([, text]) => text)
    const sides = footers.map(text => /<w:jc w:val="(\w+)"/.exec(text)?.[1])
    expect(sides.toSorted()).toEqual(['left', 'right'])
    for (const text of footers) expect(text).toContain('PAGE')
    expect(parts.get('word/fontTable.xml')).toMatch(/w:name="仿宋_GB2312"><w:altName w:val="仿宋;/)
  })

  it('is taken in again with its structure: levels, addressee, signature, annex, merged cells', async () => {
    const read = await readDocument('a.docx', await writeWord(document, pictures))
    if (read.form !== 'html') throw new Error('no text')
    const html = bodyOfWord(read.html)
    expect(html).toContain('<h2>一、总体要求</h2>')
    expect(html).toContain('<h3>（一）工作目标</h3>')
    expect(html).toContain('<p class="addressee">各乡镇人民政府：</p>')
    expect(html.match(/class="signature"/g)).toHaveLength(2)
    expect(html).toMatch(/<h2 class="attachment">附件1/)
    expect(html).toMatch(/rowspan="2"/)
    expect(html).toMatch(/colspan="2"/)
    expect(html).toMatch(/<thead>|<th/)
    expect(html).toContain('alt="泵站"')
  })

  it.each(['document', 'letter', 'order', 'minutes', 'plain'] as const)(
    'a %s, joint or alone, with and without number, in both prints, is a whole file',
    async form => {
      for (const more of [
        {},
        { docNo: null },
        { marks: ['甲县水利局', '甲县农业农村局'], signatory: '王小明' },
      ])
        for (const print of ['normal', 'large'] as const) {
          const bytes = await writeWord({ ...document, form, ...more, print, watermark: '送审稿' }, new Map())
          const page = partsOf(bytes).get('word/document.xml') ?? ''
          expect(page.includes('甲县农业农村局') || page.includes('</w:body>')).toBe(true)
          expect(page).toContain('〔图片：泵站〕')
        }
    },
  )

  it('a control sign in a name does not break the file', async () => {
    const marks = ['云溪县\u0001人民政府\u200b']
    const about = { ...document.about, author: '县\u0008政府', keywords: 'a\u0002&<b>' }
    const parts = partsOf(await writeWord({ ...document, marks, about, title: '标\u0003题' }, pictures))
    for (const [name, text] of parts)
      if (name.endsWith('.xml')) expect(text, name).not.toMatch(/[\p{Cc}&&[^\t\n\r]]/v)
    expect(parts.get('docProps/core.xml')).toContain('a&amp;&lt;b&gt;')
  })

  const office = spawnSync('soffice', ['--version']).status === 0
  it.skipIf(!office)(
    'LibreOffice opens it with as many pages as the PDF (where it is installed)',
    async () => {
      const library = await PDFiumLibrary.init()
      const faces = findFonts(join(folder, 'fonts'))
      const pagesOf = async (bytes: Uint8Array) => (await library.loadDocument(bytes)).getPageCount()
      for (const form of ['document', 'letter', 'order', 'minutes', 'plain'] as const) {
        const path = join(folder, `${form}.docx`)
        writeFileSync(path, await writeWord({ ...document, form }, pictures))
        execFileSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', folder, path], {
          stdio: 'ignore',
        })
        const ours = await pagesOf(writePdf({ ...document, form }, pictures, faces))
        expect(await pagesOf(readFileSync(join(folder, `${form}.pdf`))), form).toBe(ours)
      }
      library.destroy()
    },
  )
})
