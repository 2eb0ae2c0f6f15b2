import { type FileHandle, open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { invalid } from '#lib/errors'
import {
  allowedExtensions,
  type FileKind,
  isAllowedExtension,
  kinds,
  mediaTypeOf,
  pictureExtensions,
  pictureKinds,
} from '../file-kinds.ts'
import { extensionOf, withoutExtension } from '../file-name.ts'
import { binaryKind } from '../reading/binary-kind.ts'
import { type FileRole, limits } from '../stored-file.ts'
import { readCompoundDocument } from './compound-document.ts'
import { readPictureFacts } from './picture-facts.ts'
import { readAt } from './read-at.ts'
import { isText } from './text-content.ts'
import { contentFault, isMacroPart, listZip, packageFault, type ZipEntry } from './zip-listing.ts'

export interface Inspection {
  mediaType: string
  width: number | null
  height: number | null
}

const macroMessage = (name: string) =>
  `“${name}”带有宏（能自动运行的程序），没有接收。请在 Word、Excel 或 WPS 里另存为不带宏的格式（.docx、.xlsx），再上传。`

const macroExtensions = ['docm', 'dotm', 'xlsm', 'xltm', 'xlsb', 'xlam', 'pptm', 'potm', 'ppsm', 'ppam']

/** Looks at what a file really is. @throws Refused with what is wrong and how to mend it. */
export async function inspectFile(path: string, name: string, role: FileRole): Promise<Inspection> {
  const extension = extensionOf(name)
  if (macroExtensions.includes(extension)) throw invalid('files.macros', macroMessage(name))
  const taken = role === 'picture' ? pictureExtensions : allowedExtensions
  if (!isAllowedExtension(extension) || !taken.includes(extension))
    throw invalid('files.format-not-taken', notTaken(name, extension, role))
  const file = await open(path)
  try {
    const kind = await kindOf(file, path, name, extension)
    const mediaType = mediaTypeOf(kind, extension)
    if (mediaType === null) throw invalid('files.wrong-extension', wrongExtension(name, extension, kind))
    return { mediaType, ...(pictureKinds.includes(kind) ? await pictureSize(file, kind, name) : noSize) }
  } finally {
    await file.close()
  }
}

const noSize = { width: null, height: null }

function notTaken(name: string, extension: string, role: FileRole): string {
  if (extension === 'svg') return `“${name}”是 SVG 图形，里面可以藏程序，没有接收。请导出为 PNG 图片再上传。`
  const list = (role === 'picture' ? pictureExtensions : allowedExtensions).join('、')
  const which = extension === '' ? '没有扩展名' : `是 .${extension} 文件`
  return `“${name}”${which}，不在可以上传的格式之内。可以上传：${list}。请另存为其中一种再上传。`
}

function wrongExtension(name: string, extension: string, kind: FileKind): string {
  const right = Object.keys(kinds[kind].extensions)[0]
  return (
    `“${name}”的扩展名是 .${extension}，内容却是${kinds[kind].label}，读者会打不开。` +
    `请把文件名改成“${withoutExtension(name)}.${right}”，或另存为 .${extension} 格式，再上传。`
  )
}

async function kindOf(file: FileHandle, path: string, name: string, extension: string): Promise<FileKind> {
  const head = await readAt(file, 0, 4100)
  if (head.length === 0) throw invalid('files.empty', `“${name}”是空文件（0 字节）。请检查原文件，再上传。`)
  const signature = head.toString('latin1', 0, 4)
  if (signature === 'PK\x03\x04' || signature === 'PK\x05\x06')
    return packageKind(path, name, (await file.stat()).size)
  if (signature === '\xd0\xcf\x11\xe0') return compoundKind(path, name)
  if (extension in kinds.text.extensions) return textKind(path, name, head)
  const found = (await fileTypeFromBuffer(head))?.ext
  if (found === 'pdf' || found === 'jpg' || found === 'png' || found === 'webp' || found === 'gif')
    return found
  if (found === 'apng') return 'png'
  const played = await playedKind(file, head, found)
  if (played) return played
  if (await isText(path)) return 'text'
  const what = binaryKind(head)?.what
  throw invalid(
    'files.unknown-content',
    `“${name}”的内容${what ? `其实是${what}` : `不像 .${extension} 文件，可能已经损坏`}，没有接收。` +
      '请用能打开它的软件打开核对，另存后再上传。',
  )
}

/** Video and audio by their first bytes; the sound of an MP3 begins after the tags that programs put before it. */
async function playedKind(
  file: FileHandle,
  head: Buffer,
  found: string | undefined,
): Promise<FileKind | null> {
  if (found === 'mp4' || found === 'webm' || found === 'mp3' || found === 'm4a') return found
  if (head.toString('latin1', 0, 3) !== 'ID3' || head.length < 10) return null
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0)
  const frame = await readAt(file, 10 + size, 2)
  return frame[0] === 0xff && ((frame[1] ?? 0) & 0xe0) === 0xe0 ? 'mp3' : null
}

