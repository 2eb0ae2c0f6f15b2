import { type Block, type LabelKind, type LabelledValue, structureBlocks } from '#modules/files'
import { recognisePublishedOn, recogniseSignedOn } from './document-dates.ts'
import { readFoot } from './foot.ts'
import { type Head, readHead } from './head.ts'
import { recogniseInForce } from './in-force-dates.ts'
import { recogniseIssuer } from './issuer.ts'
import { recogniseNumber } from './number.ts'
import type { Doubt, Recognised } from './recognised.ts'
import { findSignature } from './signature.ts'
import { type ImportSource, openSource, readSource } from './source.ts'
import { recogniseTitle, titleOfOrder } from './title.ts'
import { isOrderHeading, issuersInTitle, tidyTitle } from './title-form.ts'

/** Bytes of a .txt or .html → what the document states about itself. Throws only UnreadableFile. */
export function recogniseFile(file: string, bytes: Uint8Array): Recognised {
  return recognise(readSource(file, bytes))
}

/** Reads a document the way a clerk does: what stands above it, what stands under it, who signed, then the rest. */
function recognise(source: ImportSource): Recognised {
  const { blocks, metaTags, pageTitles, sourceUrl, ...opened } = openSource(source)
  const head = readHead(blocks)
  const labelledAbove = [...opened.labelled, ...head.labelled]
  const titleAbove = recogniseTitle(head, pageTitles, factOf(labelledAbove, 'title'))
  const foot = readFoot(blocks, head.bodyFrom)
  const labelled = [...labelledAbove, ...foot.labelled]

  const body = blocks.slice(head.bodyFrom, foot.bodyTo)
  const bodyText = body.map(block => block.text).join('\n')
  const title = titleOfOrder(titleAbove, bodyText)
  const signature = findSignature(body, title.titlePrinted)
  const number = recogniseNumber(head, title.titlePrinted, factOf(labelled, 'docNo'), bodyText)
  const from = factOf(labelled, 'source') ?? metaTags.ContentSource ?? null
  const issuer = recogniseIssuer({
    signature,
    title: title.title,
    metadataIssuer: factOf(labelled, 'issuer'),
    metadataPublisher: factOf(labelled, 'publisher'),
    masthead: head.masthead ?? orderingOrgan(head),
    docNo: number.docNo,
    host: foot.host,
    source: from,
  })
  const { signedOn, ...signed } = recogniseSignedOn(signature, labelled, head)
  const published = recognisePublishedOn(labelled, metaTags, head, signedOn)
  const inForce = recogniseInForce(bodyText, labelled, { signedOn, publishedOn: published.publishedOn })

  return {
    file: source.file,
    sourceUrl,
    title: title.title,
    titlePrinted: title.titlePrinted,
    issuer: issuer.issuers[0] ?? null,
    issuers: issuer.issuers,
    docNo: number.docNo,
    docNoPrinted: number.docNoPrinted,
    indexNo: factOf(labelled, 'indexNo'),
    signedOn,
    publishedOn: published.publishedOn,
    publishedAtPrinted: published.publishedAtPrinted,
    effectiveFrom: inForce.effectiveFrom,
    validUntil: inForce.validUntil,
    source: from,
    theme: factOf(labelled, 'theme'),
    bodyHtml: structureBlocks([...(title.keepInBody?.blocks.map(centred) ?? []), ...body]),
    bodyText,
    secrecyMarks: head.secrecy.map(block => block.text),
    doubts: [
      ...title.doubts,
      ...issuer.doubts,
      ...number.doubts,
      ...signed.doubts,
      ...published.doubts,
      ...inForce.doubts,
      ...opened.doubts,
      ...head.secrecy.map(secrecyDoubt),
      ...(bodyText.trim() === '' ? [emptyBody()] : []),
    ],
  }
}

/** The title may be that of the rules an order puts in force; the organ stands in the heading of the order. */
function orderingOrgan(head: Head): string | null {
  const heading = head.groups.map(group => tidyTitle(group.printed)).find(isOrderHeading)
  return heading ? (issuersInTitle(heading)[0] ?? null) : null
}

function factOf(labelled: LabelledValue[], kind: LabelKind): string | null {
  const value = labelled.find(
    pair => pair.kind === kind && !/^(?:无|暂无|空|null|undefined|[-—/\s]*)$/.test(pair.value),
  )
  return value?.value ?? null
}

function centred(block: Block): Block {
  return { ...block, align: 'center' }
}

function secrecyDoubt(block: Block): Doubt {
  const why = `文件上方印有“${block.text}”。带密级或内部标志的文件不得公开（S-GWG-24），请先交保密审查。`
  return { field: 'body', why }
}

function emptyBody(): Doubt {
  return { field: 'body', why: '标题以外没有找到正文，可能正文是图片或在附件里。请对照原件补上。' }
}
