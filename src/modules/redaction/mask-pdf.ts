import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Box } from './engine/box.ts'
import { burn } from './engine/burn.ts'
import { pagesOf } from './engine/open-pages.ts'
import { textOfLine } from './engine/page.ts'
import { NotOpened } from './engine/pdfium.ts'
import { prove } from './engine/prove.ts'
import { inFolder } from './keep-bytes.ts'
import { placeIn } from './personal-places.ts'
import { withoutPictureFacts } from './picture-facts.ts'

/** Where in a text something stands that has to go. */
export type FindSecrets = (text: string) => readonly { at: number; end: number }[]

/**
 * A clean public copy of a PDF: made anew from its pixels, without what is found, proved. Of a PNG or JPEG: the same picture without
 * anything it says of itself. Null: of another format, nothing to be found on its pages, or the proof failed.
 */
export async function maskPdf(
  name: string,
  bytes: Uint8Array,
  find: FindSecrets,
): Promise<Uint8Array | null> {
  if (/\.(?:png|jpe?g)$/i.test(name)) return withoutPictureFacts(bytes)
  if (!/\.pdf$/i.test(name)) return null
  try {
    const pages = await pagesOf(name, bytes)
    try {
      const boxes: Box[] = []
      for (let number = 1; number <= pages.count; number++)
        for (const line of (await pages.read(number)).lines)
          for (const { at, end } of find(textOfLine(line))) {
            const rect = placeIn(line, at, end)
            if (rect) boxes.push({ page: number, rect, ground: 'PRIVACY' })
          }
      return await inFolder(async folder => {
        const path = join(folder, 'copy.pdf')
        // The title of the original may name somebody
        await burn(pages, boxes, { title: '公开文本' }, path)
        return (await prove(pages, boxes, path)).length === 0 ? await readFile(path) : null
      })
    } finally {
      pages.close()
    }
  } catch (error) {
    if (error instanceof NotOpened) return null
    throw error
  }
}
