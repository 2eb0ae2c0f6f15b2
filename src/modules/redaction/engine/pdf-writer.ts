import { open } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { glyphlessFont } from './glyphless-font.ts'
import type { Bitmap, Rect } from './pdfium.ts'

/** A word of the text layer; `blank`: another word follows it after a space. */
export interface LayerWord {
  text: string
  rect: Rect
  blank: boolean
}

export interface PageToWrite {
  width: number
  height: number
  picture: Bitmap
  /** Paragraphs in the order of reading. */
  paragraphs: LayerWord[][]
}

/** The objects whose numbers are fixed; those of pages come after. */
const at = {
  catalog: 1,
  pages: 2,
  font: 3,
  glyphs: 4,
  descriptor: 5,
  fontFile: 6,
  unicode: 7,
  about: 8,
  tree: 9,
  root: 10,
  parents: 11,
}
const firstFree = 12

/**
 * Writes a PDF that holds nothing but pictures of pages and an unseen text layer: tagged, with language and title, without dates,
 * names of programs or anything else about where it came from. One page after the other goes to the disk; the same pages always
 * give the same bytes.
 */
export class PdfWriter {
  private readonly file: Awaited<ReturnType<typeof open>>
  private size = 0
  private readonly places: number[] = []
  private readonly pages: number[] = []
  private readonly parents: string[] = []
  private readonly paragraphs: number[] = []
  private readonly codes = new Map<string, number>()

  private constructor(file: Awaited<ReturnType<typeof open>>) {
    this.file = file
    this.places.length = firstFree
  }

