const MEGABYTE = 1024 * 1024

/** The largest .txt, .html or .csv that is read as one document. The caller checks it by size before it reads a byte. */
export const TEXT_LIMIT_BYTES = 20 * MEGABYTE

/** The largest .docx, .doc, .pdf, .ofd or .xlsx. */
export const DOCUMENT_LIMIT_BYTES = 200 * MEGABYTE

export type UnreadableReason =
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'unknown-encoding'
  | 'web-archive'
  | 'malformed'
  | 'encrypted'
  | 'macros'
  | 'bomb'
  | 'scanned'
  | 'unsupported'

/** The only error the reading functions throw. Its message is for people: what it is, and what to do about it. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, message: string) {
    super(message)
    this.name = 'UnreadableFile'
    this.reason = reason
  }
}

export function tooLargeMessage(file: string, bytes: number, limit = TEXT_LIMIT_BYTES): string {
  const what = limit === TEXT_LIMIT_BYTES ? '单个文本文件' : '单个文档'
  return (
    `“${file}”有 ${megabytes(bytes)}，超过${what} ${megabytes(limit)} 的上限，没有读取，原文件未动。` +
    '请确认它是一份文件而不是整站打包；如果里面有多份文件，请拆开后逐份导入。'
  )
}

export function tooLarge(file: string, bytes: number, limit = TEXT_LIMIT_BYTES): UnreadableFile {
  return new UnreadableFile('too-large', tooLargeMessage(file, bytes, limit))
}

export function damaged(file: string): UnreadableFile {
  const why = `“${file}”不完整或已损坏，打不开。请用原来的软件打开核对，重新保存或重新下载后再导入。`
  return new UnreadableFile('malformed', why)
}

export function encrypted(file: string): UnreadableFile {
  const why = `“${file}”设有打开密码，读不了。请用原来的软件打开，去掉密码后另存，再导入。`
  return new UnreadableFile('encrypted', why)
}

function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(bytes % MEGABYTE === 0 ? 0 : 1)} MB`
}
