/** The largest .txt or .html that is read as one document. The caller checks it by size before it reads a byte. */
export const TEXT_LIMIT_BYTES = 20 * 1024 * 1024

export type UnreadableReason =
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'unknown-encoding'
  | 'web-archive'
  | 'malformed'

/** The only error the reading functions throw. Its message is for people: what it is, and what to do about it. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, message: string) {
    super(message)
    this.name = 'UnreadableFile'
    this.reason = reason
  }
}

export function tooLargeMessage(file: string, bytes: number): string {
  return (
    `“${file}”有 ${megabytes(bytes)}，超过单个文本文件 ${megabytes(TEXT_LIMIT_BYTES)} 的上限，没有读取，原文件未动。` +
    '请确认它是一份文件而不是整站打包；如果里面有多份文件，请拆开后逐份导入。'
  )
}

export function tooLarge(file: string, bytes: number): UnreadableFile {
  return new UnreadableFile('too-large', tooLargeMessage(file, bytes))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1)} MB`
}
