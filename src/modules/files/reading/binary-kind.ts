/** What a file that is not plain text really is, in words for people, and how to make it readable. */
export type BinaryKind = { what: string; remedy: string }

const AS_TEXT = '请用能打开它的软件打开，另存为“纯文本（.txt）”或“网页（.html）”后再导入。'
const AS_WORD = '请用 Word 或 WPS 打开，另存为 .docx 后再导入。'
const NOT_A_TEXT = '它里面没有可以读取的文字，请找到文件的文字版；扫描件请先做文字识别（OCR）并校对，再导入。'
const UNPACK = '请先解压，再导入里面的文件，或重新压缩为 .zip。'
const AS_PDF = '请用它的阅读器打开，打印或另存为 .pdf 后再导入。'

const SIGNATURES: [bytes: string, at: number, kind: BinaryKind][] = [
  ['\xd0\xcf\x11\xe0', 0, { what: '旧版 Word、WPS 或 Excel 文档（.doc、.wps、.xls）', remedy: AS_TEXT }],
  ['%PDF', 0, { what: 'PDF 文档', remedy: AS_TEXT }],
  ['{\\rtf', 0, { what: 'RTF 文档', remedy: AS_WORD }],
  ['\x89PNG', 0, { what: 'PNG 图片', remedy: NOT_A_TEXT }],
  ['\xff\xd8\xff', 0, { what: 'JPEG 图片', remedy: NOT_A_TEXT }],
  ['GIF8', 0, { what: 'GIF 图片', remedy: NOT_A_TEXT }],
  ['WEBP', 8, { what: 'WebP 图片', remedy: NOT_A_TEXT }],
  ['II*\0', 0, { what: 'TIFF 图片', remedy: NOT_A_TEXT }],
  ['MM\0*', 0, { what: 'TIFF 图片', remedy: NOT_A_TEXT }],
  ['ftyp', 4, { what: '视频', remedy: NOT_A_TEXT }],
  ['ID3', 0, { what: '音频', remedy: NOT_A_TEXT }],
  ['CAJ', 0, { what: '知网 CAJ 文件', remedy: AS_PDF }],
  ['Founder CEB', 0, { what: '方正 CEB 版式文件', remedy: AS_PDF }],
  ['BM', 0, { what: 'BMP 图片', remedy: NOT_A_TEXT }],
  ['Rar!', 0, { what: 'RAR 压缩包', remedy: UNPACK }],
  ['7z\xbc\xaf', 0, { what: '7z 压缩包', remedy: UNPACK }],
  ['\x1f\x8b', 0, { what: 'gzip 压缩包', remedy: UNPACK }],
  ['MZ', 0, { what: '程序文件', remedy: '它不是公文，请不要导入，也不要打开。' }],
  ['\x7fELF', 0, { what: '程序文件', remedy: '它不是公文，请不要导入，也不要打开。' }],
]

/** Names a known file format by its content, whatever the file is called. Null: no known binary format. */
export function binaryKind(bytes: Uint8Array): BinaryKind | null {
  if (startsWith(bytes, 'PK\x03\x04', 0)) return packedKind(bytes)
  for (const [signature, at, kind] of SIGNATURES) {
    if (!startsWith(bytes, signature, at)) continue
    // A signature of ordinary letters may open an honest text; a zero byte cannot stand in one.
    if (/[^ -~]|^%PDF|^\{/.test(signature) || bytes.subarray(0, 4096).includes(0)) return kind
  }
  return null
}

/** Office files are zip packages; the names of their parts stand uncompressed at the start and at the end. */
function packedKind(bytes: Uint8Array): BinaryKind {
  const names = latin1(bytes.subarray(0, 65_536)) + latin1(bytes.subarray(Math.max(0, bytes.length - 65_536)))
  if (names.includes('word/')) return { what: 'Word 文档（.docx）', remedy: AS_TEXT }
  if (names.includes('xl/')) return { what: 'Excel 表格（.xlsx）', remedy: AS_TEXT }
  if (names.includes('ppt/')) return { what: 'PowerPoint 演示文稿（.pptx）', remedy: AS_TEXT }
  if (names.includes('OFD.xml')) return { what: 'OFD 版式文件（.ofd）', remedy: AS_TEXT }
  return { what: 'ZIP 压缩包', remedy: UNPACK }
}

function startsWith(bytes: Uint8Array, signature: string, at: number): boolean {
  for (let i = 0; i < signature.length; i++) if (bytes[at + i] !== signature.charCodeAt(i)) return false
  return true
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
