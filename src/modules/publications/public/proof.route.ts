import { nextMidnight } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { logTag } from '#modules/transparency-log'
import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsPublications } from '#platform/http/route'
import { editionProof } from '../edition-proof.ts'
import { findPublicView, nextBoundary } from '../public-queries.ts'
import { publicationTag } from '../tags.ts'

/** The proof that an edition stands in the public log: `/policies/{id}/editions/{n}/proof` (C2SP tlog-proof). */
export const proofAddress = (view: { address: string; number: number }): string =>
  `${view.address}/editions/${view.number}/proof`

export const proofRoutes = (segment: string): PublicRoute[] => [
  {
    method: 'GET',
    path: `/${segment}/:file/editions/:number/proof`,
    rule: showsPublications(() => []),
    handle: (ctx, incoming) => sendProof(ctx, incoming, segment),
  },
]

const unknownProof = () =>
  notFound(
    'publications.no-proof',
    '没有可以取得的存证：内容也许没有公开或者已经停止公开。刚刚发布的，请一分钟后再取。',
  )

async function sendProof(ctx: PublicContext, incoming: Incoming, segment: string): Promise<Reply> {
  const { file: publicId = '', number = '' } = incoming.params
  if (!publicIdPattern.test(publicId) || !/^[1-9]\d{0,3}$/.test(number)) throw unknownProof()
  const now = ctx.clock.now()
  const where = { siteId: ctx.site.id, publicId, segment, number: Number(number) }
  const [found, boundary] = await Promise.all([findPublicView(ctx.db, now, where), nextBoundary(ctx.db, now)])
  if (!found || 'how' in found) throw unknownProof()
  const proof = await editionProof(ctx.db, now, found.editionId)
  if (proof === null) throw unknownProof()
  const midnight = nextMidnight(now)
  return {
    kind: 'content',
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: proof,
    headers: {
      'Content-Disposition': `attachment; filename="${publicId}-${number}.tlog-proof"`,
    },
    dependsOn: [publicationTag(found.id), logTag],
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
  }
}
