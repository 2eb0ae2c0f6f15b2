import { open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type Box, grounds, spokenLabel } from './box.ts'
import { coreOf, cover, meet } from './cover.ts'
import { type PageRead, type Pages, pixelsOf } from './page.ts'
import { type Bitmap, PdfFile, type Rect } from './pdfium.ts'
import { pixelsUnder, stampOf } from './stamp.ts'

/** Why a result may not leave the house; `page` null: of the whole file. Never says what was found, only where. */
export interface Fault {
  page: number | null
  why: string
}

/**
 * Opens a result as any reader could and looks for what should be gone: words by another reader (pdf.js) than the one that wrote
 * them, pixels under every box, and everything a clean file does not hold. No fault: it may be released.
 */
export async function prove(
  original: Pages,
  boxes: readonly Box[],
  path: string,
  progress?: (done: number, of: number) => Promise<void>,
): Promise<Fault[]> {
  const faults: Fault[] = []
  const drawn = await PdfFile.open(await readFile(path))
  const said = await openText(path)
  try {
    faults.push(...(await said.extras()))
    const { attachments, scripts, signatures } = drawn.extras()
    if (attachments + scripts + signatures > 0)
      faults.push({ page: null, why: '结果里还有附件、脚本或者签名' })
    if (said.count !== original.count || drawn.count !== original.count)
      return [...faults, { page: null, why: `结果有 ${said.count} 页，原件有 ${original.count} 页` }]
    const secrets = new Secrets()
    const texts: string[] = []
    for (let number = 1; number <= original.count; number++) {
      const page = await original.read(number)
      const here = boxes.filter(box => box.page === number)
      secrets.add(page, here)
      if (drawn.size(number).annotations > 0) faults.push({ page: number, why: '这一页还有批注或者链接' })
      const items = await said.items(number)
      texts.push(withoutLabels(inLines(items), here))
      if (items.some(item => liesUnder(item, here)))
        faults.push({ page: number, why: '遮盖处的下面还有文字' })
      const picture = drawn.onlyPicture(number)
      if (!picture || picture.width !== page.picture.width || picture.height !== page.picture.height)
        faults.push({ page: number, why: '这一页除了图像和文字层还有别的内容' })
      else if (!(await isBurnt(page, here, picture)))
        faults.push({ page: number, why: '遮盖处的下面还看得见内容' })
      await progress?.(number, original.count)
      await setImmediate()
    }
    for (const [at, text] of texts.entries())
      if (secrets.areIn(text)) faults.push({ page: at + 1, why: '还能取出只在遮盖处出现的文字' })
    if (secrets.areIn(await said.title())) faults.push({ page: null, why: '标题里有遮盖处的文字' })
    return faults
  } finally {
    drawn.close()
    await said.close()
  }
}

/** Runs of two signs that stand under boxes and nowhere else in the file. */
class Secrets {
  private readonly under = new Set<string>()
  private readonly outside = new Set<string>()

  add(page: PageRead, boxes: readonly Box[]): void {
    const { places } = cover(page.lines, boxes)
    for (const line of page.lines) {
      const signs = line.signs.filter(sign => sign.text.trim() !== '')
      for (let i = 0; i + 1 < signs.length; i++) {
        const pair = [signs[i], signs[i + 1]].flatMap(sign => (sign ? [sign] : []))
        const text = plain(pair.map(sign => sign.text).join(''))
        // By the middle of the sign, not by the rule that took it out: a fault there shows here
        const isUnder = pair.every(sign => boxes.some(box => holds(box.rect, sign.rect)))
        const touches = pair.some(sign => places.some(one => meet(coreOf(sign.rect), one.rect)))
        if (isUnder) this.under.add(text)
        else if (!touches) this.outside.add(text)
      }
    }
  }

  areIn(text: string): boolean {
    const clean = plain(text)
    for (const pair of this.under) if (!this.outside.has(pair) && clean.includes(pair)) return true
    return false
  }
}

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

function holds(box: Rect, sign: Rect): boolean {
  const x = sign.left + sign.width / 2
  const y = sign.top + sign.height / 2
  return x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height
}

const labelPattern = (boxes: readonly Box[]) => boxes.map(box => plain(spokenLabel(box.ground)))

/** No sign of any text: it keeps apart what does not stand side by side, so that no pair arises where none was. */
const apart = '\u0001'

function inLines(items: readonly { text: string; rect: Rect }[]): string {
  let text = ''
  let before: Rect | null = null
  for (const item of items) {
    if (item.text === '') continue
    const besides = before !== null && Math.abs(item.rect.top - before.top) < 0.5 * item.rect.height
    text += (besides ? '' : apart) + item.text
    before = item.rect
  }
  return text
}

function withoutLabels(text: string, boxes: readonly Box[]): string {
  let clean = plain(text)
  for (const label of new Set(labelPattern(boxes))) clean = clean.replaceAll(label, apart)
  return clean
}

