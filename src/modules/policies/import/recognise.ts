import {
  type Block,
  isDateLine,
  type LabelKind,
  type LabelledValue,
  type ReadDocument,
  structureBlocks,
} from '#modules/files'
import { recogniseAttachments } from './attachments.ts'
import { recognisePublishedOn, recogniseSignedOn } from './document-dates.ts'
import { readFoot } from './foot.ts'
import { type Head, readHead } from './head.ts'
import { withoutProvince } from './head-lines.ts'
import { recogniseInForce } from './in-force-dates.ts'
import { recogniseIssuer } from './issuer.ts'
import { recogniseNumber, withOrderingOrgan } from './number.ts'
import type { Doubt, Recognised } from './recognised.ts'
import { flowOf } from './relations/flow.ts'
import { recogniseRelations } from './relations/recognise-relations.ts'
import { recogniseList, textOfSheets } from './sheet-list.ts'
import { findSignature } from './signature.ts'
import { openSource, type SourceDocument, unglued } from './source.ts'
import { recogniseTitle, titleOfOrder } from './title.ts'
import { isOrderHeading, issuersInTitle, tidyTitle } from './title-form.ts'

/** A read document → what it states about itself; a list of documents in a spreadsheet gives one of each row. */
export function recogniseDocument(file: string, read: ReadDocument): Recognised[] {
  if (read.form !== 'sheets') return [recognise(file, openSource(read))]
  return recogniseList(file, read) ?? [recognise(file, openSource(asText(read)))]
}

function asText(read: Extract<ReadDocument, { form: 'sheets' }>): Extract<ReadDocument, { form: 'text' }> {
  return { form: 'text', format: 'text', text: textOfSheets(read), doubts: read.doubts }
}

/** Reads a document the way a clerk does: what stands above it, what stands under it, who signed, then the rest. */
function recognise(file: string, source: SourceDocument): Recognised {
  const { metaTags, pageTitles, sourceUrl, ...opened } = source
  const blocks = withWholeDays(source.blocks)
  const head = readHead(blocks)
  const labelledAbove = [...opened.labelled, ...head.labelled.flatMap(unglued)]
  const titleAbove = recogniseTitle(head, pageTitles, factOf(labelledAbove, 'title'))
  const foot = readFoot(blocks, head.bodyFrom)
  const labelled = [...labelledAbove, ...foot.labelled]

  const body = blocks.slice(head.bodyFrom, foot.bodyTo)
  const bodyText = body.map(block => block.text).join('\n')
  const title = titleOfOrder(titleAbove, bodyText)
  const signature = findSignature(body, title.titlePrinted)
  const printedNumber = recogniseNumber(head, title.titlePrinted, factOf(labelled, 'docNo'), bodyText, body)
  // A label that is not known may stand behind it on the same line.
  const from = factOf(labelled, 'source')?.replace(/\s+\S{2,6}[：:].*$/, '') ?? metaTags.ContentSource ?? null
  const issuer = recogniseIssuer({
    signature,
    title: title.title,
    metadataIssuer: factOf(labelled, 'issuer'),
    metadataPublisher: factOf(labelled, 'publisher'),
    masthead: head.masthead.length > 0 ? head.masthead : orderingOrgan(head),
    byline: head.byline === null ? null : withoutProvince(head.byline),
    docNo: printedNumber.docNo,
    host: foot.host,
    source: from,
  })
  const number = withOrderingOrgan(printedNumber, head, issuer.issuers, signature?.byPerson ?? false)
  const { signedOn, ...signed } = recogniseSignedOn(signature, labelled, head, body)
  const published = recognisePublishedOn(labelled, metaTags, head, signedOn, from)
  const units = flowOf(body)
  const inForce = recogniseInForce(
    units.filter(unit => unit.rows === null).map(unit => unit.masked),
    labelled,
    { signedOn, publishedOn: published.publishedOn },
    title.title,
  )
  const attachments = recogniseAttachments(body, opened.links, signature?.at ?? null)
  const relations = recogniseRelations({
    units,
    title: title.title,
    docNo: number.docNo,
    issuers: issuer.issuers,
    signedAt: signature?.at ?? null,
    days: {
      signedOn,
      publishedOn: published.publishedOn,
      effectiveFrom: inForce.effectiveFrom,
      later: inForce.later,
    },
    attachments,
  })

  return {
    file,
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
    repeals: relations.repeals,
    amends: relations.amends,
    cites: relations.cites,
    attachments,
    pictures: opened.pictures,
    links: opened.links,
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
      ...relations.doubts,
      ...validityDoubts(factOf(labelled, 'validity')),
      ...opened.doubts,
      ...head.secrecy.map(secrecyDoubt),
      ...(bodyText.trim() === '' ? [emptyBody()] : []),
    ],
  }
}

/** A day that print broke in two: 2023年8月 and 21日 below. */
function withWholeDays(blocks: Block[]): Block[] {
  const broken = blocks.some(({ text }) => text.length <= 12 && /年(?:[0-9０-９]{1,2}月?)?$/.test(text))
  if (!broken) return blocks
  const whole: Block[] = []
  for (const block of blocks) {
    const above = whole.at(-1)
    const joined = above && above.kind === 'line' && above.text.length <= 12 ? above.text + block.text : ''
    if (above && block.kind === 'line' && isDateLine(joined) && !isDateLine(above.text))
      whole[whole.length - 1] = { ...above, text: joined, html: above.html + block.html }
    else whole.push(block)
  }
  return whole
}

/** The title may be that of the rules an order puts in force; the organ stands in the heading of the order. */
function orderingOrgan(head: Head): string[] {
  const heading = head.groups.map(group => tidyTitle(group.printed)).find(isOrderHeading)
  return heading ? issuersInTitle(heading).slice(0, 1) : []
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

/** What the old site said of its validity is not stored: it follows from the documents (R-NOR-15). */
function validityDoubts(stated: string | null): Doubt[] {
  if (stated === null || !/废止|失效|无效|作废|停止|修改|否|过期/.test(stated)) return []
  const why = `原网站的有效性一栏写着“${stated.slice(0, 40)}”。系统按文件之间的关系计算有效性，没有照录；请导入废止或修改它的文件，或补上失效日期。`
  return [{ field: 'validUntil', why }]
}

function secrecyDoubt(block: Block): Doubt {
  const why = `文件上方印有“${block.text}”。带密级或内部标志的文件不得公开（S-GWG-24），请先交保密审查。`
  return { field: 'body', why }
}

function emptyBody(): Doubt {
  return { field: 'body', why: '标题以外没有找到正文，可能正文是图片或在附件里。请对照原件补上。' }
}
