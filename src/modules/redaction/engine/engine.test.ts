import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everythingIn } from '#modules/files'
import { docx, pdf, sheetRow, wordParagraph, xlsx } from '../../../../test/make/documents.ts'
import { hiddenFiles } from '../../../../test/make/hidden-in-files.ts'
import type { Box } from './box.ts'
import { burn } from './burn.ts'
import { pagesOf } from './open-pages.ts'
import { type Pages, rectOf, textOfLine, wordsOf } from './page.ts'
import { PdfWriter } from './pdf-writer.ts'
import { prove } from './prove.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mingtang-engine-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
let serial = 0

/** Burns and proves; what every reader of ours gets out of the result. */
async function made(pages: Pages, boxes: readonly Box[]) {
  const path = join(folder, `${serial++}.pdf`)
  await burn(pages, boxes, { title: '云溪县公开文本' }, path)
  const faults = await prove(pages, boxes, path)
  const bytes = await readFile(path)
  const { pieces } = await everythingIn('result.pdf', bytes)
  const text = pieces.map(piece => piece.text).join('\n')
  return { path, faults, bytes, text, plain: text.replace(/\s/g, '') }
}

/** A box over every place where the words stand. */
async function boxesOver(pages: Pages, words: string): Promise<Box[]> {
  const boxes: Box[] = []
  for (let number = 1; number <= pages.count; number++)
    for (const line of (await pages.read(number)).lines) {
      const text = textOfLine(line)
      const at = text.indexOf(words)
      if (at >= 0)
        boxes.push({ page: number, rect: rectOf(line.signs.slice(at, at + words.length)), ground: 'PRIVACY' })
    }
  return boxes
}

