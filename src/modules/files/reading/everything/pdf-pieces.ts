import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { encrypted } from '../unreadable-file.ts'
import { type Inside, readInto } from './everything-in.ts'
import { type Gathered, within } from './piece.ts'

const mostPages = 3000
const mostVersions = 5

/**
 * .pdf: whatever text a page holds, also under a black box, off the page or white on white; annotations, fields, properties,
 * attached files, and what an earlier saving of the same file still says. A page that is only a picture is told as unread.
 */
export async function pdfPieces(gathered: Gathered, file: Inside): Promise<void> {
  await oneVersion(gathered, file)
  const before = gathered.pieces.length
  for (const [number, bytes] of earlierVersions(file.bytes).entries()) {
    const place = within(file.place, `文件里留着的旧版本（第 ${number + 1} 次保存）`)
    const old = { ...file, bytes, place }
    const unread = gathered.unread.length
    await oneVersion(gathered, old).catch(() => {})
    gathered.unread.splice(unread)
  }
  for (const piece of gathered.pieces.slice(before)) piece.kind = 'leftover'
}

/** Each saving appends to the file and ends with %%EOF; what it replaced stays before. */
function earlierVersions(bytes: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ends: number[] = []
  for (let at = buffer.indexOf('%%EOF'); at >= 0; at = buffer.indexOf('%%EOF', at + 5)) ends.push(at + 5)
  return ends
    .slice(0, -1)
    .slice(-mostVersions)
    .map(end => buffer.subarray(0, end))
}

async function oneVersion(gathered: Gathered, file: Inside): Promise<void> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const loading = pdfjs.getDocument({
    data: new Uint8Array(file.bytes),
    cMapUrl: join(folder, 'cmaps', '/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts', '/'),
    wasmUrl: join(folder, 'wasm', '/'),
    disableFontFace: true,
    stopAtErrors: false,
    useSystemFonts: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    // Nothing is drawn here
    maxImageSize: 1,
  })
  try {
    const document = await loading.promise
    const pages = Math.min(document.numPages, mostPages)
    if (document.numPages > mostPages)
      gathered.cannotRead(file.place, `超过 ${mostPages} 页，后面的没有检查。请拆成几份。`)
    const empty: number[] = []
    for (let number = 1; number <= pages; number++) {
      const page = await document.getPage(number)
      const place = within(file.place, `第 ${number} 页`)
      const { items } = await page.getTextContent({
        includeMarkedContent: false,
        disableNormalization: false,
      })
      const lines = linesOf(items.flatMap(item => ('str' in item ? [item] : [])))
      if (lines.length === 0) empty.push(number)
      for (const text of lines) gathered.add({ text, kind: 'text', place })
      const shown = lines.join('').replace(/\s/g, '')
      for (const text of writtenIn(await page.getOperatorList(), pdfjs.OPS))
        if (!shown.includes(text.replace(/\s/g, '')))
          gathered.add({ text, kind: 'hidden', place: within(place, '页面以外') })
      for (const text of (await page.getAnnotations()).flatMap(saidByAnnotation))
        gathered.add({ text, kind: 'comment', place: within(place, '注释或表单') })
      page.cleanup()
      await setImmediate()
    }
    if (empty.length > 0)
      gathered.cannotRead(
        file.place,
        `第 ${shownPages(empty)} 页是图片（扫描件），机器看不到上面的字，请人工逐页核对。`,
      )
    await aboutDocument(gathered, file, document)
  } catch (error) {
    throw (error as Error).name === 'PasswordException' ? encrypted(file.name) : error
  } finally {
    await loading.destroy()
  }
}

const shownPages = (pages: readonly number[]) =>
  pages.length > 10 ? `${pages.slice(0, 10).join('、')} 等 ${pages.length}` : pages.join('、')

