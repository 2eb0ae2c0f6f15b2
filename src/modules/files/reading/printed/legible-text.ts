import type { ReadingDoubt } from '../read-document.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { withoutRadicals } from './radicals.ts'

/** Fewer characters on a page are a page number or a stamp. */
const EMPTY_PAGE = 6

/** Signs for control, for private use, or for what could not be decoded: a font that hides its characters. */
const BROKEN = /[\p{Cc}\p{Co}\ufffd]/gu

/** What was printed, with the doubts about it; a scan, or a file that hides its characters, is refused. */
export function legibleText(
  file: string,
  text: string,
  lettersOnPages: readonly number[],
): { text: string; doubts: ReadingDoubt[] } {
  const empty = lettersOnPages.flatMap((letters, i) => (letters < EMPTY_PAGE ? [i + 1] : []))
  if (empty.length === lettersOnPages.length) {
    const why =
      `“${file}”里没有文字，像是扫描件（每页是一张图片），没有读取。` +
      '请先做文字识别（OCR）并对照原件校对，存为 .docx 或 .txt 后再导入；原件可以作为附件上传。'
    throw new UnreadableFile('scanned', why)
  }
  const plain = withoutRadicals(text).replace(/[\0\u00ad\u200b]/g, '')
  const letters = plain.replace(/\s/g, '').length
  const broken = [...plain.replace(/\s/g, '').matchAll(BROKEN)].length
  if (broken > letters * 0.2) {
    const why =
      `“${file}”的文字编码读不出（看得见字，但文件里没有说明是什么字），没有读取。` +
      '请找到它的 Word 原稿，或做文字识别（OCR）并校对，存为 .docx 或 .txt 后再导入。'
    throw new UnreadableFile('unknown-encoding', why)
  }
  const doubts: ReadingDoubt[] = []
  if (broken > 0) doubts.push({ why: `有 ${broken} 个字的编码读不出，可能显示为方框。请对照原件补上。` })
  if (empty.length > 0) {
    const pages = `${empty.slice(0, 10).join('、')}${empty.length > 10 ? ' 等' : ''}`
    doubts.push({
      why: `第 ${pages} 页没有文字，可能是图片或扫描页（共 ${empty.length} 页）。请对照原件补上。`,
    })
  }
  return { text: plain, doubts }
}
