import { lendFont } from './system-font.ts'

/** The part of PDFium's C interface that is used here; numbers are pointers where they end in `At` or name a handle. */
interface Raw {
  HEAPU8: Uint8Array
  wasmExports: {
    malloc(size: number): number
    free(at: number): void
    __indirect_function_table: WebAssembly.Table
  }
  _FPDF_GetDefaultSystemFontInfo(): number
  _FPDF_SetSystemFontInfo(info: number): void
  _FPDF_InitLibrary(): void
  _FPDF_LoadMemDocument(at: number, size: number, passwordAt: number): number
  _FPDF_GetLastError(): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetPageCount(document: number): number
  _FPDF_LoadPage(document: number, at: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidthF(page: number): number
  _FPDF_GetPageHeightF(page: number): number
  _FPDFBitmap_CreateEx(w: number, h: number, format: number, at: number, stride: number): number
  _FPDFBitmap_FillRect(bitmap: number, x: number, y: number, w: number, h: number, colour: number): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(...all: number[]): void
  _FPDF_PageToDevice(...all: number[]): number
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetUnicode(text: number, at: number): number
  _FPDFText_IsGenerated(text: number, at: number): number
  _FPDFText_GetCharBox(
    text: number,
    at: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ): number
  _FPDFText_GetLooseCharBox(text: number, at: number, rect: number): number
  _FPDFText_GetTextObject(text: number, at: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
  _FPDFPageObj_SetIsActive(object: number, active: number): number
  _FPDFPage_CountObjects(page: number): number
  _FPDFPage_GetObject(page: number, at: number): number
  _FPDFPageObj_GetType(object: number): number
  _FPDFImageObj_GetBitmap(object: number): number
  _FPDFBitmap_GetBuffer(bitmap: number): number
  _FPDFBitmap_GetFormat(bitmap: number): number
  _FPDFBitmap_GetStride(bitmap: number): number
  _FPDFBitmap_GetWidth(bitmap: number): number
  _FPDFBitmap_GetHeight(bitmap: number): number
  _FPDFDoc_GetAttachmentCount(document: number): number
  _FPDFDoc_GetJavaScriptActionCount(document: number): number
  _FPDFPage_GetAnnotCount(page: number): number
  _FPDF_GetSignatureCount(document: number): number
}

let loaded: Promise<Raw> | undefined

const load = (): Promise<Raw> => {
  loaded ??= (async () => {
    // Only where pages are read: it is large
    const { PDFiumModule } = await import('@hyzyla/pdfium')
    const raw = (await (PDFiumModule as unknown as (options: object) => Promise<unknown>)({})) as Raw
    raw._FPDF_InitLibrary()
    lendFont(raw)
    return raw
  })()
  return loaded
}

/** In points from the upper left corner of the page as it is shown. */
export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

/** One sign as a page writes it. `drawn` false: nobody sees it (covered, white on white, off the page). */
export interface Sign {
  text: string
  rect: Rect
  drawn: boolean
}

/** Pixels in RGB, three bytes each, rows from above. */
export interface Bitmap {
  width: number
  height: number
  rgb: Uint8Array
}

/** Draws annotations as they are seen, never colours at the edge of letters. */
const flags = 0x01 | 0x10

export class PdfFile {
  private readonly raw: Raw
  private readonly document: number
  private readonly bytesAt: number
  readonly count: number
  /** Pixels of the page at hand and of its like: taken again for the next, so that memory stays what one page needs. */
  private readonly room = new Map<string, Uint8Array>()

  private constructor(raw: Raw, document: number, bytesAt: number) {
    this.raw = raw
    this.document = document
    this.bytesAt = bytesAt
    this.count = raw._FPDF_GetPageCount(document)
  }

  /** @throws NotOpened when it is damaged or has a password. */
  static async open(bytes: Uint8Array): Promise<PdfFile> {
    const raw = await load()
    const at = raw.wasmExports.malloc(bytes.length)
    raw.HEAPU8.set(bytes, at)
    const document = raw._FPDF_LoadMemDocument(at, bytes.length, 0)
    if (document === 0) {
      raw.wasmExports.free(at)
      throw new NotOpened(
        raw._FPDF_GetLastError() === 4
          ? '文件设有打开密码，读不了。请去掉密码后再上传。'
          : '文件已损坏，打不开。请重新保存后再上传。',
      )
    }
    return new PdfFile(raw, document, at)
  }

  close(): void {
    this.raw._FPDF_CloseDocument(this.document)
    this.raw.wasmExports.free(this.bytesAt)
  }

  /** What a clean result must not hold. */
  extras(): { attachments: number; scripts: number; signatures: number } {
    return {
      attachments: this.raw._FPDFDoc_GetAttachmentCount(this.document),
      scripts: this.raw._FPDFDoc_GetJavaScriptActionCount(this.document),
      signatures: this.raw._FPDF_GetSignatureCount(this.document),
    }
  }

  size(number: number): { width: number; height: number; annotations: number } {
    return this.onPage(number, page => ({
      width: this.raw._FPDF_GetPageWidthF(page),
      height: this.raw._FPDF_GetPageHeightF(page),
      annotations: this.raw._FPDFPage_GetAnnotCount(page),
    }))
  }

  /** The page as it is seen, in so many pixels; they hold until the next page is read. */
  picture(number: number, width: number, height: number): Bitmap {
    return this.onPage(number, page => this.draw(page, width, height, 'page'))
  }

  /** The page as it is seen, and every sign it writes, told apart by whether anybody sees it. */
  read(number: number, width: number, height: number): { picture: Bitmap; signs: Sign[] } {
    return this.onPage(number, page => {
      const picture = this.draw(page, width, height, 'page')
      const signs = this.signs(page, picture)
      return { picture, signs }
    })
  }

  /** The one picture of a page that holds nothing else but unseen letters, pixel by pixel; null when it holds more. */
  onlyPicture(number: number): Bitmap | null {
    return this.onPage(number, page => {
      const { raw } = this
      let picture: Bitmap | null = null
      for (let i = 0; i < raw._FPDFPage_CountObjects(page); i++) {
        const object = raw._FPDFPage_GetObject(page, i)
        const type = raw._FPDFPageObj_GetType(object)
        if (type === 1 && raw._FPDFTextObj_GetTextRenderMode(object) === 3) continue
        if (type !== 3 || picture) return null
        picture = this.pixels(object)
      }
      return picture
    })
  }

  private pixels(object: number): Bitmap | null {
    const { raw } = this
    const bitmap = raw._FPDFImageObj_GetBitmap(object)
    if (bitmap === 0) return null
    try {
      const [width, height] = [raw._FPDFBitmap_GetWidth(bitmap), raw._FPDFBitmap_GetHeight(bitmap)]
      const [at, stride] = [raw._FPDFBitmap_GetBuffer(bitmap), raw._FPDFBitmap_GetStride(bitmap)]
      const each = [0, 1, 3, 4, 4][raw._FPDFBitmap_GetFormat(bitmap)] ?? 0
      if (each === 0) return null
      const rgb = this.pixelsFor('page', width * height * 3)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let c = 0; c < 3; c++)
            // Blue comes first in these
            rgb[(y * width + x) * 3 + c] = raw.HEAPU8[
              at + y * stride + x * each + (each === 1 ? 0 : 2 - c)
            ] as number
      return { width, height, rgb }
    } finally {
      raw._FPDFBitmap_Destroy(bitmap)
    }
  }

  private onPage<T>(number: number, act: (page: number) => T): T {
    const page = this.raw._FPDF_LoadPage(this.document, number - 1)
    if (page === 0) throw new NotOpened(`第 ${number} 页已损坏，打不开。`)
    try {
      return act(page)
    } finally {
      this.raw._FPDF_ClosePage(page)
    }
  }

  private pixelsFor(use: string, size: number): Uint8Array {
    const known = this.room.get(use)
    if (known?.length === size) return known
    const fresh = new Uint8Array(size)
    this.room.set(use, fresh)
    return fresh
  }

  private draw(page: number, width: number, height: number, use: string): Bitmap {
    const { raw } = this
    const stride = width * 4
    const at = raw.wasmExports.malloc(stride * height)
    const bitmap = raw._FPDFBitmap_CreateEx(width, height, 4, at, stride)
    try {
      raw._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
      raw._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
      const from = raw.HEAPU8.subarray(at, at + stride * height)
      const rgb = this.pixelsFor(use, width * height * 3)
      for (let i = 0, j = 0; i < from.length; i += 4, j += 3) {
        rgb[j] = from[i] as number
        rgb[j + 1] = from[i + 1] as number
        rgb[j + 2] = from[i + 2] as number
      }
      return { width, height, rgb }
    } finally {
      raw._FPDFBitmap_Destroy(bitmap)
      raw.wasmExports.free(at)
    }
  }

  private signs(page: number, seen: Bitmap): Sign[] {
    const { raw } = this
    const text = raw._FPDFText_LoadPage(page)
    const at = raw.wasmExports.malloc(64)
    try {
      const width = raw._FPDF_GetPageWidthF(page)
      const height = raw._FPDF_GetPageHeightF(page)
      const found: (Sign & { object: number })[] = []
      const count = raw._FPDFText_CountChars(text)
      for (let i = 0; i < count; i++) {
        const code = raw._FPDFText_GetUnicode(text, i)
        const generated = raw._FPDFText_IsGenerated(text, i) === 1
        const object = generated ? 0 : raw._FPDFText_GetTextObject(text, i)
        const rect = this.rectOf(page, text, i, at, width, height)
        const sign = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
        found.push({ text: sign, rect, drawn: true, object })
      }
      const objects = new Set(found.map(one => one.object).filter(one => one !== 0))
      if (objects.size === 0) return found.map(({ text, rect }) => ({ text, rect, drawn: true }))
      // What the page looks like without its letters: a sign that makes no difference is seen by nobody
      const unseen = new Set([...objects].filter(one => raw._FPDFTextObj_GetTextRenderMode(one) === 3))
      for (const one of objects) raw._FPDFPageObj_SetIsActive(one, 0)
      const without = this.draw(page, seen.width, seen.height, 'without')
      const scale = seen.width / width
      return found.map(({ text, rect, object }) => {
        if (object === 0 || text.trim() === '') return { text, rect, drawn: true }
        const drawn = unseen.has(object)
          ? // The letters that a scanner recognised lie unseen over its picture: there has to be something to be read
            differs(seen, null, rect, scale)
          : differs(seen, without, rect, scale)
        return { text, rect, drawn }
      })
    } finally {
      raw.wasmExports.free(at)
      raw._FPDFText_ClosePage(text)
    }
  }

  private rectOf(page: number, text: number, i: number, at: number, width: number, height: number): Rect {
    const { raw } = this
    const corners = (x1: number, y1: number, x2: number, y2: number): Rect => {
      const [ax, ay] = this.toDevice(page, x1, y1, width, height, at)
      const [bx, by] = this.toDevice(page, x2, y2, width, height, at)
      return {
        left: Math.min(ax, bx),
        top: Math.min(ay, by),
        width: Math.abs(ax - bx),
        height: Math.abs(ay - by),
      }
    }
    raw._FPDFText_GetCharBox(text, i, at, at + 8, at + 16, at + 24)
    const [left, right, bottom, top] = new Float64Array(raw.HEAPU8.buffer, at, 4).slice() as unknown as [
      number,
      number,
      number,
      number,
    ]
    const tight = corners(left, bottom, right, top)
    if (raw._FPDFText_GetLooseCharBox(text, i, at) !== 1) return tight
    const [l, t, r, b] = new Float32Array(raw.HEAPU8.buffer, at, 4).slice() as unknown as [
      number,
      number,
      number,
      number,
    ]
    const loose = corners(l, b, r, t)
    return loose.width > 0 && loose.height > 0 ? around(loose, tight) : tight
  }

  /** In hundredths of a point, since the interface gives whole numbers. */
  private toDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    at: number,
  ): [number, number] {
    const fine = 100
    this.raw._FPDF_PageToDevice(
      page,
      0,
      0,
      Math.round(width * fine),
      Math.round(height * fine),
      0,
      x,
      y,
      at + 40,
      at + 44,
    )
    const [dx, dy] = new Int32Array(this.raw.HEAPU8.buffer, at + 40, 2).slice() as unknown as [number, number]
    return [dx / fine, dy / fine]
  }
}

/** A file that cannot be opened; the message names the remedy. */
export class NotOpened extends Error {}

function around(one: Rect, other: Rect): Rect {
  if (other.width <= 0 || other.height <= 0) return one
  const left = Math.min(one.left, other.left)
  const top = Math.min(one.top, other.top)
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  }
}

/** Whether within the place two pictures differ; against null: whether it holds more than one shade. */
function differs(seen: Bitmap, other: Bitmap | null, rect: Rect, scale: number): boolean {
  const from = { x: Math.max(0, Math.floor(rect.left * scale)), y: Math.max(0, Math.floor(rect.top * scale)) }
  const to = {
    x: Math.min(seen.width, Math.ceil((rect.left + rect.width) * scale)),
    y: Math.min(seen.height, Math.ceil((rect.top + rect.height) * scale)),
  }
  let low = 255
  let high = 0
  for (let y = from.y; y < to.y; y++)
    for (let i = (y * seen.width + from.x) * 3, end = (y * seen.width + to.x) * 3; i < end; i++) {
      const value = seen.rgb[i] as number
      if (other) {
        if (Math.abs(value - (other.rgb[i] as number)) > 12) return true
      } else {
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
    }
  return other === null && high - low > 24
}
