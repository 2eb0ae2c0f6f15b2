import { createReadStream } from 'node:fs'

/** Text by its bytes: UTF-8, GB18030 or marked UTF-16, and no sign that only programs use. */
export async function isText(path: string): Promise<boolean> {
  const decoders = [new TextDecoder('utf-8', { fatal: true }), new TextDecoder('gb18030', { fatal: true })]
  let possible = decoders
  let first = true
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer
    if (first && isMarkedUtf16(bytes)) return true
    if (first && isOtherLanguage(bytes)) return false
    first = false
    if (bytes.some(byte => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
      return false
    possible = possible.filter(decoder => decodes(decoder, bytes))
    if (possible.length === 0) return false
  }
  return possible.some(decoder => decodes(decoder))
}

function decodes(decoder: TextDecoder, bytes?: Buffer): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined })
    return true
  } catch {
    return false
  }
}

const isMarkedUtf16 = (bytes: Buffer) =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** Written in plain signs, but another format: it would reach readers under a false name. */
const isOtherLanguage = (bytes: Buffer) =>
  /^(\ufeff|\xef\xbb\xbf)?\s*(<\?xml|<!doctype|<html|<svg|<script|\{\\rtf|%PDF|MIME-Version:)/i.test(
    bytes.toString('latin1', 0, 512),
  )
