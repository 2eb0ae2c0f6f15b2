import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { legibleText } from '../printed/legible-text.ts'
import { type Matrix, orientedTexts } from '../printed/oriented-texts.ts'
import { looksTabular, type PrintedPage } from '../printed/printed-page.ts'
import { textOfPages } from '../printed/printed-text.ts'
import type { ReadDocument } from '../read-document.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'
import { rulesOf } from './pdf-rules.ts'

const PAGE_LIMIT = 3000

/** .pdf with text in it → text in paragraphs. Other work goes on between its pages. */
export async function readPdf(file: string, bytes: Uint8Array): Promise<ReadDocument> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const loading = pdfjs.getDocument({
    // It takes the bytes for itself; the original stays with us.
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps', '/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts', '/'),
    wasmUrl: join(folder, 'wasm', '/'),
    disableFontFace: true,
    stopAtErrors: false,
    useSystemFonts: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  try {
    const document = await loading.promise
    if (document.numPages > PAGE_LIMIT) throw tooManyPages(file, document.numPages)
    const pages: PrintedPage[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const { width, height, transform } = page.getViewport({ scale: 1 })
      const { items } = await page.getTextContent()
      const texts = items.flatMap(item => {
        if (!('str' in item) || item.str.trim() === '') return []
        return [
          {
            text: item.str,
            width: item.width,
            matrix: pdfjs.Util.transform(transform, item.transform) as Matrix,
          },
        ]
      })
      const printed: PrintedPage = { width, height, texts: orientedTexts(texts) }
      const goesOn = (pages.at(-1)?.rules?.length ?? 0) > 0
      if (goesOn || looksTabular(printed))
        printed.rules = await rulesOf(page, pdfjs.OPS, pdfjs.Util.transform, transform)
      pages.push(printed)
      page.cleanup()
      await setImmediate()
    }
    const letters = pages.map(page =>
      page.texts.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0),
    )
    return { form: 'text', format: 'pdf', ...legibleText(file, textOfPages(pages), letters) }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw (error as Error).name === 'PasswordException' ? encrypted(file) : damaged(file)
  } finally {
    await loading.destroy()
  }
}

function tooManyPages(file: string, pages: number): UnreadableFile {
  const why = `“${file}”有 ${pages} 页，超过一份文件 ${PAGE_LIMIT} 页的上限，没有读取。请拆成几份后再导入。`
  return new UnreadableFile('too-large', why)
}
