import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import type { Entry, ZipFile } from 'yauzl'
import yauzl from 'yauzl'
import { sizeInWords } from '../../stored-file.ts'
import { packageKind } from '../formats/read-package.ts'
import { DOCUMENT_LIMIT_BYTES, damaged, UnreadableFile } from '../unreadable-file.ts'
import { entryName, safePath } from './entry-name.ts'
import { inflateEntry } from './inflate-entry.ts'

/** A file in an archive. `path` is safe to use under a folder: no `..`, nothing absolute, no control signs. */
export type ArchiveEntry = { path: string; size: number; read(): Promise<Uint8Array> }

/** An entry that is not taken, and why; the others go on. */
export type RefusedEntry = { path: string; why: string }

/** A whole mirrored site fits; a bomb does not (S-OFD-03). */
const LIMITS = {
  entries: 200_000,
  entryBytes: DOCUMENT_LIMIT_BYTES,
  totalBytes: 20 * 1024 ** 3,
  /** Saved pages pack to a twentieth, a bomb to a thousandth. Small entries may do what they like. */
  ratio: 200,
  ratioFromBytes: 5 * 1024 * 1024,
}

/** How much may still be unpacked, counted over an archive and those inside it. */
type Budget = { bytes: number; entries: number }

/**
 * The files of a .zip, one after the other in the order of its directory, each read only when it is asked for. An
 * archive inside is walked too (`inner.zip/a.txt`), one inside that is refused. Throws only UnreadableFile, and that
 * before the first entry, or from an entry's `read`.
 */
export async function* openArchive(path: string): AsyncGenerator<ArchiveEntry | RefusedEntry> {
  const { size } = await stat(path)
  if (size === 0)
    throw new UnreadableFile('empty', `“${path}”是空文件，没有内容。请核对是否选错了文件，或重新下载。`)
  const zip = await yauzl.openPromise(path, { decodeStrings: false, autoClose: false }).catch(() => {
    throw damaged(path)
  })
  try {
    yield* walk(zip, path, { bytes: LIMITS.totalBytes, entries: LIMITS.entries })
  } finally {
    zip.close()
    await once(zip, 'close')
  }
}

async function* walk(
  zip: ZipFile,
  archive: string,
  budget: Budget,
  within: string | null = null,
): AsyncGenerator<ArchiveEntry | RefusedEntry> {
  const entries = await directoryOf(zip, archive, budget)
  for (const { name, entry } of entries) {
    const inner = safePath(name)
    const path = within === null ? (inner ?? shown(name)) : `${within}/${inner ?? shown(name)}`
    if (name.endsWith('/') || (inner !== null && isLitter(inner))) continue
    const why =
      inner === null
        ? '的路径指向压缩包外面，或藏有控制字符，没有读取。请改名后重新打包。'
        : faultOf(entry, budget)
    if (why !== null) {
      yield { path, why: `压缩包里的“${path}”${why}` }
      continue
    }
    const read = async () => {
      try {
        const bytes = await inflateEntry(zip, entry, LIMITS.entryBytes)
        budget.bytes -= bytes.length
        return bytes
      } catch {
        throw damaged(path)
      }
    }
    if (!/\.zip$/i.test(path)) yield { path, size: entry.uncompressedSize, read }
    else if (within !== null)
      yield { path, why: `压缩包里的“${path}”是第三层压缩包，没有读取。请先解开再导入。` }
    else yield* walkInner(path, read, budget)
  }
}

async function* walkInner(
  path: string,
  read: () => Promise<Uint8Array>,
  budget: Budget,
): AsyncGenerator<ArchiveEntry | RefusedEntry> {
  try {
    const bytes = await read()
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { decodeStrings: false })
    yield* walk(zip, path, budget, path)
  } catch (error) {
    yield { path, why: error instanceof UnreadableFile ? error.message : damaged(path).message }
  }
}

type NamedEntry = { name: string; entry: Entry }

/** Everything the archive says it holds, before the first byte is unpacked. */
async function directoryOf(zip: ZipFile, archive: string, budget: Budget): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push({ name: nameOf(entry), entry })
      if (--budget.entries < 0) throw tooMuch(archive, `里面的文件超过 ${LIMITS.entries} 个`)
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw /encryption/.test(String(error)) ? encryptedArchive(archive) : damaged(archive)
  }
  if (entries.length === 0)
    throw new UnreadableFile('empty', `“${archive}”是空的压缩包。请确认打包成功后再导入。`)
  const packed = entries.reduce((sum, { entry }) => sum + entry.compressedSize, 0)
  // Entries that share the same bytes add up to more than the file.
  if (packed > zip.fileSize) throw bomb(archive)
  const kind = packageKind(entries.map(({ name }) => name))
  if (kind !== 'zip') {
    const why = `“${archive}”其实是一份文档（${kind === 'opendocument' ? 'OpenDocument' : `.${kind}`}），不是压缩包。请改回原来的扩展名后再导入。`
    throw new UnreadableFile('unsupported', why)
  }
  return entries
}

function nameOf(entry: Entry): string {
  return entryName({
    bytes: entry.fileNameRaw,
    saysUtf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
    unicodePath: entry.extraFields.find(field => field.id === 0x7075)?.data,
  })
}

function faultOf(entry: Entry, budget: Budget): string | null {
  const { uncompressedSize: size, compressedSize: packed } = entry
  if (entry.isEncrypted()) return '设有密码，读不了。请去掉密码，重新打包后再导入。'
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return '用了少见的压缩方法，解不开。请用普通的“zip”方式重新打包后再导入。'
  if (size > LIMITS.ratioFromBytes && size / Math.max(1, packed) > LIMITS.ratio)
    return '解开后会异常膨胀，像是“压缩炸弹”，没有读取。请检查它的来源。'
  if (size > LIMITS.entryBytes)
    return `有 ${sizeInWords(size)}，超过单个文件 ${sizeInWords(LIMITS.entryBytes)} 的上限，没有读取。`
  if (size > budget.bytes)
    return `解开后合计超过 ${sizeInWords(LIMITS.totalBytes)}，从这里起没有读取。请分成几个压缩包。`
  return null
}

/** What macOS and Windows leave behind. */
const isLitter = (path: string) =>
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i.test(path)

/** Shown to people, so it must not play tricks. */
const shown = (name: string) => name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 120)

function bomb(archive: string): UnreadableFile {
  return new UnreadableFile(
    'bomb',
    `“${archive}”解开后会异常膨胀，像是“压缩炸弹”，没有读取。请检查它的来源，重新打包后再导入。`,
  )
}

function encryptedArchive(archive: string): UnreadableFile {
  return new UnreadableFile('encrypted', `“${archive}”设有密码，读不了。请去掉密码，重新打包后再导入。`)
}

function tooMuch(archive: string, why: string): UnreadableFile {
  return new UnreadableFile('too-large', `“${archive}”${why}，没有读取。请分成几个压缩包导入。`)
}