function liesUnder(item: { text: string; rect: Rect }, boxes: readonly Box[]): boolean {
  const text = plain(item.text)
  if (text === '') return false
  const labels = labelPattern(boxes)
  // A line may hold words on both sides of a box: its words are looked at by their pairs
  if (labels.some(label => text.includes(label) || label.includes(text))) return false
  return boxes.some(box => {
    const { left, top, width, height } = item.rect
    return holds(box.rect, { left, top, width, height }) && width <= box.rect.width + 2
  })
}

/** Everywhere under the boxes: black, and the label that was known before the document. */
async function isBurnt(page: PageRead, boxes: readonly Box[], seen: Bitmap): Promise<boolean> {
  if (boxes.length === 0) return true
  const { scale } = pixelsOf(page.width, page.height)
  const { places } = cover(page.lines, boxes)
  const wanted = new Map<number, number>()
  for (const { rect, box } of places) {
    const at = pixelsUnder(rect, scale, seen)
    if (at.width === 0 || at.height === 0) continue
    const stamp = await stampOf(grounds[box.ground].label, at.width, at.height, scale)
    for (let i = 0; i < stamp.rgb.length; i++) {
      const [y, x] = [Math.floor(i / (at.width * 3)), i % (at.width * 3)]
      const place = ((at.y + y) * seen.width + at.x) * 3 + x
      const value = stamp.rgb[i] as number
      if (value === 0) wanted.delete(place)
      else wanted.set(place, value)
    }
  }
  for (const rect of [...places.map(one => one.rect), ...boxes.map(box => box.rect)]) {
    const at = pixelsUnder(rect, scale, seen)
    for (let y = at.y; y < at.y + at.height; y++)
      for (let i = (y * seen.width + at.x) * 3, end = i + at.width * 3; i < end; i++)
        if (seen.rgb[i] !== (wanted.get(i) ?? 0)) return false
  }
  return true
}

interface Said {
  count: number
  items(number: number): Promise<{ text: string; rect: Rect }[]>
  title(): Promise<string>
  extras(): Promise<Fault[]>
  close(): Promise<void>
}

async function openText(path: string): Promise<Said> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const file = await open(path)
  const { size } = await file.stat()
  // Part by part: the pictures of three hundred pages need not be in memory to read their words
  class Parts extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      const part = new Uint8Array(end - begin)
      void file.read(part, 0, part.length, begin).then(() => this.onDataRange(begin, part))
    }
  }
  const loading = pdfjs.getDocument({
    range: new Parts(size, null),
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: 1 << 15,
    cMapUrl: join(folder, 'cmaps', '/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts', '/'),
    wasmUrl: join(folder, 'wasm', '/'),
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    // Pixels are another reader's part
    maxImageSize: 1,
  })
  const document = await loading.promise
  return {
    count: document.numPages,
    async items(number) {
      const page = await document.getPage(number)
      const [, , , top = 0] = page.view
      const { items } = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true })
      page.cleanup()
      if (number % 20 === 0) await document.cleanup()
      return items.flatMap(item => {
        if (!('str' in item)) return []
        const [, , , , x = 0, y = 0] = item.transform as number[]
        const rect = { left: x, top: top - y - 0.88 * item.height, width: item.width, height: item.height }
        return [{ text: item.str, rect }]
      })
    },
    async title() {
      const { info } = await document.getMetadata()
      return String((info as { Title?: unknown }).Title ?? '')
    },
    async extras() {
      const faults: Fault[] = []
      const { info, metadata } = await document.getMetadata()
      const allowed = /^(?:Title|PDFFormatVersion|Language|EncryptFilterName|Is\w+)$/
      const told = Object.entries(info).filter(([key, value]) => !allowed.test(key) && value)
      if (told.length > 0 || metadata) faults.push({ page: null, why: '结果里还有文件属性' })
      const has = async (what: Promise<unknown>) => {
        const value = await what
        return value instanceof Map
          ? value.size > 0
          : Array.isArray(value)
            ? value.length > 0
            : Boolean(value)
      }
      if (await has(document.getAttachments())) faults.push({ page: null, why: '结果里还有附带的文件' })
      if (await has(document.getOutline())) faults.push({ page: null, why: '结果里还有书签' })
      if (await has(document.getJSActions())) faults.push({ page: null, why: '结果里还有脚本' })
      if (await has(document.getOpenAction())) faults.push({ page: null, why: '结果里还有打开时的动作' })
      if (await has(document.getFieldObjects())) faults.push({ page: null, why: '结果里还有表单' })
      const layers = [...((await document.getOptionalContentConfig()) ?? [])]
      if (layers.length > 0) faults.push({ page: null, why: '结果里还有图层' })
      return faults
    },
    async close() {
      await loading.destroy()
      await file.close()
    },
  }
}
