import { notFound } from '#lib/errors'
import { editionsUsingFile, fileForPublicId, fileReply } from '#modules/files'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { isAnyPublic } from '../public-queries.ts'

/** Attachments and pictures pass the same gate as the text that carries them. */
export const publicFileRoutes = (storage: FileStorage): PublicRoute[] => [
  {
    method: 'GET',
    path: '/files/:publicId/:name',
    rule: showsPublications(item => item.files),
    handle: (ctx, incoming) => sendFile(ctx, incoming, storage),
  },
]

async function sendFile(ctx: PublicContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const file = await fileForPublicId(ctx.db, incoming.params.publicId ?? '')
  const shown = file && (await isAnyPublic(ctx.db, ctx.clock.now(), await editionsUsingFile(ctx.db, file.id)))
  if (!file || !shown)
    throw notFound('publications.unknown-file', '没有找到这个文件。它也许已经随页面停止公开。')
  // Imported, and nobody has looked yet whether it holds personal data (S-PII)
  if (file.held)
    throw notFound(
      'publications.held-file',
      '这个附件是从旧网站导入的，正在核查里面有没有个人信息，核查以后开放下载。',
    )
  return fileReply(storage, file, incoming.headers, 'public, max-age=0, must-revalidate')
}
