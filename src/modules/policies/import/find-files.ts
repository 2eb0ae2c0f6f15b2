import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { TEXT_LIMIT_BYTES, tooLargeMessage } from '#modules/files'
import type { ImportFault } from './import-line.ts'

/** The files under the given paths, in the order of their names, each once; what cannot be read says why and how to go on. */
export async function findFiles(
  paths: readonly string[],
): Promise<{ files: string[]; faults: ImportFault[] }> {
  const files = new Set<string>()
  const faults: ImportFault[] = []
  for (const path of paths) {
    const what = await kindOfPath(path)
    if (what === 'missing') faults.push({ file: path, why: `没有“${path}”这个文件或文件夹。请核对路径。` })
    else if (what === 'folder') await walk(path, files, faults)
    else take(path, files, faults)
  }
  return { files: [...files], faults }
}

async function kindOfPath(path: string): Promise<'folder' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'missing'
  }
}

async function walk(folder: string, files: Set<string>, faults: ImportFault[]): Promise<void> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const why = `文件夹“${folder}”打不开（${(error as NodeJS.ErrnoException).code}）。请检查读取权限。`
    faults.push({ file: folder, why })
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = new Set(entries.map(entry => entry.name))
  for (const entry of entries) {
    if (isHidden(entry.name) || isCompanion(entry.name, names)) continue
    const path = join(folder, entry.name)
    // A link to a folder may lead in a circle
    if (entry.isDirectory()) await walk(path, files, faults)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOfPath(path)) === 'file'))
      take(path, files, faults)
  }
}

const isHidden = (name: string) => name.startsWith('.') || /^(?:Thumbs\.db|desktop\.ini)$/i.test(name)

/** 某页.html and 某页_files: browsers save the pictures and scripts of a page beside it. */
function isCompanion(name: string, names: ReadonlySet<string>): boolean {
  const page = /^(.+)(?:_files|\.files)$/.exec(name)?.[1]
  return page !== undefined && (names.has(`${page}.html`) || names.has(`${page}.htm`))
}

function take(path: string, files: Set<string>, faults: ImportFault[]): void {
  const extension = extname(path).toLowerCase()
  if (/^\.(?:txt|html?)$/.test(extension)) files.add(path)
  else faults.push({ file: path, why: `“${path}”没有导入：${remedyFor(extension)}` })
}

const AS_TEXT = '另存为“纯文本（.txt）”或“网页（.html）”后再导入。'

function remedyFor(extension: string): string {
  if (/^\.(?:docx?|wps|wpt|rtf|odt)$/.test(extension))
    return `现在只能读 .txt 和 .html，请用 Word 或 WPS 打开，${AS_TEXT}`
  if (/^\.(?:pdf|ofd|ceb)$/.test(extension))
    return `现在只能读 .txt 和 .html，请用阅读器打开，复制文字存为 .txt；扫描件请先做文字识别并校对，再导入。`
  if (/^\.(?:xlsx?|et|csv|ods)$/.test(extension)) return `表格请${AS_TEXT}`
  if (/^\.(?:mht|mhtml)$/.test(extension)) return '请在浏览器里打开它，另存为“网页，仅 HTML”后再导入。'
  if (/^\.(?:zip|rar|7z|gz|tar)$/.test(extension)) return '请先解压，再导入里面的 .txt 或 .html 文件。'
  if (/^\.(?:png|jpe?g|gif|bmp|tiff?|webp)$/.test(extension))
    return '图片里没有可以读取的文字，请找到文件的文字版再导入。'
  return `只能读 .txt、.html 和 .htm 文件。里面是公文的，请用能打开它的软件打开，${AS_TEXT}`
}

/** Asked before a byte is read, so that a file of any size costs nothing. Null: it may be read. */
export async function whyNotRead(path: string): Promise<string | null> {
  const about = await stat(path)
  if (!about.isFile()) return `“${path}”不是普通文件，没有读取。`
  return about.size > TEXT_LIMIT_BYTES ? tooLargeMessage(path, about.size) : null
}
