import { notFound } from '#lib/errors'
import { queryText } from '#platform/http/incoming'
import type { DeskRoute } from '#platform/http/route'
import { resultOf } from '../actions/result-of.ts'
import { bytesUnder } from '../keep-bytes.ts'
import { findPage } from '../queries.ts'
import { loadRedaction, may } from './load-redaction.ts'

const closed = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** `/redactions/:id/picture?page=3`: a page of the closed original; `/redactions/:id/result`: the proved result. */
export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/redactions/:id/picture',
    may,
    async handle(ctx, incoming) {
      const { id } = await loadRedaction(ctx, incoming)
      const number = Number(queryText(incoming, 'page') ?? '')
      const page = Number.isInteger(number) ? await findPage(ctx.db, id, number) : null
      if (!page) throw notFound('redaction.no-such-page', '没有这一页。')
      return {
        kind: 'content',
        status: 200,
        type: 'image/png',
        body: await bytesUnder(page.pictureKey),
        headers: closed,
      }
    },
  },
  {
    method: 'GET',
    path: '/redactions/:id/result',
    may,
    async handle(ctx, incoming) {
      const { id } = await loadRedaction(ctx, incoming)
      const result = await resultOf(ctx, id)
      if (!result?.pdf) throw notFound('redaction.no-result', '还没有核验通过的结果。')
      const name = encodeURIComponent(result.pdf.name)
      return {
        kind: 'content',
        status: 200,
        type: 'application/pdf',
        body: await result.pdf.bytes(),
        headers: {
          ...closed,
          'Content-Disposition': `attachment; filename="redacted.pdf"; filename*=UTF-8''${name}`,
        },
      }
    },
  },
]
