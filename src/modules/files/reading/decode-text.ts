import { binaryKind } from './binary-kind.ts'
import { UnreadableFile } from './unreadable-file.ts'

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** A place where characters could not be read. Line and column count from 1. */
export type DecodeDoubt = { line: number; column: number; why: string }

export type DecodedText = { text: string; encoding: TextEncoding; doubts: DecodeDoubt[] }

const DOUBTS_LISTED = 20

/**
 * Bytes of a text or a saved page → text with `\n` line ends. The content decides on the encoding; what the page
 * says about itself only breaks a tie, because browsers re-encode pages and leave the old declaration in place.
 * Throws nothing but UnreadableFile. The bytes are left as they are: they remain the original.
 */
export function decodeText(bytes: Uint8Array, file = '这个文件'): DecodedText {
  if (bytes.length === 0)
    throw new UnreadableFile('empty', `“${file}”是空文件，没有内容。请核对是否选错了文件，或重新下载。`)
  const encoding = encodingOf(bytes, file)
  const decoded = new TextDecoder(encoding).decode(bytes)
  refuseRubbish(decoded, file)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to find and drop them.
  const text = decoded.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replace(/[\0-\x08\x0e-\x1f\x7f]/g, '')
  if (text.trim() === '') {
    throw new UnreadableFile('empty', `“${file}”里只有空白，没有文字。请核对是否选错了文件，或重新下载。`)
  }
  return { text, encoding, doubts: unreadPlaces(text) }
}

function encodingOf(bytes: Uint8Array, file: string): TextEncoding {
  const marked = byteOrderMark(bytes)
  if (marked) return marked
  const kind = binaryKind(bytes)
  if (kind)
    throw new UnreadableFile('binary', `“${file}”其实是${kind.what}，不是纯文本，没有读取。${kind.remedy}`)

  if (bytes.includes(0)) {
    const wide = utf16Without(bytes)
    if (wide) return wide
    throw notText(file, bytes.indexOf(0))
  }
  const declared = declaredCharset(bytes)
  if (isUtf8(bytes)) return isGb(declared) && wideCharacters(bytes) < 3 ? 'gb18030' : 'utf-8'
  if (declared && !isGb(declared) && !/^utf-?8$/.test(declared)) {
    throw new UnreadableFile(
      'unknown-encoding',
      `“${file}”注明的编码是 ${declared}，这里不支持。请用浏览器或记事本打开，另存为 UTF-8 编码后再导入。`,
    )
  }
  // Damaged UTF-8 still reads mostly well as UTF-8; GBK read as UTF-8 fails at nearly every character.
  const broken = count(new TextDecoder('utf-8').decode(bytes), /\ufffd+/g)
  if (broken * 10 <= wideCharacters(bytes)) return 'utf-8'
  const wide = utf16Without(bytes)
  if (wide && chineseShare(new TextDecoder('gb18030').decode(bytes)) < 0.5) return wide
  return 'gb18030'
}

function byteOrderMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** UTF-16 without a mark shows itself: read the right way round, nearly all is Chinese, ASCII or their signs. */
function utf16Without(bytes: Uint8Array): TextEncoding | null {
  const sample = bytes.subarray(0, Math.min(bytes.length, 8192) & ~1)
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = new TextDecoder(encoding).decode(sample)
    if (text.length > 0 && count(text, EXPECTED) / text.length >= 0.95) return encoding
  }
  return null
}

const EXPECTED = /[\t\r\n -~\u00a0-\u00ff\u2000-\u206f\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g

function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]?.toLowerCase() ?? null
}

function isGb(charset: string | null): boolean {
  return charset !== null && /^(gb2312|gbk|gb18030|gb_2312-80|x-gbk)$/.test(charset)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Lead bytes of three-byte sequences: in UTF-8, about the number of Chinese characters. */
function wideCharacters(bytes: Uint8Array): number {
  let found = 0
  for (let i = 0; i + 2 < bytes.length; i++) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]]
    if (a >= 0xe0 && a <= 0xef && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80) found++
  }
  return found
}

function chineseShare(text: string): number {
  return count(text, /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g) / Math.max(1, text.length)
}

function refuseRubbish(text: string, file: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what betrays a binary file.
  const odd = /[\0-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]/g
  if (count(text, odd) > text.length * 0.2) throw notText(file, text.search(odd))
}

function notText(file: string, at: number): UnreadableFile {
  return new UnreadableFile(
    'binary',
    `“${file}”不是纯文本：第 ${at + 1} 个字符附近就无法读成文字。` +
      '它可能是改了扩展名的 Word 文档、图片或压缩包。请用原来的软件打开，另存为“纯文本（.txt）”或“网页（.html）”后再导入。',
  )
}

function unreadPlaces(text: string): DecodeDoubt[] {
  const doubts: DecodeDoubt[] = []
  let total = 0
  let line = 1
  let lineStart = 0
  let seen = 0
  for (const match of text.matchAll(/\ufffd+/g)) {
    total++
    if (total > DOUBTS_LISTED) continue
    for (
      let end = text.indexOf('\n', seen);
      end !== -1 && end < match.index;
      end = text.indexOf('\n', end + 1)
    ) {
      line++
      lineStart = end + 1
    }
    seen = lineStart
    const column = match.index - lineStart + 1
    const why = `第 ${line} 行第 ${column} 个字起有 ${match[0].length} 处字符无法还原，已用“\ufffd”占位。请对照原件补上。`
    doubts.push({ line, column, why })
  }
  const last = doubts.at(-1)
  if (last && total > DOUBTS_LISTED)
    last.why += `后面还有 ${total - DOUBTS_LISTED} 处同样的情况，原文件可能已损坏。`
  return doubts
}

function count(text: string, pattern: RegExp): number {
  let found = 0
  for (const _ of text.matchAll(pattern)) found++
  return found
}