/** One page with this content in Helvetica, and whatever else a PDF may hold. */
function rawPdf(
  content: string,
  more: { catalog?: string; page?: string; objects?: string[]; trailer?: string } = {},
) {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ''} >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>',
    `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /Properties << /OC1 6 0 R >> >> ${more.page ?? ''} >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...(more.objects ?? []),
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = places.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${more.trailer ?? ''} >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
const at = (x: number, y: number, text: string) => `BT /F1 14 Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET`

describe('redaction removes and proves it (S-PII-08)', () => {
  it('takes words under a box out of pixels and text; the others stay to be found', async () => {
    const pages = await pagesOf(
      'a.pdf',
      pdf([
        [
          { text: '申请人张三的住址是云溪镇', x: 60, y: 100 },
          { text: '请予公开供水方案', x: 60, y: 140 },
        ],
      ]),
    )
    const result = await made(pages, await boxesOver(pages, '张三'))
    expect(result.faults).toEqual([])
    expect(result.plain).not.toContain('张三')
    expect(result.plain).toContain('申请人〔已遮盖：个人隐私〕的住址是云溪镇')
    expect(result.plain).toContain('请予公开供水方案')
    const head = result.bytes.toString('latin1')
    for (const wanted of ['/Lang(zh-CN)', '/Marked true', '/StructTreeRoot', '/DisplayDocTitle true'])
      expect(head).toContain(wanted)
    pages.close()
  })

  it('gives the same bytes each time', async () => {
    const pages = await pagesOf('a.pdf', pdf([[{ text: '云溪县张三', x: 60, y: 100 }]]))
    const boxes = await boxesOver(pages, '张三')
    const hashes = []
    for (let i = 0; i < 2; i++)
      hashes.push(
        createHash('sha256')
          .update((await made(pages, boxes)).bytes)
          .digest('hex'),
      )
    expect(hashes[0]).toBe(hashes[1])
    pages.close()
  })

  it.each([
    [
      'text under a black box',
      rawPdf(`${at(60, 700, 'SHOWN')} ${at(60, 600, 'SECRETWORD')} 0 0 0 rg 50 590 200 30 re f`),
    ],
    ['white text on white', rawPdf(`${at(60, 700, 'SHOWN')} 1 1 1 rg ${at(60, 600, 'SECRETWORD')}`)],
    ['text off the page', rawPdf(`${at(60, 700, 'SHOWN')} ${at(60, 2000, 'SECRETWORD')}`)],
    [
      'text under a picture of other words',
      rawPdf(
        `${at(60, 700, 'SHOWN')} ${at(60, 600, 'SECRETWORD')} 1 1 1 rg 50 590 200 30 re f 0 0 0 rg ${at(60, 600, 'OTHER')}`,
      ),
    ],
    [
      'a layer that is switched off',
      rawPdf(`${at(60, 700, 'SHOWN')} /OC /OC1 BDC ${at(60, 600, 'SECRETWORD')} EMC`, {
        catalog: '/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>',
        objects: ['<< /Type /OCG /Name (SECRETWORD) >>'],
      }),
    ],
    [
      'properties, scripts and an attachment',
      rawPdf(at(60, 700, 'SHOWN'), {
        catalog:
          '/Names << /EmbeddedFiles << /Names [(a.txt) 7 0 R] >> /JavaScript << /Names [(x) << /S /JavaScript /JS (SECRETWORD) >>] >> >>',
        objects: [
          '<< /Author (SECRETWORD) >>',
          '<< /Type /Filespec /F (a.txt) /EF << /F 8 0 R >> >>',
          '<< /Type /EmbeddedFile /Length 10 >>\nstream\nSECRETWORD\nendstream',
        ],
        trailer: '/Info 6 0 R',
      }),
    ],
    [
      'an annotation',
      rawPdf(at(60, 700, 'SHOWN'), {
        page: '/Annots [<< /Type /Annot /Subtype /Text /Rect [100 100 120 120] /Contents (SECRETWORD) /F 2 >>]',
      }),
    ],
  ])('%s is in no result, boxes or not', async (_, bytes) => {
    expect((await everythingIn('a.pdf', bytes)).pieces.some(piece => piece.text.includes('SECRETWORD'))).toBe(
      true,
    )
    const pages = await pagesOf('a.pdf', bytes)
    const result = await made(pages, [])
    expect(result.faults).toEqual([])
    expect(result.plain).not.toContain('SECRETWORD')
    expect(result.bytes.includes('SECRETWORD')).toBe(false)
    expect(result.plain).toContain('SHOWN')
    pages.close()
  })

  it('sets Word anew: deleted text, comments and hidden text stay behind and are told', async () => {
    const run = (text: string, how = '') => `<w:r><w:rPr>${how}</w:rPr><w:t>${text}</w:t></w:r>`
    const bytes = docx(
      `${wordParagraph('关于供水的通知')}<w:p>${run('现将事项公开')}<w:del w:id="1" w:author="李某"><w:r><w:delText>删去的名单</w:delText></w:r></w:del>${run('隐去的名单', '<w:vanish/>')}</w:p>`,
      {
        'word/comments.xml':
          '<w:comments WORD><w:comment w:id="0" w:author="王某"><w:p><w:r><w:t>批注里的名单</w:t></w:r></w:p></w:comment></w:comments>',
      },
    )
    const pages = await pagesOf('a.docx', bytes)
    const result = await made(pages, [])
    expect(result.faults).toEqual([])
    expect(result.plain).toContain('现将事项公开')
    for (const gone of ['删去的名单', '批注里的名单', '隐去的名单', '王某'])
      expect(result.plain).not.toContain(gone)
    expect(pages.leftOut.map(one => one.what).join()).toMatch(/修订痕迹.*批注|批注.*修订痕迹/)
    pages.close()
  })

  it('sets Excel anew: hidden sheets, rows, columns and comments stay behind', async () => {
    const hiddenRow = sheetRow(3, ['隐藏行李四', '2']).replace('<row r="3"', '<row r="3" hidden="1"')
    const bytes = xlsx(
      [
        { name: '汇总', rows: sheetRow(1, ['乡镇', '户数']) + sheetRow(2, ['云溪镇', 12]) + hiddenRow },
        { name: '底稿', rows: sheetRow(1, ['隐藏表王五']), hidden: true },
      ],
      {
        'xl/comments1.xml':
          '<comments><commentList><comment ref="A1"><text><t>批注赵六</t></text></comment></commentList></comments>',
      },
    )
    const pages = await pagesOf('a.xlsx', bytes)
    const result = await made(pages, [])
    expect(result.faults).toEqual([])
    expect(result.plain).toContain('云溪镇')
    expect(result.plain).toContain('12')
    for (const gone of ['李四', '王五', '赵六', '底稿']) expect(result.plain).not.toContain(gone)
    expect(pages.leftOut.length).toBeGreaterThanOrEqual(3)
    pages.close()
  })

  it('takes nothing of a picture but its pixels', async () => {
    const data = new Uint8Array(60 * 40 * 3).fill(200)
    const bytes = encode({
      width: 60,
      height: 40,
      data,
      channels: 3,
      depth: 8,
      text: { Author: 'SECRETWORD' },
    })
    const pages = await pagesOf('a.png', bytes)
    const boxes: Box[] = [
      { page: 1, rect: { left: 5, top: 5, width: 20, height: 10 }, ground: 'TRADE_SECRET' },
    ]
    const result = await made(pages, boxes)
    expect(result.faults).toEqual([])
    expect(result.bytes.includes('SECRETWORD')).toBe(false)
    pages.close()
  })

  it('brings nothing hidden of any file of the corpus along (S-PII-07)', async () => {
    // What a tracked change put in is shown by Word, so it is a word of the page
    const files = hiddenFiles().filter(
      ({ name, where }) => /\.(?:docx|xlsx|pdf)$/.test(name) && !/zip|inserted/.test(where),
    )
    let tried = 0
    for (const { name, bytes, value, where } of files) {
      const found = (await everythingIn(name, bytes)).pieces.filter(piece => piece.text.includes(value))
      if (found.length === 0 || found.some(piece => ['text', 'cell', 'file-name'].includes(piece.kind)))
        continue
      const pages = await pagesOf(name, bytes).catch(() => null)
      if (!pages) continue
      const result = await made(pages, [])
      expect(result.plain.includes(value), where).toBe(false)
      tried++
      pages.close()
    }
    expect(tried).toBeGreaterThan(10)
  })
})

describe('a result that is not clean is refused', () => {
  it('when the text layer still says what a box hides', async () => {
    const pages = await pagesOf('a.pdf', pdf([[{ text: '申请人张三的住址', x: 60, y: 100 }]]))
    const boxes = await boxesOver(pages, '张三')
    const path = join(folder, 'sabotaged.pdf')
    const writer = await PdfWriter.create(path)
    const page = await pages.read(1)
    const words = wordsOf(page.lines).map(word => ({ text: word.text, rect: word.rect, blank: false }))
    await writer.page({ ...page, paragraphs: [words] })
    await writer.end({ title: '张三的申请', language: 'zh-CN' })
    const whys = (await prove(pages, boxes, path)).map(fault => fault.why).join('；')
    expect(whys).toContain('只在遮盖处出现的文字')
    expect(whys).toContain('还看得见内容')
    expect(whys).toContain('标题里有')
    pages.close()
  })

  it('when it is the original itself, with properties and attachments', async () => {
    const bytes = rawPdf(at(60, 700, 'SECRETWORD'), { trailer: '/Info << /Author (X) >>' })
    const pages = await pagesOf('a.pdf', bytes)
    const path = join(folder, 'original.pdf')
    await writeFile(path, bytes)
    const faults = await prove(pages, await boxesOver(pages, 'SECRETWORD'), path)
    expect(faults.map(fault => fault.why).join()).toMatch(/文件属性.*别的内容|别的内容.*文件属性/)
    pages.close()
  })
})

describe('random boxes', () => {
  it('no word under a box comes out, every word outside does', async () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed / 2147483648
    }
    for (let round = 0; round < 12; round++) {
      // Every sign stands once in the document
      const texts = Array.from({ length: 12 }, (_, row) => ({
        text: Array.from({ length: 18 }, (_, i) =>
          String.fromCodePoint(0x4e00 + round * 300 + row * 20 + i),
        ).join(''),
        x: 50,
        y: 80 + row * 40,
      }))
      const pages = await pagesOf('a.pdf', pdf([texts]))
      const { lines } = await pages.read(1)
      const boxes: Box[] = Array.from({ length: 4 }, () => ({
        page: 1,
        rect: {
          left: random() * 350,
          top: 60 + random() * 450,
          width: 10 + random() * 120,
          height: 8 + random() * 50,
        },
        ground: 'PRIVACY',
      }))
      const result = await made(pages, boxes)
      expect(result.faults).toEqual([])
      const meets = ({
        left,
        top,
        width,
        height,
      }: {
        left: number
        top: number
        width: number
        height: number
      }) =>
        boxes.some(
          ({ rect }) =>
            left < rect.left + rect.width &&
            rect.left < left + width &&
            top < rect.top + rect.height &&
            rect.top < top + height,
        )
      for (const sign of lines.flatMap(line => line.signs)) {
        const { left, top, width, height } = sign.rect
        const middle = { left: left + width / 2, top: top + height / 2, width: 0.01, height: 0.01 }
        if (meets(middle)) expect(result.plain).not.toContain(sign.text)
        else if (!meets({ left: left - 20, top: top - 5, width: width + 40, height: height + 10 }))
          expect(result.plain).toContain(sign.text)
      }
      pages.close()
    }
  })
})