  static async create(path: string): Promise<PdfWriter> {
    const writer = new PdfWriter(await open(path, 'w'))
    await writer.bytes(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'))
    return writer
  }

  async page(page: PageToWrite): Promise<void> {
    const picture = await this.stream(pictureOf(page.picture))
    const number = this.take()
    const owner = this.pages.length
    const elements = page.paragraphs.map(() => this.take())
    const contents = await this.stream({ more: '', body: Buffer.from(this.contentOf(page), 'latin1') })
    const figure = page.paragraphs.length === 0 ? this.take() : null
    await this.object(
      number,
      `<</Type/Page/Parent ${at.pages} 0 R/MediaBox[0 0 ${num(page.width)} ${num(page.height)}]/Contents ${contents} 0 R` +
        `/Resources<</XObject<</P ${picture} 0 R>>/Font<</F ${at.font} 0 R>>>>/StructParents ${owner}/Tabs/S>>`,
    )
    for (const [mark, element] of elements.entries())
      await this.object(element, `<</Type/StructElem/S/P/P ${at.root} 0 R/Pg ${number} 0 R/K ${mark}>>`)
    if (figure !== null)
      await this.object(
        figure,
        `<</Type/StructElem/S/Figure/P ${at.root} 0 R/Pg ${number} 0 R/K 0/Alt ${words(`第${owner + 1}页，图片，没有文字层`)}>>`,
      )
    const children = figure === null ? elements : [figure]
    this.parents.push(`[${children.map(one => `${one} 0 R`).join(' ')}]`)
    this.paragraphs.push(...children)
    this.pages.push(number)
  }

  async end(about: { title: string; language: string }): Promise<number> {
    const refs = (numbers: readonly number[]) => numbers.map(one => `${one} 0 R`).join(' ')
    await this.object(
      at.catalog,
      `<</Type/Catalog/Pages ${at.pages} 0 R/Lang(${about.language})/MarkInfo<</Marked true>>/StructTreeRoot ${at.tree} 0 R` +
        '/ViewerPreferences<</DisplayDocTitle true>>>>',
    )
    await this.object(at.pages, `<</Type/Pages/Count ${this.pages.length}/Kids[${refs(this.pages)}]>>`)
    await this.object(
      at.font,
      `<</Type/Font/Subtype/Type0/BaseFont/Unseen/Encoding/Identity-H/DescendantFonts[${at.glyphs} 0 R]/ToUnicode ${at.unicode} 0 R>>`,
    )
    await this.object(
      at.glyphs,
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/Unseen/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
        `/FontDescriptor ${at.descriptor} 0 R/DW 1000/CIDToGIDMap ${await this.stream(sameGlyph(this.codes.size))} 0 R>>`,
    )
    await this.object(
      at.descriptor,
      `<</Type/FontDescriptor/FontName/Unseen/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120` +
        `/CapHeight 880/StemV 80/FontFile2 ${at.fontFile} 0 R>>`,
    )
    const font = glyphlessFont()
    await this.stream({ more: `/Length1 ${font.length}`, body: font }, at.fontFile)
    await this.stream({ more: '', body: Buffer.from(unicodeOf(this.codes), 'latin1') }, at.unicode)
    await this.object(at.about, `<</Title ${words(about.title)}>>`)
    await this.object(
      at.tree,
      `<</Type/StructTreeRoot/K ${at.root} 0 R/ParentTree ${at.parents} 0 R/ParentTreeNextKey ${this.pages.length}>>`,
    )
    await this.object(at.root, `<</Type/StructElem/S/Document/P ${at.tree} 0 R/K[${refs(this.paragraphs)}]>>`)
    await this.object(
      at.parents,
      `<</Nums[${this.parents.map((list, page) => `${page} ${list}`).join(' ')}]>>`,
    )
    const start = this.size
    const rows = this.places.slice(1).map(place => `${String(place).padStart(10, '0')} 00000 n \n`)
    await this.bytes(
      Buffer.from(
        `xref\n0 ${this.places.length}\n0000000000 65535 f \n${rows.join('')}` +
          `trailer\n<</Size ${this.places.length}/Root ${at.catalog} 0 R/Info ${at.about} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
        'latin1',
      ),
    )
    await this.file.close()
    return this.size
  }

  /** After a fault: what was written is nothing. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => {})
  }

  private contentOf(page: PageToWrite): string {
    const whole = `q ${num(page.width)} 0 0 ${num(page.height)} 0 0 cm /P Do Q`
    if (page.paragraphs.length === 0) return `/Figure<</MCID 0>>BDC ${whole} EMC`
    const texts = page.paragraphs.map(
      (paragraph, mark) =>
        `/P<</MCID ${mark}>>BDC BT 3 Tr ${paragraph.map(word => this.wordOf(word, page.height)).join(' ')} ET EMC`,
    )
    return `/Artifact BMC ${whole} EMC\n${texts.join('\n')}`
  }

  private wordOf({ text, rect, blank }: LayerWord, height: number): string {
    const signs = [...text]
    const size = Math.max(1, rect.height)
    // Every sign is as wide as it is high in this font; stretched, the word covers what it stands over
    const stretch = (rect.width / (signs.length * size)) * 100
    const base = height - rect.top - rect.height + 0.12 * size
    const codes = [...signs, ...(blank ? [' '] : [])].map(sign => this.codeOf(sign)).join('')
    return `/F ${num(size)} Tf ${num(Math.max(1, stretch))} Tz 1 0 0 1 ${num(rect.left)} ${num(base)} Tm <${codes}> Tj`
  }

  private codeOf(sign: string): string {
    let code = this.codes.get(sign)
    if (code === undefined) {
      code = this.codes.size + 1
      this.codes.set(sign, code)
    }
    return code.toString(16).padStart(4, '0')
  }

  private take(): number {
    return this.places.push(0) - 1
  }

  private async object(number: number, text: string): Promise<void> {
    this.places[number] = this.size
    await this.bytes(Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, 'latin1'))
  }

  private async stream(
    { more, body }: { more: string; body: Buffer },
    number = this.take(),
  ): Promise<number> {
    const packed = deflateSync(body, { level: 6 })
    this.places[number] = this.size
    await this.bytes(
      Buffer.concat([
        Buffer.from(
          `${number} 0 obj\n<<${more}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`,
          'latin1',
        ),
        packed,
        Buffer.from('\nendstream\nendobj\n', 'latin1'),
      ]),
    )
    return number
  }

  private async bytes(bytes: Uint8Array): Promise<void> {
    await this.file.writeFile(bytes)
    this.size += bytes.length
  }
}

const num = (number: number) => String(Number(number.toFixed(3)))

/** Text as PDF wants it in its own fields: UTF-16 with its mark. */
function words(text: string): string {
  const units = [...Array(text.length).keys()].map(i => text.charCodeAt(i).toString(16).padStart(4, '0'))
  return `<feff${units.join('')}>`
}

/** Grey where nothing is coloured: a third of the bytes; colours as differences to the row above, which pack better. */
function pictureOf({ width, height, rgb }: Bitmap): { more: string; body: Buffer } {
  const about = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8`
  if (isGrey(rgb)) {
    const grey = Buffer.alloc(width * height)
    for (let i = 0; i < grey.length; i++) grey[i] = rgb[i * 3] as number
    return { more: `${about}/ColorSpace/DeviceGray`, body: grey }
  }
  const row = width * 3
  const body = Buffer.alloc((row + 1) * height)
  for (let y = 0; y < height; y++) {
    const to = y * (row + 1)
    body[to] = 2
    for (let i = 0; i < row; i++) {
      const above = y === 0 ? 0 : (rgb[(y - 1) * row + i] as number)
      body[to + 1 + i] = (rgb[y * row + i] as number) - above
    }
  }
  return {
    more: `${about}/ColorSpace/DeviceRGB/DecodeParms<</Predictor 15/Colors 3/BitsPerComponent 8/Columns ${width}>>`,
    body,
  }
}

function isGrey(rgb: Uint8Array): boolean {
  for (let i = 0; i < rgb.length; i += 3) if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return false
  return true
}

/** Every code shows the one empty glyph. */
function sameGlyph(count: number): { more: string; body: Buffer } {
  const body = Buffer.alloc((count + 1) * 2)
  for (let i = 1; i <= count; i++) body.writeUInt16BE(1, i * 2)
  return { more: '', body }
}

function unicodeOf(codes: ReadonlyMap<string, number>): string {
  const rows = [...codes].map(([sign, code]) => {
    const units = [...Array(sign.length).keys()].map(i => sign.charCodeAt(i).toString(16).padStart(4, '0'))
    return `<${code.toString(16).padStart(4, '0')}> <${units.join('')}>`
  })
  const blocks: string[] = []
  for (let i = 0; i < rows.length; i += 100) {
    const part = rows.slice(i, i + 100)
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks.join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end
`
}
