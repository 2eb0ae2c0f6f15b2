import { setImmediate } from 'node:timers/promises'
import { type Box, grounds } from './box.ts'
import { type Covered, cover } from './cover.ts'
import { type Pages, pixelsOf } from './page.ts'
import { PdfWriter } from './pdf-writer.ts'
import type { Bitmap } from './pdfium.ts'
import { pixelsUnder, stampOf } from './stamp.ts'

export interface About {
  title: string
  language?: string
  /** Told after each page. */
  progress?: (done: number, of: number) => Promise<void>
}

/**
 * Writes a new PDF at `path` out of nothing but the pixels of the pages and the words outside the boxes. Boxes are black with the
 * short words of their ground. One page is in memory at a time. @returns its size in bytes.
 */
export async function burn(pages: Pages, boxes: readonly Box[], about: About, path: string): Promise<number> {
  const writer = await PdfWriter.create(path)
  try {
    for (let number = 1; number <= pages.count; number++) {
      const page = await pages.read(number)
      const { scale } = pixelsOf(page.width, page.height)
      const covered = cover(
        page.lines,
        boxes.filter(box => box.page === number),
      )
      for (const place of covered.places) await blacken(page.picture, place, scale)
      await writer.page({ ...page, paragraphs: covered.paragraphs })
      await about.progress?.(number, pages.count)
      await setImmediate()
    }
    return await writer.end({ title: about.title, language: about.language ?? 'zh-CN' })
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function blacken(
  picture: Bitmap,
  { rect, box }: Covered['places'][number],
  scale: number,
): Promise<void> {
  const at = pixelsUnder(rect, scale, picture)
  if (at.width === 0 || at.height === 0) return
  const stamp = await stampOf(grounds[box.ground].label, at.width, at.height, scale)
  for (let y = 0; y < at.height; y++)
    picture.rgb.set(
      stamp.rgb.subarray(y * at.width * 3, (y + 1) * at.width * 3),
      ((at.y + y) * picture.width + at.x) * 3,
    )
}
