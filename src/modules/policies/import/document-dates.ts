import type { Block, LabelledValue } from '#modules/files'
import { type ReadDate, readDate } from './dates.ts'
import type { Head } from './head.ts'
import { isCollection } from './head-lines.ts'
import type { Doubt } from './recognised.ts'
import type { Signature } from './signature.ts'

export type SignedOnFound = { signedOn: string | null; doubts: Doubt[] }

/** 成文日期: the day under the signature; else the metadata; else a day printed right under the title. */
export function recogniseSignedOn(
  signature: Signature | null,
  labelled: LabelledValue[],
  head: Head,
  body: readonly Block[],
): SignedOnFound {
  const doubts: Doubt[] = []
  const doubt = (why: string) => doubts.push({ field: 'signedOn', why })
  const stated = firstDate(labelled, 'signedOn')
  const signed = signature?.date ?? null
  if (signed?.why) doubt(`落款日期${signed.why}。`)
  if (signed?.on) {
    if (signature && signature.signers.length === 0 && !signature.byPerson)
      doubt(`落款只有日期“${signed.printed}”，没有机关名称，已按成文日期收下。请核对。`)
    if (stated?.on && stated.on !== signed.on) {
      doubt(`落款日期是 ${signed.on}，元数据写的是 ${stated.on}，已采用落款。请核对。`)
    }
    return { signedOn: signed.on, doubts }
  }
  if (stated?.why) doubt(`元数据的成文日期${stated.why}。`)
  // An impossible day under the signature is not replaced by another date: somebody must look.
  if (stated?.on && !signed) return { signedOn: stated.on, doubts }
  const underTitle = head.dates.map(block => block.text).find(text => text.includes('年'))
  const below = underTitle && !signed ? readDate(underTitle) : null
  if (below?.on) {
    doubt(`正文没有落款日期，暂按标题下印的“${below.printed}”填写。请核对。`)
    return { signedOn: below.on, doubts }
  }
  const issued = signed ? null : issuedUnderTitle(body)
  if (issued?.on) {
    doubt(`正文没有落款日期，暂按标题下写的公布日期“${issued.printed}”填写。请核对。`)
    return { signedOn: issued.on, doubts }
  }
  if (doubts.length === 0)
    doubt('正文没有落款日期，元数据也没有写成文日期；网页发布日期不能代替它。请对照原件填写。')
  return { signedOn: null, doubts }
}

/** （2019年6月10日云溪市人民政府令第110号公布）: the day of the order, where nothing is said of later changes. */
function issuedUnderTitle(body: readonly Block[]): ReadDate | null {
  for (const { text } of body.slice(0, 2)) {
    const day = text.length > 120 ? undefined : ISSUED.exec(text)?.[1]
    if (day !== undefined && !/修改|修订|修正/.test(text)) return readDate(day)
  }
  return null
}

const ISSUED =
  /^[（(]([^（）()，。]{6,14}日)\s*[\u4e00-\u9fff]{3,30}令\s*第\s*[0-9]{1,5}\s*号\s*(?:公布|发布)/

export type PublishedOnFound = {
  publishedOn: string | null
  publishedAtPrinted: string | null
  doubts: Doubt[]
}

/** 发布日期: what the page prints; the page tag PubDate confirms it or stands in for it (S-META-04). */
export function recognisePublishedOn(
  labelled: LabelledValue[],
  metaTags: Record<string, string>,
  head: Head,
  signedOn: string | null,
  source: string | null,
): PublishedOnFound {
  if (source !== null && isCollection(source)) {
    const why = `页面上的时间是“${source}”收录它的时间，不是发文机关发布的日期，没有采用。请查原网页后填写。`
    return { publishedOn: null, publishedAtPrinted: null, doubts: [{ field: 'publishedOn', why }] }
  }
  const doubts: Doubt[] = []
  const doubt = (why: string) => doubts.push({ field: 'publishedOn', why })
  const printed = firstDate(labelled, 'publishedOn')
  const tagged = metaTags.PubDate ? readDate(metaTags.PubDate) : null
  const bareLine = head.dates.map(block => block.text).find(text => !text.includes('年'))
  const bare = bareLine ? readDate(bareLine) : null
  if (printed?.why) doubt(`发布日期${printed.why}。`)
  const found = [printed, tagged, bare].find(date => date?.on)
  if (!found?.on) {
    if (doubts.length === 0) doubt('文件里没有写在网上发布的日期；落款日期不能代替它。请查原网页后填写。')
    return { publishedOn: null, publishedAtPrinted: printed?.printed ?? null, doubts }
  }
  if (found === bare) doubt(`标题旁只印了“${bare.printed}”，没有说明是什么日期，暂按发布日期填写。请核对。`)
  if (printed?.on && tagged?.on && printed.on !== tagged.on) {
    doubt(
      `页面上印的发布日期是 ${printed.on}，网页标签 PubDate 写的是 ${tagged.on}，已采用页面上的。请核对。`,
    )
  }
  if (signedOn && found.on < signedOn)
    doubt(`发布日期 ${found.on} 早于成文日期 ${signedOn}，两者必有一误。请对照原件核对。`)
  const withTime = [found, printedWithTime(labelled), tagged].find(date => date?.time && date.on === found.on)
  return { publishedOn: found.on, publishedAtPrinted: (withTime ?? found).printed, doubts }
}

function printedWithTime(labelled: LabelledValue[]): ReadDate | null {
  const dates = labelled.filter(pair => pair.kind === 'publishedOn').map(pair => readDate(pair.value))
  return dates.find(date => date?.time) ?? null
}

/** 日期 and 时间 alone may mean anything; they count only where nothing more exact is printed. */
function firstDate(labelled: LabelledValue[], kind: LabelledValue['kind']): ReadDate | null {
  const values = labelled.filter(pair => pair.kind === kind && pair.value !== '')
  const exact = values.filter(({ label }) => label.length > 2)
  for (const { value } of [...exact, ...values]) {
    const date = readDate(value)
    if (date) return date
  }
  return null
}
