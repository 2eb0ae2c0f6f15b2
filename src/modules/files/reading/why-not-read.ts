import { stat } from 'node:fs/promises'
import { remedyFor } from './unread-formats.ts'
import { DOCUMENT_LIMIT_BYTES, TEXT_LIMIT_BYTES, tooLargeMessage } from './unreadable-file.ts'

/**
 * Asked before a byte is read, so that a file of any size or kind costs nothing. Null: it may be read. Archives are
 * asked by their entries.
 */
export async function whyNotRead(path: string): Promise<string | null> {
  const remedy = remedyFor(path)
  if (remedy !== null) return `“${path}”没有导入：${remedy}`
  const about = await stat(path)
  if (!about.isFile()) return `“${path}”不是普通文件，没有读取。`
  const limit = sizeLimitOf(path)
  return about.size > limit ? tooLargeMessage(path, about.size, limit) : null
}

/** The largest file of this name that is read; an archive is walked through, never read as a whole. */
function sizeLimitOf(name: string): number {
  if (/\.zip$/i.test(name)) return Number.POSITIVE_INFINITY
  return /\.(?:txt|html?|shtml|csv|tsv)$/i.test(name) ? TEXT_LIMIT_BYTES : DOCUMENT_LIMIT_BYTES
}