async function packageKind(path: string, name: string, size: number): Promise<FileKind> {
  const entries = await listZip(path)
  if (!entries)
    throw invalid('files.broken-package', `“${name}”不完整或已损坏，打不开。请重新导出或打包，再上传。`)
  const kind = officeKind(entries)
  if (entries.some(entry => isMacroPart(entry.name))) throw invalid('files.macros', macroMessage(name))
  const fault = packageFault(entries, size) ?? (kind === 'zip' ? contentFault(entries) : null)
  if (fault) throw invalid('files.package-refused', `“${name}”${fault}`)
  return kind
}

function officeKind(entries: readonly ZipEntry[]): FileKind {
  const has = (part: string) => entries.some(entry => entry.name === part)
  if (has('OFD.xml')) return 'ofd'
  if (!has('[Content_Types].xml')) return 'zip'
  if (entries.some(entry => entry.name.startsWith('word/'))) return 'docx'
  if (entries.some(entry => entry.name.startsWith('xl/'))) return 'xlsx'
  return entries.some(entry => entry.name.startsWith('ppt/')) ? 'pptx' : 'zip'
}

async function compoundKind(path: string, name: string): Promise<FileKind> {
  const document = await readCompoundDocument(path)
  if (document.encrypted)
    throw invalid('files.encrypted', `“${name}”设有打开密码，读者打不开。请去掉密码后再上传。`)
  if (document.hasMacros) throw invalid('files.macros', macroMessage(name))
  if (document.kind === 'other')
    throw invalid(
      'files.unknown-content',
      `“${name}”是旧版办公软件的文件，但不是文字文档或表格。请另存为 .docx、.xlsx 或 .pdf，再上传。`,
    )
  return document.kind
}

async function textKind(path: string, name: string, head: Buffer): Promise<FileKind> {
  if (await isText(path)) return 'text'
  const found = (await fileTypeFromBuffer(head))?.ext
  for (const kind of ['pdf', 'jpg', 'png', 'webp', 'gif'] as const) if (found === kind) return kind
  throw invalid(
    'files.not-text',
    `“${name}”里不是纯文本${describe(head)}。请用“记事本”打开，另存为 UTF-8 编码的文本，再上传。`,
  )
}

function describe(head: Buffer): string {
  const what = binaryKind(head)?.what
  return what ? `，而是${what}` : '，或者编码无法识别'
}

async function pictureSize(file: FileHandle, kind: FileKind, name: string) {
  const facts = await readPictureFacts(file, kind)
  if (!facts)
    throw invalid('files.broken-picture', `“${name}”不完整或已损坏，看不出图片大小。请重新导出再上传。`)
  if (facts.width * facts.height > limits.picturePixels)
    throw invalid(
      'files.picture-too-large',
      `“${name}”有 ${facts.width} × ${facts.height} 像素，太大了。请缩小到宽 2000 像素左右再上传。`,
    )
  if (facts.hasPlace)
    throw invalid(
      'files.picture-states-place',
      `“${name}”里记着拍摄地点（GPS 位置），公开会泄露位置信息，没有接收。` +
        '请在电脑上右键图片，选“属性—详细信息—删除属性和个人信息”，再上传。',
    )
  return { width: facts.width, height: facts.height }
}
