import type { ReadDocument } from '../read-document.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { openPackage, type Package } from '../zip/open-package.ts'

/** A zip that is one document: .docx, .xlsx, .ofd. Its parts say which, whatever it is called. */
export async function readPackage(file: string, bytes: Uint8Array): Promise<ReadDocument> {
  const parts = await openPackage(file, bytes)
  const kind = packageKind(parts.names)
  if (kind === 'docx') return (await import('./word-document.ts')).readWordDocument(file, parts)
  if (kind === 'xlsx') return (await import('./spreadsheet.ts')).readSpreadsheet(file, parts, bytes)
  if (kind === 'ofd') return (await import('./ofd-document.ts')).readOfd(file, parts)
  throw new UnreadableFile('unsupported', `“${file}”${REFUSALS[kind]}`)
}

type PackageKind = 'docx' | 'xlsx' | 'ofd' | 'xlsb' | 'pptx' | 'opendocument' | 'zip'

const REFUSALS: Record<Exclude<PackageKind, 'docx' | 'xlsx' | 'ofd'>, string> = {
  xlsb: '是二进制的 Excel 表格（.xlsb），没有读取。请用 Excel 打开，另存为 .xlsx 后再导入。',
  pptx: '是演示文稿，没有读取。请用 PowerPoint 或 WPS 打开，另存为 .pdf 后再导入。',
  opendocument:
    '是 OpenDocument 文档（.odt、.ods），没有读取。请用 WPS 或 LibreOffice 打开，另存为 .docx 或 .xlsx 后再导入。',
  zip: '其实是 ZIP 压缩包。请把扩展名改成 .zip 后再导入。',
}

/** Which document the parts of a zip make up; `zip` when none. */
export function packageKind(names: Package['names']): PackageKind {
  const has = (part: string) => names.includes(part)
  const within = (folder: string) => names.some(name => name.startsWith(folder))
  if (has('OFD.xml')) return 'ofd'
  if (!has('[Content_Types].xml')) return has('mimetype') && has('content.xml') ? 'opendocument' : 'zip'
  if (within('word/')) return 'docx'
  if (has('xl/workbook.bin')) return 'xlsb'
  if (within('xl/')) return 'xlsx'
  return within('ppt/') ? 'pptx' : 'zip'
}
