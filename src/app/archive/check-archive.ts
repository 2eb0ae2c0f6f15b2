import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { invalid } from '#lib/errors'
import type { RecordPart, StoredBytes } from '#platform/record'
import { archiveVersion, type Manifest, manifestName, manifestSchema } from './manifest.ts'
import { readLines } from './read-lines.ts'
import { faultIn } from './record-fault.ts'

export interface CheckedArchive {
  folder: string
  manifest: Manifest
}

/** Whether a folder was made by the bulk export, as far as can be told at a glance. */
export async function looksLikeArchive(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => '')
  return text.includes('"mingtang-record"')
}

/** Every byte of an export against its manifest, before anything is written anywhere. */
export async function checkArchive(path: string, parts: readonly RecordPart[]): Promise<CheckedArchive> {
  const folder = await realpath(path).catch(() => {
    throw invalid('archive.no-folder', `没有 ${path} 这个文件夹。请给出 export 做成的文件夹。`)
  })
  const manifest = await readManifest(folder)
  const known = new Set<string>(['README.txt', ...parts.flatMap(part => [part.file, part.table?.file ?? ''])])
  for (const [name, listed] of Object.entries(manifest.files)) {
    if (!known.has(name))
      throw invalid('archive.unknown-file', `${name}：本版本不认识这个文件。请用不低于导出时的版本恢复。`)
    const file = await plainFile(folder, name)
    if ((await sha256Of(file)) !== listed.sha256)
      throw invalid(
        'archive.wrong-hash',
        `${name}：内容与 manifest.json 里的 SHA-256 不符，文件被改动或截断了。`,
      )
  }
  for (const part of parts) {
    const { bytes } = part
    if (!bytes || !manifest.files[part.file]) continue
    for await (const batch of readLines(join(folder, part.file)))
      for (const line of batch)
        await checkBytes(folder, () => bytes(line.value)).catch(error => {
          throw faultIn(part.file, error, [line])
        })
  }
  return { folder, manifest }
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = await plainFile(folder, manifestName)
  const text = await readFile(path, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid('archive.bad-manifest', `${manifestName} 不是完整的 JSON。`)
  }
  const { version } = (value ?? {}) as { version?: unknown }
  if (typeof version === 'number' && version > archiveVersion)
    throw invalid(
      'archive.unknown-version',
      `${manifestName}：导出格式是第 ${version} 版，本版本只认识到第 ${archiveVersion} 版。请先升级明堂。`,
    )
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw invalid(
    'archive.bad-manifest',
    `${manifestName}：“${issue?.path.join('.')}”不对。它不是明堂导出的文件夹，或者被改动过。`,
  )
}

/** A file of the folder itself: no link that leads out of it. */
export async function plainFile(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  const found = await lstat(path).catch(() => null)
  if (!found) throw invalid('archive.missing-file', `缺少 ${name}。请给出 export 做成的完整文件夹。`)
  if (!found.isFile() || !(await realpath(path)).startsWith(folder + sep))
    throw invalid('archive.not-a-file', `${name} 不是普通文件。`)
  return path
}

async function checkBytes(folder: string, bytesOf: () => StoredBytes): Promise<void> {
  const { key, sha256, size } = bytesOf()
  const name = `files/${key}`
  const path = await plainFile(folder, name)
  if ((await lstat(path)).size !== size || (await sha256Of(path)) !== sha256)
    throw invalid('archive.wrong-hash', `${name} 的内容与它的名称（SHA-256）或登记的大小不符。`)
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}
