import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { fileReply, sizeInWords } from '#modules/files'
import { type AskAround, findPublicView, isPrinted, kindOf, type PublicView } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { getRendition } from '../actions/get-rendition.ts'
import type { Press } from '../making/press.ts'
import { type Format, fileNameOf, formats, isFormat } from '../making/rendition.ts'
import { sizesOf } from '../queries.ts'

const names = Object.keys(formats) as Format[]

/** `/policies/{id}/download.pdf` and `.docx`, and the same of earlier editions: made when first asked for, behind the one gate. */
export const downloadRoutes = (press: Press, segments: readonly string[]): PublicRoute[] =>
  segments.flatMap(segment => {
    const rule = showsPublications(item =>
      item.segment === segment
        ? names.flatMap(format => [
            `/${segment}/${item.id}/download.${format}`,
            `/${segment}/${item.id}/editions/1/download.${format}`,
          ])
        : [],
    )
    const handle = (ctx: PublicContext, incoming: Incoming) => send(ctx, incoming, press, segment)
    return [
      { method: 'GET', path: `/${segment}/:file/download.:format`, rule, handle },
      { method: 'GET', path: `/${segment}/:file/editions/:number/download.:format`, rule, handle },
    ]
  })

async function send(ctx: PublicContext, incoming: Incoming, press: Press, segment: string): Promise<Reply> {
  const { file: publicId = '', format = '', number } = incoming.params
  if (!publicIdPattern.test(publicId) || !isFormat(format) || !/^(?:[1-9]\d{0,3})?$/.test(number ?? ''))
    throw unknown()
  const found = await findPublicView(ctx.db, ctx.clock.now(), {
    siteId: ctx.site.id,
    publicId,
    segment,
    ...(number === undefined ? {} : { number: Number(number) }),
  })
  if (!found || 'how' in found || !isPrinted(kindOf(found.kind))) throw unknown()
  const kept = await getRendition(ctx, press, found, format)
  const file = {
    ...kept,
    name: fileNameOf(found.title, format, isEarlier(found) ? found.number : null),
    mediaType: formats[format].mediaType,
  }
  // Asked again each time: it may have been withdrawn, corrected or erased since
  const reply = await fileReply(press.storage, file, incoming.headers, 'public, max-age=0, must-revalidate')
  // The page is what search engines should find
  return { ...reply, headers: { ...reply.headers, 'X-Robots-Tag': 'noindex' } }
}

const isEarlier = (view: PublicView) => view.number !== view.editions[0]?.number

const unknown = () =>
  notFound('renditions.unknown', '没有可以下载的文件：地址也许输错了，内容也许已经停止公开。')

/** What stands on the page of an item: 下载 PDF / Word, with the sizes where they are made already. */
export const downloadsOf: AskAround = async (ctx, _, view) => {
  if (!isPrinted(kindOf(view.kind))) return { label: '下载', items: [] }
  const sizes = await sizesOf(ctx.db, view.editionId)
  const address = isEarlier(view) ? `${view.address}/editions/${view.number}` : view.address
  return {
    label: '下载',
    isDownload: true,
    items: names.map(format => {
      const size = sizes.get(format)
      return {
        title: `下载 ${formats[format].label}${size === undefined ? '' : `（${sizeInWords(size)}）`}`,
        address: `${address}/download.${format}`,
      }
    }),
  }
}
