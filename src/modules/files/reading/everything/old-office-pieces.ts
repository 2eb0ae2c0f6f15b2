import { readDocument } from '../read-document.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import type { Inside } from './everything-in.ts'
import { type Gathered, within } from './piece.ts'

/**
 * .doc, .xls and other old Office files: the text of a .doc as its reader tells it, and of all of them whatever stands in the
 * file as words, in UTF-16 and in single bytes. Numbers in cells of an .xls are kept as binary: those a person has to look at.
 */
export async function oldOfficePieces(gathered: Gathered, file: Inside): Promise<void> {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    return gathered.cannotRead(file.place, '设有打开密码，没有检查。请去掉密码后再上传。')
  await readDocument(file.name, file.bytes).then(
    document => {
      if (document.form !== 'text') return
      for (const [at, text] of document.text.split('\n').entries())
        gathered.add({ text, kind: 'text', place: within(file.place, `第 ${at + 1} 段`) })
    },
    error => {
      if (!(error instanceof UnreadableFile)) throw error
    },
  )
  const place = within(file.place, '旧格式文件内部')
  for (const text of wordsIn(bytes)) gathered.add({ text, kind: 'leftover', place })
  if (bytes.includes(Buffer.from('Workbook', 'utf16le')))
    gathered.cannotRead(
      file.place,
      '是旧版表格（.xls），单元格里的数字机器读不全。请另存为 .xlsx 再上传，或者人工核对。',
    )
}

function* wordsIn(bytes: Buffer): Generator<string> {
  for (const shift of [0, 1]) {
    const text = bytes.subarray(shift).toString('utf16le')
    for (const [found] of text.matchAll(/[\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]{6,}/g))
      if (/\d/.test(found) || found.includes('@')) yield found
  }
  for (const [found] of bytes.toString('latin1').matchAll(/[\x20-\x7e]{8,}/g))
    if (/\d{7}|@/.test(found)) yield found
}
