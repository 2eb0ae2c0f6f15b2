import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A line of a page as a ruler finds it; millimetres from the upper left corner of the paper. */
export interface MeasuredLine {
  text: string
  baseline: number
  left: number
  right: number
  /** Height of its type in points. */
  points: number
}

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const mm = (points: number) => (points / 72) * 25.4

/** What a reader of PDF finds: its pages as lines, its properties, the tags of its structure. */
export async function measuredPages(pdf: Uint8Array) {
  const loading = getDocument({
    data: new Uint8Array(pdf),
    cMapUrl: join(folder, 'cmaps', '/'),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  const document = await loading.promise
  const pages: MeasuredLine[][] = []
  const tags = new Set<string>()
  const texts: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const height = page.getViewport({ scale: 1 }).height
    const { items } = await page.getTextContent()
    const lines: MeasuredLine[] = []
    for (const item of items) {
      if (!('str' in item)) continue
      texts.push(item.str)
      const [, slant, , , x = 0, y = 0] = item.transform as number[]
      if (item.str.trim() === '' || Math.abs(slant ?? 0) > 0.01) continue
      const baseline = mm(height - y)
      const line = lines.find(one => Math.abs(one.baseline - baseline) < 0.3)
      if (line) {
        line.text += item.str
        line.left = Math.min(line.left, mm(x))
        line.right = Math.max(line.right, mm(x + item.width))
      } else
        lines.push({ text: item.str, baseline, left: mm(x), right: mm(x + item.width), points: item.height })
    }
    pages.push(lines.sort((a, b) => a.baseline - b.baseline))
    collectTags(await page.getStructTree(), tags)
  }
  const { info } = await document.getMetadata()
  await loading.destroy()
  return { pages, tags, text: texts.join(''), info: info as Record<string, unknown> }
}

interface Tagged {
  role?: string
  children?: unknown[]
}

function collectTags(node: Tagged | null, into: Set<string>): void {
  if (!node) return
  if (node.role) into.add(node.role)
  for (const child of node.children ?? []) collectTags(child as Tagged, into)
}