/** Every text that a page writes, block by block, also where no reader would see it. */
function writtenIn(
  list: { fnArray: readonly number[]; argsArray: readonly unknown[] },
  operators: { showText: number; endText: number },
): string[] {
  const texts: string[] = []
  let text = ''
  for (const [at, operator] of list.fnArray.entries()) {
    if (operator === operators.showText) {
      const [glyphs] = list.argsArray[at] as [readonly ({ unicode?: string } | number | null)[]]
      for (const glyph of glyphs) if (typeof glyph === 'object') text += glyph?.unicode ?? ''
    } else if (operator === operators.endText && text !== '') {
      texts.push(text)
      text = ''
    }
  }
  return text === '' ? texts : [...texts, text]
}

interface Item {
  str: string
  transform: number[]
  width: number
  hasEOL: boolean
}

/** Text of the same height in one line, from left to right; letters that stand close are one word. */
function linesOf(items: readonly Item[]): string[] {
  const lines: { y: number; items: Item[] }[] = []
  for (const item of items) {
    if (item.str.trim() === '') continue
    const y = item.transform[5] ?? 0
    const line = lines.find(one => Math.abs(one.y - y) < 3)
    if (line) line.items.push(item)
    else lines.push({ y, items: [item] })
  }
  lines.sort((one, other) => other.y - one.y)
  return lines.map(line => {
    let text = ''
    let end = Number.NaN
    for (const item of line.items.toSorted(
      (one, other) => (one.transform[4] ?? 0) - (other.transform[4] ?? 0),
    )) {
      const from = item.transform[4] ?? 0
      text += (from - end > 2 ? ' ' : '') + item.str
      end = from + item.width
    }
    return text
  })
}

function saidByAnnotation(annotation: Record<string, unknown>): string[] {
  const said = [
    (annotation.contentsObj as { str?: string } | undefined)?.str,
    (annotation.titleObj as { str?: string } | undefined)?.str,
    annotation.fieldValue,
    annotation.defaultFieldValue,
    annotation.alternativeText,
    annotation.url ?? annotation.unsafeUrl,
    (annotation.textContent as string[] | undefined)?.join(' '),
  ]
  return said.flat().filter((text): text is string => typeof text === 'string' && text.trim() !== '')
}

interface Told {
  getMetadata(): Promise<{ info: object; metadata: { getRaw(): unknown } | null }>
  getAttachments(): Promise<Map<string, { filename: string; content?: Uint8Array | null | undefined }> | null>
  getAttachmentContent(id: string): Promise<Uint8Array | null>
  getOutline(): Promise<unknown>
}

async function aboutDocument(gathered: Gathered, file: Inside, document: unknown): Promise<void> {
  const told = document as Told
  const { info, metadata } = await told.getMetadata()
  const place = within(file.place, '文档属性')
  for (const value of Object.values(info)) {
    const texts = typeof value === 'object' && value !== null ? Object.values(value) : [value]
    // Times of saving are figures only
    for (const text of texts)
      if (typeof text === 'string' && !/^D:\d{14}/.test(text)) gathered.add({ text, kind: 'property', place })
  }
  const raw = metadata?.getRaw()
  if (typeof raw === 'string') gathered.add({ text: raw.replace(/<[^>]*>/g, '\n'), kind: 'property', place })
  for (const text of titlesOf(await told.getOutline()))
    gathered.add({ text, kind: 'property', place: within(file.place, '书签') })
  for (const [id, { filename, content }] of (await told.getAttachments()) ?? []) {
    gathered.add({ text: filename, kind: 'file-name', place: within(file.place, '附带文件的名称') })
    const inner = within(file.place, `附带的文件“${filename}”`)
    const bytes = content ?? (await told.getAttachmentContent(id))
    if (!bytes) gathered.cannotRead(inner, '取不出来，没有检查。请人工核对。')
    else await readInto(gathered, { name: filename, bytes, place: inner, depth: file.depth + 1 })
  }
}

function titlesOf(outline: unknown): string[] {
  if (!Array.isArray(outline)) return []
  return outline.flatMap((one: { title?: string; items?: unknown }) => [
    one.title ?? '',
    ...titlesOf(one.items),
  ])
}
