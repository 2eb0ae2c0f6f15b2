import { momentInBeijing } from '#lib/beijing-time'
import { type PublicView, publishedOn, type WorkRef } from '../public-view.ts'

/** A publication for machines; names are the glossary's. `site` is the absolute address of the site. */
export function publicJson(view: PublicView, site: string) {
  const work = (one: WorkRef) => ({
    type: one.type,
    title: one.title,
    docNo: one.docNo,
    url: one.address ? site + one.address : null,
    ...(one.effectiveFrom ? { effectiveFrom: one.effectiveFrom } : {}),
  })
  return {
    id: view.publicId,
    url: site + view.address,
    kind: view.kind,
    title: view.title,
    docNo: view.docNo,
    indexNo: view.indexNo,
    formerIndexNo: view.formerIndexNo,
    issuers: view.issuers,
    organ: { key: view.organKey, name: view.organName },
    theme: view.theme,
    genre: view.genre,
    summary: view.summary,
    keywords: view.keywords,
    source: view.source,
    author: view.author,
    signedOn: view.signedOn,
    effectiveFrom: view.effectiveFrom,
    validUntil: view.validUntil,
    validity: view.validity,
    archive: view.archive,
    publishedOn: publishedOn(view),
    publishedAt: momentInBeijing(view.firstPublicAt),
    sourceUrl: view.sourceUrl,
    edition: {
      number: view.number,
      publicFrom: view.publicFrom.toISOString(),
      digest: view.digest,
      changeNote: view.changeNote,
    },
    editions: view.editions.map(edition => ({ ...edition, publicFrom: edition.publicFrom.toISOString() })),
    columns: view.columns.map(column => ({ path: column.path, name: column.name })),
    fields: view.fields,
    bodyHtml: view.bodyHtml,
    attachments: view.attachments.map(file => ({ ...file, href: new URL(file.href, site).href })),
    links: view.links.map(work),
    effects: view.effects.map(work),
    linkedFrom: view.linkedFrom.map(work),
    effectsOnIt: view.effectsOnIt.map(work),
  }
}
