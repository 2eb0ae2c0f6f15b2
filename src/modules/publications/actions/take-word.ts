import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { conflict, invalid } from '#lib/errors'
import { bodyOfWord, fileHref, type ReadDocument, storeFound } from '#modules/files'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { FileStorage } from '#platform/storage/storage'
import { textOfEdition } from '../draft-queries.ts'
import { changeText, holdDraft } from './change-text.ts'

export const takeWordInput = z.object({
  publicationId: z.uuid(),
  revision: z.coerce.number().int().min(1),
  file: z.string().max(200),
  bodyHtml: z.string().max(4_000_000, '正文太长：最多约 400 万字符。请把附表作为附件上传。'),
})

/** What a .docx says, as a body whose pictures are stored; and what could not be read for certain. */
export async function readWordBody(
  ctx: Context,
  read: ReadDocument,
  where: { siteId: string; storage: FileStorage },
): Promise<{ bodyHtml: string; doubts: string[] }> {
  if (read.form !== 'html' || read.format !== 'docx')
    throw invalid('publications.not-word', '请选择 .docx 文件。旧的 .doc 请在 Word 或 WPS 里另存为 .docx。')
  const doubts = read.doubts.map(one => one.why)
  const folder = await mkdtemp(join(tmpdir(), 'mingtang-word-'))
  try {
    const wanted = await Promise.all(
      read.pictures.map(async ({ name, bytes, alt }) => {
        const path = join(folder, name)
        await writeFile(path, bytes)
        return { path, name, role: 'picture' as const, altText: alt }
      }),
    )
    const found = await storeFound(ctx, wanted, where)
    let html = bodyOfWord(read.html)
    for (const [at, picture] of read.pictures.entries()) {
      const stored = found[at]
      if (stored && 'file' in stored) html = html.replaceAll(picture.href, fileHref(stored.file))
      else doubts.push(stored?.why ?? `图片“${picture.name}”没有读入。`)
      if (picture.alt === '') doubts.push(`图片“${picture.name}”没有说明，请在编辑器里补上。`)
    }
    return { bodyHtml: html.replace(/<img[^>]*embedded\.invalid[^>]*>/g, ''), doubts }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Puts the text of a Word file into the place of the body, after somebody has seen what changes. */
export async function takeWord(ctx: Context, input: z.output<typeof takeWordInput>): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const held = await holdDraft(ctx, db, input.publicationId)
    if (held.draft.revision !== input.revision)
      throw conflict(
        'publications.edited-meanwhile',
        `您选文件之后，${held.draft.editedBy}保存过这份稿子。请重新选择文件，再对照一次。`,
      )
    return changeText(
      ctx,
      db,
      held,
      { ...textOfEdition(held.draft), bodyHtml: input.bodyHtml },
      { way: 'from-docx', sentence: `用 Word 文件“${input.file}”替换《${held.draft.title}》的正文` },
    )
  })
}
