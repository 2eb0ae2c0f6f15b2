import type { Dirent } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import {
  openArchive,
  remedyFor,
  TEXT_LIMIT_BYTES,
  tooLargeMessage,
  UnreadableFile,
  whyNotRead,
} from '#modules/files'
import type { ImportFault } from './import-line.ts'

/** What a file is to an import, by its name; its content has the last word. */
export type FoundKind = 'list' | 'page' | 'text' | 'document' | 'part'

/** A file that was found. `part`: no document by itself, but a page may show it or hand it out. */
export interface FoundFile {
  path: string
  /** As it is told in reports: within an archive, the archive and the path in it. */
  name: string
  /** The folder or archive that was given, and the path under it. */
  root: string
  under: string
  kind: FoundKind
  size: number
}

export interface FoundFiles {
  files: FoundFile[]
  faults: ImportFault[]
}

/**
 * The files under the given paths, in the order of their names, each once; what cannot be read says why and how to go on.
 * @param unpackTo where the files of archives are put while they are read
 */
export async function findFiles(paths: readonly string[], unpackTo: string): Promise<FoundFiles> {
  const found = new Finding(unpackTo)
  for (const path of paths) {
    const what = await kindOfPath(path)
    if (what === 'missing') found.fault(path, `没有“${path}”这个文件或文件夹。请核对路径。`)
    else if (what === 'folder') await walk(path, path, found)
    else if (isArchive(path)) await found.unpack(path)
    else await found.take(path, dirname(path))
  }
  await found.openArchives()
  return { files: withCompanions([...found.files.values()]), faults: found.faults }
}

/** 某页.html and 某页_files: what browsers save beside a page is part of it. */
function withCompanions(files: FoundFile[]): FoundFile[] {
  const pages = new Set(
    files.flatMap(({ root, under, kind }) =>
      kind === 'page' ? [`${root}/${under}`.replace(/\.[^.]*$/, '')] : [],
    ),
  )
  return files.map(file => {
    const page = /^(.+?)(?:_files|\.files)\//.exec(`${file.root}/${file.under}`)?.[1]
    return page !== undefined && pages.has(page) ? { ...file, kind: 'part' as const } : file
  })
}

class Finding {
  readonly files = new Map<string, FoundFile>()
  readonly faults: ImportFault[] = []
  private readonly unpackTo: string
  private archives = 0
  /** Archives that lie in a folder: what pages hand out, where there are pages. */
  private readonly lying: { path: string; root: string }[] = []

  constructor(unpackTo: string) {
    this.unpackTo = unpackTo
  }

  fault(file: string, why: string): void {
    this.faults.push({ file, why })
  }

  async take(path: string, root: string): Promise<void> {
    if (isArchive(path)) {
      this.lying.push({ path, root })
      return
    }
    const { size } = await stat(path)
    this.add({ path, name: path, root, under: relative(root, path), kind: kindOfName(path), size })
  }

  async openArchives(): Promise<void> {
    const sites = new Set(
      [...this.files.values()].flatMap(({ kind, root }) => (kind === 'page' ? [root] : [])),
    )
    for (const { path, root } of this.lying) {
      if (!sites.has(root)) await this.unpack(path)
      else {
        const { size } = await stat(path)
        this.add({ path, name: path, root, under: relative(root, path), kind: 'part', size })
      }
    }
  }

  private add(file: FoundFile): void {
    if (!this.files.has(file.name)) this.files.set(file.name, file)
  }

  /** An archive is a folder that came packed. */
  async unpack(archive: string): Promise<void> {
    this.archives += 1
    const folder = join(this.unpackTo, String(this.archives), basename(archive).replace(/\.zip$/i, ''))
    try {
      for await (const entry of openArchive(archive)) {
        const name = `${archive}/${entry.path}`
        if ('why' in entry) {
          this.fault(name, entry.why)
          continue
        }
        const path = join(folder, entry.path)
        try {
          await mkdir(dirname(path), { recursive: true })
          await writeFile(path, await entry.read(), { flag: 'wx' })
          this.add({ path, name, root: folder, under: entry.path, kind: kindOfName(path), size: entry.size })
        } catch (error) {
          if (error instanceof UnreadableFile) this.fault(name, error.message)
          else if ((error as NodeJS.ErrnoException).code === 'EEXIST')
            this.fault(name, `压缩包里有两个“${entry.path}”，只读了第一个。`)
          else throw error
        }
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      this.fault(archive, error.message)
    }
  }
}

const isArchive = (path: string) => /\.zip$/i.test(path)

async function kindOfPath(path: string): Promise<'folder' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'missing'
  }
}

async function walk(folder: string, root: string, found: Finding): Promise<void> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    found.fault(folder, `文件夹“${folder}”打不开（${code}）。请检查读取权限。`)
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (isHidden(entry.name)) continue
    const path = join(folder, entry.name)
    // A link to a folder may lead in a circle
    if (entry.isDirectory()) await walk(path, root, found)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOfPath(path)) === 'file'))
      await found.take(path, root)
  }
}

const isHidden = (name: string) => name.startsWith('.') || /^(?:Thumbs\.db|desktop\.ini)$/i.test(name)

/** Pages that a server wrote, also as wget names them: `view.jsp?id=1`, `view.jsp@id=1`, `view.jsp%3Fid=1.html`. */
const pageName = /\.(?:s?html?|xhtml|jspx?|aspx?|php|do|action|cgi)(?:(?:[?@]|%3F)[^/]*)?$/i

function kindOfName(path: string): FoundKind {
  const name = basename(path)
  if (pageName.test(name)) return 'page'
  if (/\.(?:xlsx|csv|tsv)$/i.test(name)) return 'list'
  if (/\.txt$/i.test(name)) return 'text'
  return remedyFor(name) === null ? 'document' : 'part'
}

/** Asked before a byte is read, so that a file of any size costs nothing. Null: it may be read. */
export async function whyNotImported({ path, name, kind, size }: FoundFile): Promise<string | null> {
  // Pages of a server have names of all kinds
  if (kind === 'page') return size > TEXT_LIMIT_BYTES ? tooLargeMessage(name, size) : null
  return (await whyNotRead(path).catch(() => null))?.replaceAll(path, name) ?? null
}

/** What belongs to the looks of a site, and to no document. */
export const isDecoration = ({ path }: FoundFile): boolean =>
  /(?:_files|\.files)\/[^/]*$|\.(?:css|js|mjs|json|map|xml|rss|txt~|ico|svg|png|jpe?g|gif|bmp|webp|tiff?|woff2?|ttf|otf|eot|swf|mp[34]|flv|wmv|avi)(?:[?@][^/]*)?$/i.test(
    path,
  )
