import { open } from 'node:fs/promises'
import { entryName } from '../reading/zip/entry-name.ts'
import { limits, sizeInWords } from '../stored-file.ts'
import { readAt } from './read-at.ts'

/** What a zip package says it holds. Nothing is unpacked to learn it. */
export interface ZipEntry {
  name: string
  packed: number
  size: number
  encrypted: boolean
}

const endOfDirectory = 0x06054b50
const endOfDirectory64 = 0x06064b50
const entryInDirectory = 0x02014b50
const endLength = 22
const locator64Length = 20
const longestComment = 0xffff
/** A directory of the most entries with long names; a larger one is a trick. */
const largestDirectory = 4 * 1024 * 1024

/** Reads the directory at the end of a zip package; null when there is none that can be read. */
export async function listZip(path: string): Promise<ZipEntry[] | null> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tailAt = Math.max(0, size - endLength - longestComment - locator64Length)
    const tail = await readAt(file, tailAt, size - tailAt)
    const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (at < 0 || at + endLength > tail.length || tail.readUInt32LE(at) !== endOfDirectory) return null
    let length = tail.readUInt32LE(at + 12)
    let start = tail.readUInt32LE(at + 16)
    if (start === 0xffffffff || length === 0xffffffff) {
      const where = at >= locator64Length ? Number(tail.readBigUInt64LE(at - locator64Length + 8)) : size
      const end = where < size ? await readAt(file, where, 56) : Buffer.alloc(0)
      if (end.length < 56 || end.readUInt32LE(0) !== endOfDirectory64) return null
      length = Number(end.readBigUInt64LE(40))
      start = Number(end.readBigUInt64LE(48))
    }
    if (length > largestDirectory || start + length > size) return null
    return entriesOf(await readAt(file, start, length))
  } finally {
    await file.close()
  }
}

function entriesOf(directory: Buffer): ZipEntry[] | null {
  const entries: ZipEntry[] = []
  let at = 0
  while (at < directory.length) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entryInDirectory) return null
    const flags = directory.readUInt16LE(at + 8)
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    const end = extraEnd + directory.readUInt16LE(at + 32)
    if (end > directory.length) return null
    const name = entryName({ bytes: directory.subarray(at + 46, nameEnd), saysUtf8: (flags & 0x800) !== 0 })
    const sizes = { packed: directory.readUInt32LE(at + 20), size: directory.readUInt32LE(at + 24) }
    readLongSizes(directory.subarray(nameEnd, extraEnd), sizes)
    entries.push({ name, ...sizes, encrypted: (flags & 1) !== 0 })
    at = end
  }
  return entries
}

/** Sizes that do not fit into 32 bits stand in an extra field, in this order, only those that do not fit. */
function readLongSizes(extra: Buffer, sizes: { packed: number; size: number }): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    for (const which of ['size', 'packed'] as const) {
      if (sizes[which] !== 0xffffffff || next + 8 > extra.length) continue
      sizes[which] = Number(extra.readBigUInt64LE(next))
      next += 8
    }
  }
}

const programs =
  /\.(exe|dll|com|scr|msi|msp|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|jar|lnk|reg|cpl|apk|dmg|sh|svg|html?|mht(ml)?|swf)$/i
const macroDocuments = /\.(docm|dotm|xlsm|xltm|xlsb|xlam|pptm|potm|ppsm|ppam)$/i
const packages = /\.(zip|rar|7z|gz|tgz|tar|bz2|xz|cab|iso|arj|lzh|zst)$/i
export const isMacroPart = (name: string) =>
  /(^|\/)(vbaProject\.bin|vbaData\.xml)$|\/macrosheets\//i.test(name)

/**
 * Why a package of any kind is not taken, in words with the remedy; null when nothing speaks against it. A package is
 * hostile until shown otherwise (S-OFD-03): number, sizes, ratio, names that lead out of the folder.
 */
export function packageFault(entries: readonly ZipEntry[], fileSize: number): string | null {
  if (entries.length === 0) return '压缩包是空的。请确认打包成功后再上传。'
  if (entries.length > limits.zipEntries)
    return `里面的文件超过 ${limits.zipEntries} 个。请分成几个压缩包上传。`
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0)
  const expands = unpacked > limits.zipRatioFromBytes && unpacked / Math.max(1, fileSize) > limits.zipRatio
  // Entries that share the same bytes add up to more than the file.
  if (expands || packed > fileSize)
    return '解开后会异常膨胀，像是“压缩炸弹”，没有接收。请检查它的来源，重新打包后再上传。'
  if (unpacked > limits.zipUnpackedBytes)
    return `解开后超过 ${sizeInWords(limits.zipUnpackedBytes)}。请分成几个压缩包上传。`
  if (entries.some(entry => leadsOut(entry.name)))
    return '里面有指向包外的路径，没有接收。请重新打包后再上传。'
  if (entries.some(entry => entry.encrypted)) return '设有密码，读者打不开，也无法检查。请去掉密码后再上传。'
  return null
}

/** Why a zip for readers is not taken because of what it holds: packages in packages (depth), programs, macros. */
export function contentFault(entries: readonly ZipEntry[]): string | null {
  const nested = entries.find(entry => packages.test(entry.name))
  if (nested) return `里面还套着压缩包（${shown(nested.name)}）。请先解开，把文件直接打包后再上传。`
  const program = entries.find(entry => programs.test(entry.name))
  if (program) return `里面有程序或网页文件（${shown(program.name)}）。请删去它，重新打包后再上传。`
  const macro = entries.find(entry => macroDocuments.test(entry.name))
  if (macro) return `里面有带宏的文档（${shown(macro.name)}）。请另存为不带宏的格式，重新打包后再上传。`
  return null
}

function leadsOut(name: string): boolean {
  return (
    /^([/\\]|[A-Za-z]:)/.test(name) ||
    name.split(/[/\\]/).includes('..') ||
    name.includes('\0') ||
    name.length > limits.zipNameLength
  )
}

const shown = (name: string) => {
  const last = name.split('/').at(-1) ?? name
  return last.length > 40 ? `…${last.slice(-40)}` : last
}
