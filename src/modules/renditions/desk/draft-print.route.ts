import { conflict, notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { fileHeaders } from '#modules/files'
import { findOrgan, listSites } from '#modules/organisations'
import {
  draftForProcedure,
  isPrinted,
  itemsForPlans,
  kindOf,
  mayReadPublications,
} from '#modules/publications'
import type { DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { Press } from '../making/press.ts'
import { fileNameOf, formats, type PictureNamed } from '../making/rendition.ts'
import { picturesNamed } from '../pictures.ts'
import { readEdition } from '../read-edition.ts'

/** 送审稿: a draft in the page that it will have, marked across every page; made anew each time and kept nowhere. */
export const draftPrintRoutes = (press: Press): DeskRoute[] => [
  {
    method: 'GET',
    path: '/publications/:id/draft.pdf',
    may: mayReadPublications,
    handle: (ctx, incoming) => send(ctx, incoming, press),
  },
]

async function send(ctx: DeskContext, incoming: Incoming, press: Press): Promise<Reply> {
  const publicId = incoming.params.id ?? ''
  const now = ctx.clock.now()
  const [item] = publicIdPattern.test(publicId) ? await itemsForPlans(ctx.db, now, { publicId }) : []
  if (!item || !isPrinted(kindOf(item.kind)))
    throw notFound('renditions.no-draft', '没有找到这件公文：地址也许输错了。')
  const draft = await draftForProcedure(ctx.db, item.id)
  if (!draft)
    throw conflict('renditions.not-a-draft', '这件发布物没有草稿。已经公开的，请在公开页面下载 PDF 和 Word。')
  const [organ, sites] = await Promise.all([findOrgan(ctx.db, draft.organId), listSites(ctx.db)])
  const files = new Map(draft.files.map(file => [file.publicId, file]))
  const pictures: PictureNamed[] = []
  for (const [name, id] of picturesNamed(draft.text.bodyHtml)) {
    const file = files.get(id)
    if (file) pictures.push({ ...file, name })
  }
  const { title, docNo, issuers, genre, keywords, signedOn, bodyHtml } = draft.text
  const document = readEdition({
    ...{ title, docNo, issuers, genre, keywords, signedOn, bodyHtml },
    organName: organ?.name ?? item.organName,
    siteName: sites.find(site => site.id === draft.siteId)?.name ?? '',
    indexNo: null,
    number: 1,
    digest: null,
    publicFrom: draft.editedAt,
  })
  const bytes = await press.once(`draft ${draft.editionId} ${draft.digest}`, () =>
    press.write(document, 'pdf', pictures),
  )
  return {
    kind: 'content',
    status: 200,
    type: formats.pdf.mediaType,
    body: bytes,
    headers: {
      ...fileHeaders({
        name: fileNameOf(`${title}（送审稿）`, 'pdf', null),
        mediaType: formats.pdf.mediaType,
      }),
      'Cache-Control': 'no-store',
    },
  }
}
