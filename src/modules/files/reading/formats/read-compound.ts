import type { ReadDocument } from '../read-document.ts'
import { damaged, encrypted, UnreadableFile } from '../unreadable-file.ts'
import { compoundStreams } from './compound-streams.ts'

/** An old Office or WPS file. Its streams say which, whatever it is called; only text documents are read. */
export async function readCompound(file: string, bytes: Uint8Array): Promise<ReadDocument> {
  const streams = compoundStreams(bytes)
  if (!streams) throw damaged(file)
  if (streams.encrypted) throw encrypted(file)
  const has = (name: string) => streams.names.has(name)
  if (has('WordDocument')) {
    return (await import('./old-word-document.ts')).readOldWordDocument(file, bytes, streams.hasMacros)
  }
  const why =
    has('Workbook') || has('Book')
      ? '是旧版 Excel 或 WPS 表格（.xls、.et），没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。'
      : has('PowerPoint Document')
        ? '是旧版演示文稿（.ppt、.dps），没有读取。请用 PowerPoint 或 WPS 打开，另存为 .pdf 后再导入。'
        : '是旧版 WPS 或其他办公软件的文件，没有读取。请用 WPS 或 Word 打开，另存为 .docx 后再导入。'
  throw new UnreadableFile('unsupported', `“${file}”${why}`)
}
