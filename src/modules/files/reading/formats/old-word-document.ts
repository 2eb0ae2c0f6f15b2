import type { ReadDocument, ReadingDoubt } from '../read-document.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'

/** .doc, and .wps that is built like one → text in paragraphs. Heads and feet of the pages are left out. */
export async function readOldWordDocument(
  file: string,
  bytes: Uint8Array,
  hasMacros: boolean,
): Promise<ReadDocument> {
  if (hasMacros) {
    const why = `“${file}”带有宏（能自动运行的程序），没有读取。请在 Word 或 WPS 里另存为不带宏的 .docx，再导入。`
    throw new UnreadableFile('macros', why)
  }
  const { default: WordExtractor } = await import('word-extractor')
  const document = await new WordExtractor().extract(Buffer.from(bytes)).catch((error: Error) => {
    throw /encrypt/i.test(error.message) ? encrypted(file) : damaged(file)
  })
  const text = tidy(withTables(document.getBody({ filterUnicode: false })))
  const boxes = tidy(document.getTextboxes({ filterUnicode: false, includeHeadersAndFooters: false }))
  if (`${text}${boxes}`.trim() === '') {
    const why = `“${file}”里没有文字，可能正文是图片。请用 Word 打开核对；扫描件请先做文字识别（OCR）并校对，再导入。`
    throw new UnreadableFile('scanned', why)
  }
  return { form: 'text', format: 'doc', text, doubts: doubtsOf(file, boxes, tidy(document.getAnnotations())) }
}

/** Cells end with a tab, pictures and fields leave signs of their own. */
function tidy(text: string): string {
  return (
    text
      .replace(/\r\n?|[\v\f]/g, '\n')
      .replace(/[ \t]+$/gm, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these signs stand for pictures and fields.
      .replace(/[\0-\x08\x0e-\x1f\x7f]/g, '')
  )
}

/** Every cell ends with a tab. Two rows and more of the same length are a table, as text writes one: `| a | b |`. */
function withTables(text: string): string {
  const lines = text.split('\n')
  const cells = lines.map(line => (line.endsWith('\t') ? line.split('\t').slice(0, -1) : []))
  const width = (i: number) => cells[i]?.length ?? 0
  return lines
    .map((line, i) => {
      const inTable = width(i) >= 2 && (width(i) === width(i - 1) || width(i) === width(i + 1))
      return inTable
        ? `| ${(cells[i] ?? []).map(cell => cell.trim().replaceAll('|', '｜')).join(' | ')} |`
        : line
    })
    .join('\n')
}

function doubtsOf(file: string, boxes: string, comments: string): ReadingDoubt[] {
  const doubts: ReadingDoubt[] = []
  if (boxes.trim() !== '') {
    doubts.push({
      why: `文本框里的文字没有读入正文：“${boxes.trim().replace(/\s+/g, ' ').slice(0, 60)}”。请对照原件补上。`,
    })
  }
  if (comments.trim() !== '') doubts.push({ why: '文件里有批注，没有读入正文。请核对这是不是定稿。' })
  if (/\.wps$/i.test(file)) {
    doubts.push({
      why: '这是 WPS 文字格式，表格可能不完整，图片没有读入。要完整读入，请用 WPS 打开，另存为 .docx 后再导入。',
    })
  }
  return doubts
}
