import { crc32, deflateRawSync } from 'node:zlib'

/** Documents of every format, made by hand so that each test says what is in them. */

export type ZipPart = {
  name: string | Uint8Array
  bytes: string | Uint8Array
  /** General purpose flags: 1 encrypted, 0x800 the name is UTF-8. */
  flags?: number
  method?: number
  /** What the directory claims, when that is not the truth. */
  claims?: number
}

/** A zip file, written so plainly that it can also be written wrongly. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, bytes, flags, method = 8, claims } of parts) {
    const nameBytes = Buffer.from(name)
    const content = Buffer.from(bytes)
    const packed = method === 8 ? deflateRawSync(content) : content
    const saysUtf8 = typeof name === 'string' ? 0x800 : 0
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(flags ?? saysUtf8, 2)
    fixed.writeUInt16LE(method, 4)
    fixed.writeUInt32LE(crc32(content), 10)
    fixed.writeUInt32LE(packed.length, 14)
    fixed.writeUInt32LE(claims ?? content.length, 18)
    fixed.writeUInt16LE(nameBytes.length, 22)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, nameBytes, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fixed, rest, nameBytes]))
    files.push(file)
    at += file.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, entries, end])
}

const WORD =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ' +
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A .docx with this body (WordprocessingML) and, by their part, further parts: `word/numbering.xml` … */
export function docx(body: string, parts: Record<string, string | Uint8Array> = {}): Buffer {
  const pictures = Object.keys(parts).filter(part => part.startsWith('word/media/'))
  const relations = pictures.map(
    (part, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/image" Target="${part.slice(5)}"/>`,
  )
  return zip([
    {
      name: '[Content_Types].xml',
      bytes:
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
        '<Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/></Types>',
    },
    {
      name: '_rels/.rels',
      bytes: `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      bytes: `<Relationships xmlns="${RELATIONS}">${relations.join('')}</Relationships>`,
    },
    { name: 'word/document.xml', bytes: `<w:document ${WORD}><w:body>${body}</w:body></w:document>` },
    ...Object.entries(parts).map(([name, bytes]) => ({
      name,
      bytes: typeof bytes === 'string' ? bytes.replace('WORD', WORD) : bytes,
    })),
  ])
}

/** A paragraph of a .docx; `properties` go into its `w:pPr`. */
export function wordParagraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
}

/** A sheet of an .xlsx, its rows as XML of cells. */
export type SheetPart = { name: string; rows: string; merged?: readonly string[]; hidden?: boolean }

/** An .xlsx. Style 1 shows a number as a date. */
export function xlsx(sheets: readonly SheetPart[], parts: Record<string, string> = {}): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return zip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    {
      name: 'xl/workbook.xml',
      bytes: `<workbook xmlns="${main}" xmlns:r="${OFFICE}"><sheets>${sheets
        .map(
          ({ name, hidden }, i) =>
            `<sheet name="${name}" sheetId="${i + 1}" ${hidden ? 'state="hidden" ' : ''}r:id="rId${i + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: `<Relationships xmlns="${RELATIONS}">${sheets
        .map(
          (_, i) =>
            `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
        )
        .join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      bytes: `<styleSheet xmlns="${main}"><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    ...sheets.map(({ rows, merged = [] }, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      bytes: `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${
        merged.length > 0
          ? `<mergeCells>${merged.map(ref => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
          : ''
      }</worksheet>`,
    })),
    ...Object.entries(parts).map(([name, bytes]) => ({ name, bytes })),
  ])
}

/** One row of cells from column A on: text as text, numbers as numbers, `{ date }` as the number of a day. */
export function sheetRow(row: number, cells: readonly (string | number | { date: number } | null)[]): string {
  const xml = cells.map((cell, i) => {
    const place = `r="${String.fromCharCode(65 + i)}${row}"`
    if (cell === null) return ''
    if (typeof cell === 'string') return `<c ${place} t="inlineStr"><is><t>${cell}</t></is></c>`
    return typeof cell === 'number'
      ? `<c ${place}><v>${cell}</v></c>`
      : `<c ${place} s="1"><v>${cell.date}</v></c>`
  })
  return `<row r="${row}">${xml.join('')}</row>`
}

/** Text at a place of a page: from the left and from the top, in points or, in an .ofd, in millimetres. */
export type Placed = { text: string; x: number; y: number; size?: number }

/** A line drawn on every page, in points from the left and the top. */
export type Ruled = readonly [x1: number, y1: number, x2: number, y2: number]

/** The lines of a table with these edges. */
export function ruledGrid(xs: readonly number[], ys: readonly number[]): Ruled[] {
  const [left = 0, right = 0, top = 0, bottom = 0] = [xs[0], xs.at(-1), ys[0], ys.at(-1)]
  return [...xs.map((x): Ruled => [x, top, x, bottom]), ...ys.map((y): Ruled => [left, y, right, y])]
}

/** A .pdf as Chinese office programs print it: a font that is not embedded, its letters in UCS-2. */
export function pdf(
  pages: readonly (readonly Placed[])[],
  { trailer = '', rules = [] }: { trailer?: string; rules?: readonly Ruled[] } = {},
): Buffer {
  const contents = pages.map(
    texts =>
      texts
        .map(
          ({ text, x, y, size = 16 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${842 - y} Tm <${ucs2(text)}> Tj ET`,
        )
        .concat(rules.map(([x1, y1, x2, y2]) => `${x1} ${842 - y1} m ${x2} ${842 - y2} l S`))
        .join('\n') || '0 0 595 842 re f',
  )
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${6 + i * 2} 0 R`).join(' ')}] /MediaBox [0 0 595 842] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    ...contents.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /Contents ${7 + i * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  let file = '%PDF-1.4\n'
  const places: number[] = []
  for (const [i, object] of objects.entries()) {
    places.push(file.length)
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

function ucs2(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex')
}

/** An .ofd (GB/T 33190) of A4 pages. */
export function ofd(
  pages: readonly (readonly Placed[])[],
  template: readonly Placed[] = [],
  rules: readonly Ruled[] = [],
): Buffer {
  const paths = rules.map(
    ([x1, y1, x2, y2]) =>
      `<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M ${x1} ${y1} L ${x2} ${y2}</ofd:AbbreviatedData></ofd:PathObject>`,
  )
  const schema = 'xmlns:ofd="http://www.ofdspec.org/2016"'
  const layer = (texts: readonly Placed[]) =>
    `<ofd:Content><ofd:Layer>${texts
      .map(({ text, x, y, size = 5.6 }) => {
        const boundary = `Boundary="${x} ${y - size} ${size * text.length} ${size * 1.2}"`
        const steps = text.length > 1 ? ` DeltaX="g ${text.length - 1} ${size}"` : ''
        return `<ofd:TextObject ID="9" ${boundary} Font="1" Size="${size}"><ofd:TextCode X="0" Y="${size}"${steps}>${text}</ofd:TextCode></ofd:TextObject>`
      })
      .join('')}</ofd:Layer></ofd:Content>`
  return zip([
    {
      name: 'OFD.xml',
      bytes: `<ofd:OFD ${schema} DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    },
    {
      name: 'Doc_0/Document.xml',
      bytes:
        `<ofd:Document ${schema}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>` +
        `<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>${pages
          .map((_, i) => `<ofd:Page ID="${i + 10}" BaseLoc="Pages/Page_${i}/Content.xml"/>`)
          .join('')}</ofd:Pages></ofd:Document>`,
    },
    { name: 'Doc_0/Tpls/Tpl_0/Content.xml', bytes: `<ofd:Page ${schema}>${layer(template)}</ofd:Page>` },
    ...pages.map((texts, i) => ({
      name: `Doc_0/Pages/Page_${i}/Content.xml`,
      bytes: `<ofd:Page ${schema}><ofd:Template TemplateID="2"/>${layer(texts)}${paths.join('')}</ofd:Page>`,
    })),
  ])
}

/** An old Office file of these streams; each is at least as long as streams must be to stand in sectors of their own. */
export function compound(streams: Record<string, Uint8Array>): Buffer {
  const sector = 512
  const bodies = Object.entries(streams).map(([name, bytes]) => {
    const length = Math.max(4096, Math.ceil(bytes.length / sector) * sector)
    return { name, bytes: Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]) }
  })
  const table = new Int32Array(128).fill(-1)
  table[0] = -3
  table[1] = -2
  const directory = Buffer.alloc(sector)
  let next = 2
  const entry = (at: number, name: string, type: number, start: number, size: number) => {
    directory.write(name, at * 128, 'utf16le')
    directory.writeUInt16LE(name.length * 2 + 2, at * 128 + 64)
    directory[at * 128 + 66] = type
    for (const link of [68, 72, 76]) directory.writeInt32LE(-1, at * 128 + link)
    directory.writeInt32LE(start, at * 128 + 116)
    directory.writeUInt32LE(size, at * 128 + 120)
  }
  entry(0, 'Root Entry', 5, -2, 0)
  directory.writeInt32LE(1, 76)
  for (const [i, { name, bytes }] of bodies.entries()) {
    entry(i + 1, name, 2, next, bytes.length)
    if (i + 1 < bodies.length) directory.writeInt32LE(i + 2, (i + 1) * 128 + 72)
    const last = next + bytes.length / sector - 1
    for (; next < last; next++) table[next] = next + 1
    table[next++] = -2
  }
  const header = Buffer.alloc(sector)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(0x3e, 24)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(1, 44)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(4096, 56)
  header.writeInt32LE(-2, 60)
  header.writeInt32LE(-2, 68)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)
  return Buffer.concat([header, Buffer.from(table.buffer), directory, ...bodies.map(body => body.bytes)])
}

/** A .doc with this text: paragraphs end with `\r`, cells with `\x07`. */
export function doc(
  text: string,
  options: { flags?: number; streams?: Record<string, Uint8Array> } = {},
): Buffer {
  const textAt = 0x800
  const main = Buffer.alloc(textAt + text.length * 2)
  main.writeUInt16LE(0xa5ec, 0)
  main.writeUInt16LE(0xc1, 2)
  main.writeUInt16LE(0x0200 | (options.flags ?? 0), 10)
  main.writeUInt32LE(textAt, 0x18)
  main.writeUInt32LE(text.length, 0x4c)
  main.writeUInt32LE(4, 0xfe)
  main.writeUInt32LE(4, 0x106)
  main.write(text, textAt, 'utf16le')
  // One piece: the table of pieces says from which letter to which, and where in the file.
  const pieces = Buffer.alloc(21)
  pieces[0] = 2
  pieces.writeUInt32LE(16, 1)
  pieces.writeUInt32LE(text.length, 9)
  pieces.writeUInt32LE(textAt, 15)
  return compound({ WordDocument: main, '1Table': pieces, ...options.streams })
}
