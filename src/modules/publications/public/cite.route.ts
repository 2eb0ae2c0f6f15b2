import { nextMidnight } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { type CitationFormat, citationFormats, citationsOf } from '../citation.ts'
import { findPublicView, nextBoundary } from '../public-queries.ts'
import { listsTag, publicationTag } from '../tags.ts'

/** The citation of an item as a file: `/policies/{id}/cite.bib`. */
export const citeRoutes = (segment: string): PublicRoute[] => [
  {
    method: 'GET',
    path: `/${segment}/:file/cite.:format`,
    rule: showsPublications(item =>
      item.segment === segment
        ? Object.keys(citationFormats).map(format => `/${segment}/${item.id}/cite.${format}`)
        : [],
    ),
    handle: (ctx, incoming) => sendCitation(ctx, incoming, segment),
  },
]

async function sendCitation(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  const { file: publicId = '', format = '' } = incoming.params
  const now = ctx.clock.now()
  const [found, boundary] =
    publicIdPattern.test(publicId) && Object.hasOwn(citationFormats, format)
      ? await Promise.all([
          findPublicView(ctx.db, now, { siteId: ctx.site.id, publicId, segment }),
          nextBoundary(ctx.db, now),
        ])
      : [null, null]
  if (!found || 'how' in found)
    throw notFound('publications.no-citation', '没有可以引用的内容：地址也许输错了，内容也许已经停止公开。')
  const asked = format as CitationFormat
  const midnight = nextMidnight(now)
  return {
    kind: 'content',
    status: 200,
    type: citationFormats[asked].type,
    body: citationsOf(found, ctx.site.origin, ctx.clock.today()).files[asked],
    headers: { 'Content-Disposition': `attachment; filename="${publicId}.${asked}"` },
    dependsOn: [publicationTag(found.id), listsTag(ctx.site.id)],
    // It states the day on which it was looked at
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
  }
}
