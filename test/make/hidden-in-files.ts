import { crc32, deflateSync } from 'node:zlib'
import { doc, docx, ofd, pdf, sheetRow, wordParagraph, xlsx, zip } from './documents.ts'
import { pngBytes } from './file-bytes.ts'
import { inventedCard, inventedIdentity, inventedMobile, inventedOldIdentity } from './invented-numbers.ts'

/** A file that hides one value in one place. */
export interface Hidden {
  /** Where it is hidden, in words. */
  where: string
  name: string
  bytes: Uint8Array
  value: string
}

const p = (text: string) => wordParagraph(text)
const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
const word = (body: string, parts: Record<string, string | Uint8Array> = {}) =>
  docx(p('关于公布名单的通知') + body, parts)
const sheet = (rows: string, more: Record<string, string> = {}) => xlsx([{ name: '名单', rows }], more)
const people = (value: string) => sheetRow(1, ['序号', '姓名', '证件号码']) + sheetRow(2, [1, '张某', value])
const spread = (text: string) => `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}`
const fullWidth = (text: string) =>
  text.replace(/[\dA-Z]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** The sheet part with its columns or with marks of its own before the rows. */
function rawSheet(inside: string, parts: Record<string, string> = {}, state = ''): Buffer {
  return zip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    {
      name: 'xl/workbook.xml',
      bytes: `<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="汇总" sheetId="1" ${state} r:id="rId1"/></sheets>${parts.names ?? ''}</workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/sheet1.xml', bytes: `<worksheet ${main}>${inside}</worksheet>` },
    ...Object.entries(parts)
      .filter(([name]) => name.includes('/'))
      .map(([name, bytes]) => ({ name, bytes })),
  ])
}

function pngWith(keyword: string, text: string, type = 'tEXt'): Buffer {
  const bytes = pngBytes()
  const data =
    type === 'tEXt'
      ? Buffer.from(`${keyword}\0${text}`)
      : Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(Buffer.from(text))])
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([bytes.subarray(0, 33), length, body, sum, bytes.subarray(33)])
}

/** A JPEG whose Exif names its author and, if asked for, the place. */
function jpegWith(author: string, place = false): Buffer {
  const words = Buffer.from(`${author}\0`)
  const tiff = Buffer.alloc(200 + words.length)
  tiff.write('II')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(place ? 2 : 1, 8)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at)
    tiff.writeUInt16LE(type, at + 2)
    tiff.writeUInt32LE(count, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  entry(10, 0x13b, 2, words.length, 200)
  words.copy(tiff, 200)
  if (place) {
    entry(22, 0x8825, 4, 1, 100)
    tiff.writeUInt16LE(1, 100)
    entry(102, 2, 5, 3, 140)
  }
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0x01, 0xe0, 0x02, 0x80, 1, 1, 0x11, 0])
  const end = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), head, body, frame, end])
}

/** A PDF of these objects. */
function rawPdf(objects: readonly string[], trailer = ''): Buffer {
  let file = '%PDF-1.7\n'
  const places: number[] = []
  for (const [i, object] of objects.entries()) {
    places.push(file.length)
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
const stream = (content: string, more = '') =>
  `<< /Length ${content.length} ${more}>>\nstream\n${content}\nendstream`
const onePage = (
  content: string,
  more: { page?: string; catalog?: string; objects?: readonly string[]; trailer?: string } = {},
) =>
  rawPdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ''} >>`,
      '<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>',
      `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${more.page ?? ''} >>`,
      stream(content),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ...(more.objects ?? []),
    ],
    more.trailer,
  )
const at = (x: number, y: number, text: string) => `BT /F1 12 Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET`

/** What an incremental saving leaves behind: the page is replaced, its first text still lies in the file. */
function savedTwice(before: string, after: string): Buffer {
  const first = onePage(at(50, 700, before))
  const content = at(50, 700, after)
  const start = first.length
  const object = `4 0 obj\n${stream(content)}\nendobj\n`
  const old = /startxref\n(\d+)/.exec(first.toString('latin1'))?.[1]
  const table = `xref\n4 1\n${String(start).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev ${old} >>\nstartxref\n${start + object.length}\n%%EOF\n`
  return Buffer.concat([first, Buffer.from(object + table, 'latin1')])
}

/** Every hiding place of S-PII-07, each in a file of its own. */
export function hiddenFiles(): Hidden[] {
  const id = inventedIdentity
  const phone = inventedMobile
  const card = inventedCard
  const files: [string, string, string, (value: string) => Uint8Array][] = [
    // Word
    ['word: paragraph', 'a.docx', id(1), v => word(p(`身份证号：${v}`))],
    [
      'word: cut into runs',
      'a.docx',
      id(2),
      v => word(`<w:p>${run(v.slice(0, 5))}${run(v.slice(5, 12))}${run(v.slice(12))}</w:p>`),
    ],
    [
      'word: cell of a table',
      'a.docx',
      card(3),
      v =>
        word(
          `<w:tbl><w:tr><w:tc>${p('姓名')}</w:tc><w:tc>${p('卡号')}</w:tc></w:tr><w:tr><w:tc>${p('李某')}</w:tc><w:tc>${p(v)}</w:tc></w:tr></w:tbl>`,
        ),
    ],
    [
      'word: hidden letters',
      'a.docx',
      id(4),
      v => word(`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>${v}</w:t></w:r></w:p>`),
    ],
    [
      'word: comment',
      'a.docx',
      phone(5),
      v =>
        word(p('见批注'), {
          'word/comments.xml': `<w:comments WORD><w:comment w:id="1"><w:p>${run(`本人手机 ${v}`)}</w:p></w:comment></w:comments>`,
        }),
    ],
    [
      'word: deleted by a tracked change',
      'a.docx',
      id(6),
      v => word(`<w:p><w:del w:author="甲"><w:r><w:delText>${v}</w:delText></w:r></w:del></w:p>`),
    ],
    [
      'word: inserted by a tracked change',
      'a.docx',
      id(7),
      v => word(`<w:p>${run(v.slice(0, 9))}<w:ins>${run(v.slice(9))}</w:ins></w:p>`),
    ],
    [
      'word: torn by a tracked change',
      'a.docx',
      id(8),
      v =>
        word(
          `<w:p>${run(v.slice(0, 9))}<w:del><w:r><w:delText>${v.slice(9)}</w:delText></w:r></w:del><w:ins>${run('*********')}</w:ins></w:p>`,
        ),
    ],
    [
      'word: header',
      'a.docx',
      phone(9),
      v => word(p('正文'), { 'word/header1.xml': `<w:hdr WORD><w:p>${run(`联系人 ${v}`)}</w:p></w:hdr>` }),
    ],
    [
      'word: footer',
      'a.docx',
      phone(10),
      v => word(p('正文'), { 'word/footer1.xml': `<w:ftr WORD><w:p>${run(`联系人 ${v}`)}</w:p></w:ftr>` }),
    ],
    [
      'word: footnote',
      'a.docx',
      id(11),
      v =>
        word(p('正文'), {
          'word/footnotes.xml': `<w:footnotes WORD><w:footnote><w:p>${run(v)}</w:p></w:footnote></w:footnotes>`,
        }),
    ],
    [
      'word: text box',
      'a.docx',
      id(12),
      v => word(`<w:p><w:r><w:pict><w:txbxContent><w:p>${run(v)}</w:p></w:txbxContent></w:pict></w:r></w:p>`),
    ],
    [
      'word: alternative text of a picture',
      'a.docx',
      id(13),
      v =>
        word(`<w:p><w:r><w:drawing><wp:docPr id="1" name="图" descr="身份证 ${v}"/></w:drawing></w:r></w:p>`),
    ],
    [
      'word: properties',
      'a.docx',
      phone(14),
      v =>
        word(p('正文'), {
          'docProps/core.xml': `<cp:coreProperties><dc:creator>张某 ${v}</dc:creator></cp:coreProperties>`,
        }),
    ],
    [
      'word: own properties',
      'a.docx',
      id(15),
      v =>
        word(p('正文'), {
          'docProps/custom.xml': `<Properties><property name="经办人"><vt:lpwstr>${v}</vt:lpwstr></property></Properties>`,
        }),
    ],
    [
      'word: link',
      'a.docx',
      `zhangmou${16}@example.com`,
      v =>
        word(p('正文'), {
          'word/_rels/footnotes.xml.rels': `<Relationships><Relationship Id="r1" Target="mailto:${v}"/></Relationships>`,
        }),
    ],
    [
      'word: data behind a form',
      'a.docx',
      id(17),
      v => word(p('正文'), { 'customXml/item1.xml': `<表><证件>${v}</证件></表>` }),
    ],
    [
      'word: workbook embedded',
      'a.docx',
      id(18),
      v => word(p('正文'), { 'word/embeddings/1.xlsx': sheet(people(v)) }),
    ],
    ['word: in groups and full width', 'a.docx', id(19), v => word(p(fullWidth(spread(v))))],
    // Excel
    ['excel: cell', 'a.xlsx', id(20), v => sheet(people(v))],
    [
      'excel: number in a cell',
      'a.xlsx',
      phone(21),
      v => sheet(sheetRow(1, ['姓名', '手机']) + sheetRow(2, ['王某', Number(v)])),
    ],
    [
      'excel: hidden row',
      'a.xlsx',
      id(22),
      v =>
        rawSheet(
          `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>${v}</t></is></c></row></sheetData>`,
        ),
    ],
    [
      'excel: hidden column',
      'a.xlsx',
      id(23),
      v =>
        rawSheet(
          `<cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="12"><c r="C12" t="inlineStr"><is><t>${v}</t></is></c></row></sheetData>`,
        ),
    ],
    [
      'excel: hidden sheet',
      'a.xlsx',
      id(24),
      v =>
        xlsx([
          { name: '名单', rows: sheetRow(1, ['甲', '乙']) },
          { name: '汇总', rows: people(v), hidden: true },
        ]),
    ],
    [
      'excel: very hidden sheet',
      'a.xlsx',
      id(25),
      v => rawSheet(`<sheetData>${people(v)}</sheetData>`, {}, 'state="veryHidden"'),
    ],
    [
      'excel: comment',
      'a.xlsx',
      phone(26),
      v =>
        sheet(sheetRow(1, ['甲', '乙']), {
          'xl/comments1.xml': `<comments ${main}><commentList><comment ref="B2"><text><r><t>本人 ${v.slice(0, 5)}</t></r><r><t>${v.slice(5)}</t></r></text></comment></commentList></comments>`,
        }),
    ],
    [
      'excel: defined name',
      'a.xlsx',
      id(27),
      v =>
        rawSheet('<sheetData/>', {
          names: `<definedNames><definedName name="证件">"${v}"</definedName></definedNames>`,
        }),
    ],
    [
      'excel: cached value of a formula',
      'a.xlsx',
      id(28),
      v =>
        rawSheet(
          `<sheetData><row r="1"><c r="A1" t="str"><f>VLOOKUP(B1,名单!A:B,2)</f><v>${v}</v></c></row></sheetData>`,
        ),
    ],
    [
      'excel: words in a formula',
      'a.xlsx',
      id(29),
      v =>
        rawSheet(
          `<sheetData><row r="1"><c r="A1" t="str"><f>LEFT("${v}",3)</f><v>350</v></c></row></sheetData>`,
        ),
    ],
    [
      'excel: string that no cell shows',
      'a.xlsx',
      id(30),
      v =>
        sheet(sheetRow(1, ['甲', '乙']), {
          'xl/sharedStrings.xml': `<sst ${main}><si><t>${v}</t></si></sst>`,
        }),
    ],
    [
      'excel: header of the page',
      'a.xlsx',
      phone(31),
      v => rawSheet(`<sheetData/><headerFooter><oddHeader>经办 ${v}</oddHeader></headerFooter>`),
    ],
    [
      'excel: text box',
      'a.xlsx',
      id(32),
      v =>
        sheet(sheetRow(1, ['甲', '乙']), {
          'xl/drawings/drawing1.xml': `<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>${v}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`,
        }),
    ],
    [
      'excel: memory of a pivot table',
      'a.xlsx',
      id(33),
      v =>
        sheet(sheetRow(1, ['甲', '乙']), {
          'xl/pivotCache/pivotCacheDefinition1.xml': `<pivotCacheDefinition><sharedItems><s v="${v}"/></sharedItems></pivotCacheDefinition>`,
        }),
    ],
    // PDF
    ['pdf: text', 'a.pdf', id(34), v => pdf([[{ text: `身份证号${v}`, x: 50, y: 100 }]])],
    [
      'pdf: under a black box',
      'a.pdf',
      id(35),
      v => onePage(`${at(50, 700, v)}\n0 0 0 rg 40 690 300 20 re f`),
    ],
    ['pdf: white on white', 'a.pdf', id(36), v => onePage(`1 1 1 rg ${at(50, 700, v)}`)],
    ['pdf: off the page', 'a.pdf', id(37), v => onePage(`${at(50, 700, 'x')}\n${at(50, -300, v)}`)],
    ['pdf: invisible letters', 'a.pdf', id(38), v => onePage(`3 Tr ${at(50, 700, v)}`)],
    [
      'pdf: annotation',
      'a.pdf',
      phone(39),
      v =>
        onePage(at(50, 700, 'list'), {
          page: '/Annots [6 0 R]',
          objects: [`<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (call ${v}) >>`],
        }),
    ],
    [
      'pdf: field of a form',
      'a.pdf',
      id(40),
      v =>
        onePage(at(50, 700, 'form'), {
          page: '/Annots [6 0 R]',
          catalog: '/AcroForm << /Fields [6 0 R] >>',
          objects: [`<< /Type /Annot /Subtype /Widget /FT /Tx /T (id) /V (${v}) /Rect [0 0 9 9] >>`],
        }),
    ],
    [
      'pdf: properties',
      'a.pdf',
      phone(41),
      v => onePage(at(50, 700, 'list'), { objects: [`<< /Author (Zhang ${v}) >>`], trailer: '/Info 6 0 R' }),
    ],
    [
      'pdf: attached file',
      'a.pdf',
      id(42),
      v =>
        onePage(at(50, 700, 'list'), {
          catalog: '/Names << /EmbeddedFiles << /Names [(a.txt) 6 0 R] >> >>',
          objects: [
            '<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 7 0 R >> >>',
            stream(v, '/Type /EmbeddedFile '),
          ],
        }),
    ],
    ['pdf: an earlier saving', 'a.pdf', id(43), v => savedTwice(v, 'masked')],
    // OFD
    ['ofd: text', 'a.ofd', id(44), v => ofd([[{ text: `身份证号${v}`, x: 20, y: 40 }]])],
    [
      'ofd: one object a letter',
      'a.ofd',
      id(45),
      v => ofd([[...v].map((text, i) => ({ text, x: 20 + i * 3, y: 40 }))]),
    ],
    [
      'ofd: template of the page',
      'a.ofd',
      id(46),
      v => ofd([[{ text: '公告', x: 20, y: 40 }]], [{ text: v, x: 20, y: 280 }]),
    ],
    // Packages, text, pages
    ['zip: file within', 'a.zip', id(47), v => zip([{ name: '名单.txt', bytes: `身份证号：${v}` }])],
    [
      'zip: zip within',
      'a.zip',
      id(48),
      v => zip([{ name: '内.zip', bytes: zip([{ name: '名单.csv', bytes: `姓名,证件\n张某,${v}\n` }]) }]),
    ],
    ['zip: name of a file', 'a.zip', phone(49), v => zip([{ name: `张某${v}.txt`, bytes: '甲' }])],
    [
      'zip: workbook within',
      'a.zip',
      id(50),
      v => zip([{ name: '附件/名单.xlsx', bytes: sheet(people(v)) }]),
    ],
    [
      'html: comment',
      'a.html',
      id(51),
      v => Buffer.from(`<html><body><p>公示</p><!-- ${v} --></body></html>`),
    ],
    [
      'html: attribute',
      'a.html',
      phone(52),
      v => Buffer.from(`<html><body><p title="本人 ${v}">公示</p></body></html>`),
    ],
    [
      'html: hidden paragraph',
      'a.html',
      id(53),
      v =>
        Buffer.from(
          `<html><body><p style="display:none">${v.slice(0, 8)}<b>${v.slice(8)}</b></p></body></html>`,
        ),
    ],
    ['csv: cell', 'a.csv', card(54), v => Buffer.from(`姓名,银行卡号\n张某,${v}\n李某,已注销\n`)],
    [
      'txt: in two lines',
      'a.txt',
      id(55),
      v => Buffer.from(`名单\n身份证号${v.slice(0, 10)}\n${v.slice(10)}\n`),
    ],
    [
      'txt: old number of 15 places',
      'a.txt',
      inventedOldIdentity(56),
      v => Buffer.from(`身份证号码：${v}\n`),
    ],
    ['txt: new-energy plate', 'a.txt', '闽AD12345', v => Buffer.from(`车主张某，车牌${v}\n`)],
    ['txt: passport', 'a.txt', 'E12345678', v => Buffer.from(`护照号码：${v}\n`)],
    // Pictures
    ['png: text of the picture', 'a.png', phone(57), v => pngWith('Author', `张某 ${v}`)],
    ['png: packed text', 'a.png', id(58), v => pngWith('Comment', v, 'zTXt')],
    ['jpeg: author', 'a.jpg', phone(59), v => jpegWith(`Zhang ${v}`)],
    ['jpeg: place', 'a.jpg', '图片记着拍摄地点（GPS 位置）', () => jpegWith('camera', true)],
    // Old Office
    ['doc: text', 'a.doc', id(60), v => doc(`身份证号：${v}\r`)],
  ]
  return files.map(([where, name, value, make]) => ({ where, name, value, bytes: make(value) }))
}
